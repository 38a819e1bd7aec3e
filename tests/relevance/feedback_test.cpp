// What editors say of links is what broadsheet-eval reads: the way from the endpoint to a truth.
#include <fstream>

#include <gtest/gtest.h>

#include "server/api/handlers.h"
#include "tests/relevance/test_data.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

TEST(FeedbackAsTruth, is_read_as_judgments_and_questions) {
  const tests::TempDir folder;
  server::Desk desk(folder.path());
  server::Backend backend;
  backend.desk = &desk;
  backend.is_desk_open = true;
  const auto say = [&desk](const server::Feedback& feedback) {
    EXPECT_TRUE(desk.record(feedback));
  };
  say({.article = "a4", .query = {}, .other = "a5", .verdict = server::Verdict::accept});
  say({.article = "a4", .query = {}, .other = "a3", .verdict = server::Verdict::reject});
  say({.article = {}, .query = "Japan tariff", .other = "a2"});

  const auto written = [&](const char* format) {
    server::Request request;
    request.method = "GET";
    request.params = {{"format", format}};
    const auto file = folder.path() / format;
    std::ofstream(file) << server::list_judgments(backend, request).body;
    return file;
  };
  const Truth truth = read_judgments(written("qrels"));
  const std::vector<Question> questions = read_questions(written("queries"));
  ASSERT_EQ(truth.size(), 2U);
  EXPECT_EQ(truth.at("a4").at("a5"), 1);
  EXPECT_EQ(truth.at("a4").at("a3"), 0);
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(questions[0].text, "Japan tariff");
  EXPECT_EQ(truth.at(questions[0].id).at("a2"), 1);
}

}  // namespace
}  // namespace broadsheet::relevance
