// Articles over a stub: who may see what, and in which shape.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

Request get_article(std::string_view rest = {}, std::vector<NameValue> params = {}) {
  return get_one("/v1/articles/x" + std::string(rest), "20250418-japan-talks", std::move(params));
}

TEST(Article, has_every_member_with_unknown_ones_null) {
  Stub stub;
  const Response response = article(stub.backend(), get_article());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(
      json_of(response).dump(),
      R"({"id":"20250418-japan-talks","url":"https://www.example.com/talks",)"
      R"("title":"Japan \"talks\" & more","body":"First paragraph.\n\nThe tariff <stays>.",)"
      R"("body_shared":false,"summary":"One sentence.","summary_from":"source","time":"10:00","published":"2025-04-18T10:00:00+09:00",)"
      R"("published_precision":"second","updated":null,)"
      R"("source":{"id":"meridian-wire","name":"Meridian Wire"},)"
      R"("author":["A. Writer","B. Réporter"],"section":"world","kicker":"Japan-U.S.",)"
      R"("kicker_from":"place","genre":null,"language":"en","language_confidence":0.97,"tags":["trade"],)"
      R"("image":{"url":"https://www.example.com/i.jpg","alt":"A port","credit":null,)"
      R"("width":800,"height":null},"status":"usable","embargoed_until":null,)"
      R"("expires":null,"correction":null,"access":["public"],"prompt":null,)"
      R"("extra":{"byline":"By A. Writer","deep":[[1]]},"ingested":"2025-06-18T09:29:00Z",)"
      R"("revision":1,"seq":7,"story":null})");
}

TEST(Article, names_its_story_once_there_is_another_article_of_it) {
  Stub stub;
  stub.stored->story = "st_0123456789ab";
  stub.stored->story_title = "Talks go on";
  stub.stored->story_articles = 1;
  EXPECT_TRUE(json_of(article(stub.backend(), get_article()))["story"].is_null());
  stub.stored->story_articles = 2;
  EXPECT_EQ(json_of(article(stub.backend(), get_article()))["story"].dump(),
            R"({"id":"st_0123456789ab","title":"Talks go on","articles":2})");
}

TEST(Article, an_extra_nested_beyond_any_stack_is_passed_through) {
  Stub stub;
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  stub.stored->article.extra = "{\"a\":" + deep + "}";
  EXPECT_THAT(article(stub.backend(), get_article()).body, testing::HasSubstr(deep));
  stub.stored->article.extra = "{broken";
  EXPECT_EQ(json_of(article(stub.backend(), get_article()))["extra"], Json::object());
}

TEST(Article, json_ld_for_who_asks_for_it) {
  struct Row {
    std::string accept;
    bool is_ld;
  };

  for (const Row& row : {Row{"application/ld+json", true},
                         Row{"text/html, Application/LD+JSON;q=0.9", true},
                         Row{"application/json;q=0.5, application/ld+json", true},
                         Row{"application/json, application/ld+json;q=0.8", false},
                         Row{"application/ld+json;q=0", false},
                         Row{"*/*", false},
                         Row{",,;;q=", false}}) {
    Stub stub;
    Request request = get_article();
    request.headers = {{"accept", row.accept}};
    const Response response = article(stub.backend(), request);
    EXPECT_EQ(response.content_type, row.is_ld ? "application/ld+json" : "application/json")
        << row.accept;
    EXPECT_EQ(response.headers.front().name, "Vary");
    EXPECT_EQ(json_of(response).contains("@context"), row.is_ld);
  }
}

TEST(Article, json_ld_is_a_news_article) {
  Stub stub;
  Request request = get_article();
  request.headers = {{"accept", "application/ld+json"}};
  const Json ld = json_of(article(stub.backend(), request));
  EXPECT_EQ(ld["@type"], "NewsArticle");
  EXPECT_EQ(ld["headline"], "Japan \"talks\" & more");
  EXPECT_EQ(ld["datePublished"], "2025-04-18T10:00:00+09:00");
  EXPECT_EQ(ld["author"][1]["name"], "B. Réporter");
  EXPECT_EQ(ld["publisher"]["name"], "Meridian Wire");
  EXPECT_FALSE(ld.contains("dateModified"));
}

TEST(Article, what_may_not_be_seen_says_why_only_when_it_was_public) {
  struct Row {
    std::string name;
    void (*change)(StoredArticle&);
    int status;
    std::string detail;
  };

  const std::string none = "There is no such article.";
  for (const Row& row : {
           Row{"withdrawn",
               [](StoredArticle& stored) {
                 stored.article.status = Status::withdrawn;
                 stored.status_reason = "Published by mistake.";
               },
               410,
               "Published by mistake."},
           Row{"killed",
               [](StoredArticle& stored) { stored.article.status = Status::killed; },
               410,
               "This article was taken down."},
           Row{"legal",
               [](StoredArticle& stored) {
                 stored.article.status = Status::withdrawn;
                 stored.legal = true;
                 stored.status_reason = "Court order.";
               },
               451,
               "Court order."},
           Row{"withheld",
               [](StoredArticle& stored) {
                 stored.article.status = Status::withheld;
                 stored.status_reason = "secret";
               },
               404,
               none},
           Row{"embargoed",
               [](StoredArticle& stored) { stored.article.embargoed_until = kNow + 1; },
               404,
               none},
           Row{"expired", [](StoredArticle& stored) { stored.article.expires = kNow; }, 404, none},
       }) {
    Stub stub;
    row.change(*stub.stored);
    for (const auto handler : {article, related, read_next}) {
      const Response response = handler(stub.backend(), get_article());
      EXPECT_EQ(response.status, row.status) << row.name;
      EXPECT_EQ(json_of(response)["detail"], row.detail) << row.name;
      EXPECT_THAT(response.body, testing::Not(testing::HasSubstr("Japan \\\"talks")));
    }
    EXPECT_TRUE(stub.related_requests.empty());
    EXPECT_TRUE(stub.read_next_requests.empty());
  }
}

TEST(Article, unknown_ids_are_404) {
  Stub stub;
  stub.stored = fail(ErrorCode::not_found, "there is no article with the id x");
  EXPECT_EQ(article(stub.backend(), get_article()).status, 404);
  EXPECT_EQ(related(stub.backend(), get_article("/related")).status, 404);
  EXPECT_TRUE(stub.failures.empty());
}

TEST(Article, an_id_of_thousands_of_characters_is_not_told_back) {
  Stub stub;
  stub.stored = fail(ErrorCode::not_found, "there is no article with this id");
  const std::string id(7'000, 'x');
  const Request request = get_one("/v1/articles/" + id, id);
  for (const auto handler : {article, related, read_next}) {
    const Response response = handler(stub.backend(), request);
    EXPECT_EQ(response.status, 404);
    EXPECT_LT(response.body.size(), 400U);
  }
}

TEST(ArticleByUrl, needs_a_url) {
  Stub stub;
  EXPECT_EQ(json_of(article_by_url(stub.backend(), get("/v1/articles")))["param"], "url");
  const Response response =
      article_by_url(stub.backend(), get("/v1/articles", {{"url", "https://x.example/"}}));
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(stub.asked, testing::ElementsAre("https://x.example/"));
}

}  // namespace
}  // namespace broadsheet::server
