// The measure by hand, and floors under the stories of two small sets: one setting for both, which
// was not tuned to either alone. BASIL: 60 events told by three outlets. ECB+: pairs of look-alike
// events, nearly all undated.
#include "tests/relevance/clusters.h"

#include <algorithm>
#include <iostream>

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include "tests/relevance/test_data.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

TEST(bcubed, is_one_for_the_truth_and_counts_what_is_mixed_or_torn) {
  const StoryOf truth = {{"a", "1"}, {"b", "1"}, {"c", "2"}, {"d", "2"}};
  const auto whole = bcubed({{"a", "x"}, {"b", "x"}, {"c", "y"}, {"d", "y"}}, truth);
  EXPECT_EQ(whole.f1(), 1);
  EXPECT_EQ(whole.articles, 4U);
  const auto mixed = bcubed({{"a", "x"}, {"b", "x"}, {"c", "x"}, {"d", "x"}}, truth);
  EXPECT_EQ(mixed.precision, 0.5);
  EXPECT_EQ(mixed.recall, 1);
  const auto torn = bcubed({{"a", "x"}, {"b", "x"}}, truth);  // c and d alone
  EXPECT_EQ(torn.precision, 1);
  EXPECT_EQ(torn.recall, 0.75);
  EXPECT_EQ(bcubed({}, {}).f1(), 0);
}

double f1_of(std::string_view name, const std::filesystem::path& data) {
  const auto all = cluster_measurements();
  const auto row = std::find_if(
      all.begin(), all.end(), [&](const ClusterMeasurement& each) { return each.name == name; });
  const tests::TempDir folder;
  const auto measured = measure(*row, data, folder.path());
  if (!measured) throw std::runtime_error(measured.error().message);
  std::cout << fmt::format("{}: BCubed P {:.4f} R {:.4f} F1 {:.4f}\n",
                           name,
                           measured->precision,
                           measured->recall,
                           measured->f1());
  return measured->f1();
}

TEST(Stories, of_one_event_told_by_three_outlets_are_found) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  EXPECT_GT(f1_of("stories-basil", *data), 0.95);
}

TEST(Stories, of_look_alike_events_are_told_apart) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  EXPECT_GT(f1_of("stories-ecbplus", *data), 0.885);
}

}  // namespace
}  // namespace broadsheet::relevance
