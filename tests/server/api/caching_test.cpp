// What a client has already is not sent again, and what has changed is.
#include "server/api/caching.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

std::string header(const Response& response, const std::string& name) {
  for (const NameValue& entry : response.headers) {
    if (entry.name == name) return entry.value;
  }
  return {};
}

Request search_request(std::string known = {}) {
  Request request = get("/v1/search", {{"q", "tariff"}});
  request.query = "q=tariff";
  if (!known.empty()) request.headers.push_back({"if-none-match", std::move(known)});
  return request;
}

Request article_request(const std::string& path, std::string known = {}) {
  Request request = get_one(path, "20250418-japan-talks");
  if (!known.empty()) request.headers.push_back({"if-none-match", std::move(known)});
  return request;
}

TEST(Caching, an_answer_has_a_weak_tag_and_is_asked_about) {
  Stub stub;
  const Response response = search(stub.backend(), search_request());
  EXPECT_THAT(header(response, "ETag"), StartsWith("W/\""));
  EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
}

TEST(Caching, what_the_client_has_is_not_searched_for) {
  Stub stub;
  const std::string tag = header(search(stub.backend(), search_request()), "ETag");
  const std::string strong = tag.substr(2);
  for (const std::string& known : {tag, strong, "\"a,b\", " + tag + ", W/\"c\""}) {
    stub.searches.clear();
    Request request = search_request(known);
    for (const char* method : {"GET", "HEAD"}) {
      request.method = method;
      const Response response = search(stub.backend(), request);
      EXPECT_EQ(response.status, 304) << known;
      EXPECT_EQ(response.body, "");
      EXPECT_EQ(response.content_type, "");
      EXPECT_EQ(header(response, "ETag"), tag);
      EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
    }
    EXPECT_THAT(stub.searches, IsEmpty());
  }
}

TEST(Caching, another_tag_or_a_broken_list_gets_the_answer) {
  Stub stub;
  const std::string tag = header(search(stub.backend(), search_request()), "ETag");
  for (const std::string& known : {std::string("W/\"x\""), tag.substr(0, tag.size() - 1)}) {
    EXPECT_EQ(search(stub.backend(), search_request(known)).status, 200) << known;
  }
}

TEST(Caching, a_star_means_any_answer_there_is) {
  Stub stub;
  EXPECT_EQ(search(stub.backend(), search_request("*")).status, 304);
  EXPECT_THAT(stub.searches, SizeIs(1));
  stub.found = fail(ErrorCode::invalid_argument, "q: broken");
  EXPECT_EQ(search(stub.backend(), search_request("*")).status, 400);
}

TEST(Caching, a_commit_another_minute_or_another_query_changes_the_tag) {
  const Request request = search_request();
  Request other = request;
  other.query = "q=talks";
  Request ld_json = request;
  ld_json.headers.push_back({"accept", "application/ld+json"});
  const std::int64_t begin = kNow / 60 * 60;
  const std::string tag = index_tag(request, {3, 9}, begin);
  EXPECT_EQ(tag, index_tag(request, {3, 9}, begin + 59));
  EXPECT_NE(tag, index_tag(request, {3, 9}, begin + 60));
  EXPECT_NE(tag, index_tag(request, {3, 10}, begin));
  EXPECT_NE(tag, index_tag(request, {4, 9}, begin));
  EXPECT_NE(tag, index_tag(other, {3, 9}, begin));
  EXPECT_NE(tag, index_tag(ld_json, {3, 9}, begin));

  Stub stub;
  const std::string old = header(search(stub.backend(), request), "ETag");
  stub.index->seq += 1;
  stub.found->index.seq += 1;
  const Response response = search(stub.backend(), search_request(old));
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(header(response, "ETag"), old);
}

TEST(Caching, articles_and_links_have_tags_too) {
  Stub stub;
  stub.links->index = *stub.index;
  const std::string path = "/v1/articles/x";
  const std::string tag = header(article(stub.backend(), article_request(path)), "ETag");
  EXPECT_EQ(article(stub.backend(), article_request(path, tag)).status, 304);
  stub.stored->change_seq += 1;
  EXPECT_EQ(article(stub.backend(), article_request(path, tag)).status, 200);

  const std::string links = header(related(stub.backend(), article_request(path)), "ETag");
  stub.related_requests.clear();
  EXPECT_EQ(related(stub.backend(), article_request(path, links)).status, 304);
  EXPECT_THAT(stub.related_requests, IsEmpty());
  stub.stored->article.status = Status::withdrawn;
  EXPECT_EQ(related(stub.backend(), article_request(path, links)).status, 410);
  EXPECT_EQ(article(stub.backend(), article_request(path, "*")).status, 410);
}

TEST(Caching, posts_failures_and_halves_have_none) {
  Stub stub;
  Request sent = post("/v1/search", R"({"q":"tariff"})");
  sent.headers.push_back({"if-none-match", "*"});
  const Response posted = search(stub.backend(), sent);
  EXPECT_EQ(posted.status, 200);
  EXPECT_EQ(header(posted, "ETag"), "");
  stub.found->partial = true;
  const Response half = search(stub.backend(), search_request("*"));
  EXPECT_EQ(half.status, 200);
  EXPECT_EQ(header(half, "ETag"), "");
  stub.found = fail(ErrorCode::internal, "broken");
  EXPECT_EQ(header(search(stub.backend(), search_request()), "ETag"), "");
}

}  // namespace
}  // namespace broadsheet::server
