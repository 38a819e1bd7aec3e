// Feedback over HTTP: what is taken, what is refused, and that broadsheet-eval reads what comes
// out.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using testing::HasSubstr;

class FeedbackReply : public testing::Test {
 protected:
  FeedbackReply() {
    backend_ = stub_.backend();
    backend_.article = [](const std::string& id) -> Result<StoredArticle> {
      if (id == "nobody") return fail(ErrorCode::not_found, "there is no such article");
      StoredArticle stored = sample_article();
      stored.article.id = id;
      return stored;
    };
    backend_.desk = &desk_;
    backend_.is_desk_open = true;
  }

  Response say(const std::string& body) {
    return give_feedback(backend_, post("/v1/feedback", body));
  }

  Response judgments(std::vector<NameValue> params = {}) {
    return list_judgments(backend_, get("/v1/feedback", std::move(params)));
  }

  tests::TempDir folder_;
  Desk desk_{folder_.path()};
  Stub stub_;
  Backend backend_;
};

TEST_F(FeedbackReply, becomes_judgments_in_the_form_of_trec) {
  EXPECT_EQ(judgments().body, "");
  const Response taken =
      say(R"({"article":"a","id":"b","verdict":"accept","position":2,"by":"J"})");
  EXPECT_EQ(taken.status, 200);
  EXPECT_EQ(json_of(taken).dump(), R"({"question":"a","id":"b","verdict":"accept"})");
  EXPECT_EQ(say(R"({"article":"a","id":"c","verdict":"reject"})").status, 200);
  const Response hit = say(R"({"q":"Japan \"tariff\"","id":"b","verdict":"click"})");
  const std::string question = json_of(hit)["question"];
  EXPECT_EQ(judgments().content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(judgments().body, "a 0 b 1\na 0 c 0\n" + question + " 0 b 1\n");
  EXPECT_EQ(judgments({{"format", "qrels"}}).body, judgments().body);
  EXPECT_EQ(judgments({{"format", "queries"}}).body,
            R"({"id":")" + question + R"(","text":"Japan \"tariff\""})" + "\n");
}

TEST_F(FeedbackReply, refuses_what_says_too_little_or_too_much) {
  struct Row {
    std::string body;
    std::string param;
  };

  for (const Row& row : {
           Row{R"({"article":"a","id":"b"})", "verdict"},
           Row{R"({"article":"a","id":"b","verdict":"maybe"})", "verdict"},
           Row{R"({"article":"a","verdict":"click"})", "id"},
           Row{R"({"id":"b","verdict":"click"})", "article"},
           Row{R"({"article":"a","q":"x","id":"b","verdict":"click"})", "article"},
           Row{R"({"article":"a","id":"nobody","verdict":"click"})", "id"},
           Row{R"({"article":"nobody","id":"b","verdict":"click"})", "article"},
           Row{R"({"article":"a","id":"b","verdict":"click","position":0})", "position"},
           Row{R"({"q":")" + std::string(4097, 'x') + R"(","id":"b","verdict":"click"})", "q"},
       }) {
    const Response response = say(row.body);
    EXPECT_EQ(response.status, 400) << row.body.substr(0, 60);
    EXPECT_EQ(json_of(response)["param"], row.param) << row.body.substr(0, 60);
  }
  EXPECT_EQ(say("").status, 400);
  EXPECT_EQ(judgments({{"format", "xml"}}).status, 400);
  EXPECT_EQ(judgments().body, "");
}

TEST_F(FeedbackReply, that_cannot_be_kept_is_no_success) {
  std::filesystem::create_directory(folder_.path() / "desk.db");
  const Response response = say(R"({"article":"a","id":"b","verdict":"click"})");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(json_of(response)["hint"].get<std::string>(), HasSubstr("nothing was recorded"));
}

}  // namespace
}  // namespace broadsheet::server
