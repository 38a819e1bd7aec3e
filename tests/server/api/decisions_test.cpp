// Pins and blocks over HTTP: what is told back, who may decide, and what two editors see of each
// other. What is kept is proved in tests/server/desk.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kPins = "/v1/articles/{id}/related/pins/{other}";
constexpr std::string_view kBlocks = "/v1/articles/{id}/related/blocks/{other}";

class Decisions : public testing::Test {
 protected:
  Decisions() {
    backend_ = stub_.backend();
    // Every id but "nobody" is an article; "old-x" is an earlier name of "x".
    backend_.article = [](const std::string& id) -> Result<StoredArticle> {
      if (id == "nobody") return fail(ErrorCode::not_found, "there is no such article");
      StoredArticle stored = sample_article();
      stored.article.id = id == "old-x" ? "x" : id;
      return stored;
    };
    backend_.desk = &desk_;
    backend_.is_desk_open = true;
  }

  Request ask(std::string method, std::string_view pattern, const std::string& other = "y") {
    Request request;
    request.method = std::move(method);
    request.path = "/v1/articles/x/related";
    request.pattern = pattern;
    request.captures = {{"id", id_}, {"other", other}};
    request.headers = headers_;
    return request;
  }

  Response put(std::string_view pattern,
               const std::string& body = {},
               const std::string& other = "y") {
    Request request = ask("PUT", pattern, other);
    request.body = body;
    return put_decision(backend_, request);
  }

  Response take_back(std::string_view pattern, const std::string& other = "y") {
    return delete_decision(backend_, ask("DELETE", pattern, other));
  }

  static std::string tag_of(const Response& response) {
    for (const NameValue& header : response.headers) {
      if (header.name == "ETag") return header.value;
    }
    return {};
  }

  Response links() { return related(backend_, ask("GET", "")); }

  tests::TempDir folder_;
  Desk desk_{folder_.path()};
  Stub stub_;
  Backend backend_;
  std::string id_ = "x";
  std::vector<NameValue> headers_;
};

TEST_F(Decisions, are_told_back_as_they_stand) {
  const Response made = put(kPins,
                            R"({"position":3,"both_ways":true,"reason":"Read in court.",)"
                            R"("by":"J. Roe","expires":"2025-06-20"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(tag_of(made), "\"1\"");
  EXPECT_EQ(json_of(made).dump(),
            R"({"article":"x","other":"y","kind":"pin","position":3,"both_ways":true,)"
            R"("reason":"Read in court.","by":"J. Roe","expires":"2025-06-21T00:00:00Z",)"
            R"("made":"2025-06-18T09:30:00Z","revision":1})");
  const Response again = put(kBlocks);
  EXPECT_EQ(again.status, 200) << "in the place of the pin";
  EXPECT_EQ(json_of(again)["kind"], "block");
  EXPECT_EQ(json_of(again)["position"], nullptr);
  const Response gone = take_back(kBlocks);
  EXPECT_EQ(gone.status, 200);
  EXPECT_EQ(json_of(gone)["revision"], 2);
  EXPECT_EQ(take_back(kBlocks).status, 404);
}

TEST_F(Decisions, reach_the_links_and_their_tag) {
  const std::string before = tag_of(links());
  put(kPins, R"({"position":2,"reason":"ours"})", "p");
  put(kBlocks, "", "b");
  const Response after = links();
  EXPECT_NE(tag_of(after), before);
  const LinkRules& rules = stub_.related_requests.back().rules;
  EXPECT_THAT(rules.blocked, ElementsAre("b"));
  ASSERT_THAT(rules.pins, SizeIs(1));
  EXPECT_EQ(rules.pins[0].id, "p");
  EXPECT_EQ(rules.pins[0].position, 2);
  EXPECT_EQ(rules.pins[0].reason, "ours");
  (void)read_next(backend_, ask("GET", ""));
  EXPECT_THAT(stub_.read_next_requests.back().rules.blocked, ElementsAre("b"));
  headers_ = {{"if-none-match", before}};
  stub_.index = stub_.links->index;
  EXPECT_EQ(links().status, 200) << "another desk, another answer";
  headers_ = {{"if-none-match", tag_of(after)}};
  EXPECT_EQ(links().status, 304);
}

TEST_F(Decisions, reach_the_links_of_hits) {
  put(kBlocks, "", "b");
  (void)search(backend_, get("/v1/search", {{"related", "2"}}));
  EXPECT_TRUE(static_cast<bool>(stub_.searches.back().link_rules));
  (void)search(backend_, get("/v1/search"));
  EXPECT_FALSE(static_cast<bool>(stub_.searches.back().link_rules)) << "no links, no desk";
}

TEST_F(Decisions, are_kept_by_the_articles_own_ids) {
  id_ = "old-x";
  EXPECT_EQ(json_of(put(kPins))["article"], "x");
  EXPECT_EQ(take_back(kPins).status, 200);
}

