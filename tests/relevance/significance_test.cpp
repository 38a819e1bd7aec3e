// The test of significance where the answer is known, and run files there and back.
#include "tests/relevance/significance.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/relevance/trec.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Property;

TEST(Significance, of_equal_runs_is_none) {
  EXPECT_EQ(randomization_test({0.5, 0.25}, {0.5, 0.25}), 1);
}

TEST(Significance, is_the_share_of_signs_that_do_as_well) {
  // Five queries, each better by the same: only all plus and all minus reach that sum.
  const std::vector<double> left(5, 0.75);
  const std::vector<double> right(5, 0.5);
  EXPECT_THAT(randomization_test(left, right), DoubleNear(2.0 / 32, 0.003));
  EXPECT_EQ(randomization_test(left, right), randomization_test(right, left));
  EXPECT_THROW((void)randomization_test({1}, {}), std::invalid_argument);
}

TEST(Significance, is_asked_query_by_query) {
  const Truth truth = {{"q1", {{"a", 1}}}, {"q2", {{"b", 1}}}, {"q3", {{"c", 0}}}};
  const relevance::Run run = {{"q1", {"x", "a"}}};
  EXPECT_THAT(by_query(all_measures()[2], run, truth), ElementsAre(0.5, 0));
}

TEST(TrecRun, is_read_as_it_was_written) {
  const tests::TempDir folder;
  const relevance::Run run = {{"q1", {"b", "a", "c"}}, {"q2", {"z"}}};
  append_run(folder.path() / "run", "tag", run);
  EXPECT_EQ(read_run(folder.path() / "run"), run);
}

TEST(TrecRun, is_ordered_by_score_and_refused_when_it_is_none) {
  const tests::TempDir folder;
  std::ofstream(folder.path() / "run") << "q 0 a 1 0.5 t\nq 0 b 2 1.5 t\nq 0 c 3 0.5 t\n\n";
  EXPECT_THAT(read_run(folder.path() / "run").at("q"), ElementsAre("b", "c", "a"));
  std::ofstream(folder.path() / "bad") << "q 0 a 1 0.5 t\nq 0 a\n";
  EXPECT_THAT([&] { (void)read_run(folder.path() / "bad"); },
              testing::Throws<std::runtime_error>(
                  Property(&std::runtime_error::what, HasSubstr("bad:2:"))));
}

}  // namespace
}  // namespace broadsheet::relevance