TEST_F(Decisions, are_listed) {
  put(kPins, R"({"position":2})", "p");
  put(kPins, R"({"expires":"2025-06-18T09:31:00Z"})", "q");
  put(kBlocks, "", "b");
  const Json pins = json_of(list_decisions(backend_, ask("GET", "/v1/articles/{id}/related/pins")));
  EXPECT_EQ(pins["article"], "x");
  ASSERT_EQ(pins["decisions"].size(), 2U);
  EXPECT_EQ(pins["decisions"][0]["other"], "q");
  EXPECT_EQ(pins["decisions"][1]["other"], "p");
  const Json blocks =
      json_of(list_decisions(backend_, ask("GET", "/v1/articles/{id}/related/blocks")));
  ASSERT_EQ(blocks["decisions"].size(), 1U);
  EXPECT_EQ(blocks["decisions"][0]["kind"], "block");
}

TEST_F(Decisions, name_articles_that_are_known) {
  EXPECT_EQ(put(kPins, "", "nobody").status, 404);
  EXPECT_EQ(put(kPins, "", "x").status, 400) << "itself";
  id_ = "nobody";
  EXPECT_EQ(put(kPins).status, 404);
  EXPECT_EQ(take_back(kPins).status, 404);
  EXPECT_EQ(list_decisions(backend_, ask("GET", kPins)).status, 404);
  EXPECT_EQ(desk_.revision(), 0);
}

TEST_F(Decisions, bad_values_are_named) {
  struct Row {
    std::string_view pattern;
    std::string body;
    std::string param;
  };

  for (const Row& row : {
           Row{kPins, R"({"position":0})", "position"},
           Row{kPins, R"({"position":101})", "position"},
           Row{kPins, R"({"position":"first"})", "position"},
           Row{kBlocks, R"({"position":1})", "position"},
           Row{kPins, R"({"expires":"soon"})", "expires"},
           Row{kPins, R"({"expires":"2025-06-18T09:30:00Z"})", "expires"},
           Row{kPins, R"({"both_ways":"perhaps"})", "both_ways"},
           Row{kPins, R"({"reason":")" + std::string(501, 'x') + "\"}", "reason"},
           Row{kPins, R"({"by":")" + std::string(101, 'x') + "\"}", "by"},
       }) {
    const Response response = put(row.pattern, row.body);
    EXPECT_EQ(response.status, 400) << row.body.substr(0, 40);
    EXPECT_EQ(json_of(response)["param"], row.param) << row.body.substr(0, 40);
  }
  EXPECT_EQ(put(kPins, "{").status, 400);
  EXPECT_EQ(desk_.revision(), 0);
}

TEST_F(Decisions, of_two_editors_are_told_apart_by_their_tags) {
  headers_ = {{"if-none-match", "*"}};
  EXPECT_EQ(put(kPins).status, 201);
  EXPECT_EQ(put(kPins).status, 412);
  headers_ = {{"if-match", "\"1\""}};
  EXPECT_EQ(put(kPins, R"({"position":2})").status, 200);
  const Response late = put(kPins, R"({"position":3})");
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(tag_of(late), "\"2\"") << "what stands now";
  EXPECT_EQ(json_of(late)["code"], "precondition_failed");
  EXPECT_EQ(take_back(kPins).status, 412);
  headers_ = {{"if-match", "W/\"other\", \"2\""}};
  EXPECT_EQ(take_back(kPins).status, 200);
  headers_ = {{"if-match", "*"}};
  EXPECT_EQ(put(kPins).status, 412) << "there is none any more";
  headers_ = {{"if-match", "nonsense"}};
  EXPECT_EQ(put(kPins).status, 412);
}

TEST_F(Decisions, are_for_loopback_alone) {
  backend_.is_desk_open = false;
  for (const auto& response : {put(kPins),
                               take_back(kPins),
                               list_decisions(backend_, ask("GET", kPins)),
                               give_feedback(backend_, post("/v1/feedback", "{}")),
                               list_judgments(backend_, get("/v1/feedback"))}) {
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(json_of(response)["code"], "forbidden");
  }
  EXPECT_EQ(links().status, 200) << "reading is not the desk's";
}

TEST_F(Decisions, are_not_for_pages_of_other_sites) {
  headers_ = {{"origin", "https://evil.example"}, {"host", "127.0.0.1:8080"}};
  EXPECT_EQ(put(kPins).status, 403);
  headers_ = {{"origin", "null"}, {"host", "127.0.0.1:8080"}};
  EXPECT_EQ(put(kPins).status, 403);
  headers_ = {{"origin", "http://127.0.0.1:8080"}, {"host", "127.0.0.1:8080"}};
  EXPECT_EQ(put(kPins).status, 201);
}

TEST_F(Decisions, that_cannot_be_kept_are_a_503_and_so_are_links_without_them) {
  put(kPins);
  std::filesystem::remove(folder_.path() / "desk.db-wal");
  std::filesystem::remove(folder_.path() / "desk.db");
  std::filesystem::create_directory(folder_.path() / "desk.db");
  for (const Response& response : {put(kPins), links()}) {
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(json_of(response)["detail"], "The desk cannot be used just now.");
    EXPECT_THAT(json_of(response)["hint"].get<std::string>(), HasSubstr("try again"));
  }
  EXPECT_THAT(stub_.failures, testing::Not(IsEmpty())) << "the log hears of it";
}

}  // namespace
}  // namespace broadsheet::server
