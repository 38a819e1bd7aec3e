// Feeds over a stub: whole outputs against golden files, the members that the formats require, and
// what hostile texts become.
#include "server/api/feed.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/readers/feed.h"
#include "indexer/readers/xml.h"
#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

using indexer::XmlDocument;
using indexer::XmlNode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kOpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

// Two articles: one with everything, one with next to nothing.
void fill(Stub& stub) {
  stub.found->archive = "0f8b";
  stub.found->position = 20;
  Hit bare;
  bare.article.article.id = "bare one";
  bare.article.ingested = kNow - 3600;
  bare.snippet.text = "Only a body.";
  stub.found->hits.push_back(bare);
}

Request feed_request(const std::string& path) {
  Request request = get(path, {{"q", "Japan & \"tariff\""}, {"limit", "2"}});
  request.headers = {{"host", "news.example:8080"}};
  return request;
}

Response whole(Response (*handler)(const Backend&, const Request&), const std::string& path) {
  Stub stub;
  fill(stub);
  return handler(stub.backend(), feed_request(path));
}

XmlDocument parsed(const std::string& text) {
  auto document = XmlDocument::parse_xml(text);
  EXPECT_TRUE(document);
  EXPECT_EQ(document->fault(), "") << text;
  return std::move(*document);
}

std::vector<std::string> texts(const std::vector<XmlNode>& nodes) {
  std::vector<std::string> all;
  all.reserve(nodes.size());
  for (const XmlNode& node : nodes)
    all.push_back(node.text());
  return all;
}

void expect_golden(const std::string& text, const std::string& name) {
  const std::string file = std::string(BROADSHEET_SOURCE_DIR) + "/tests/golden/api/" + name;
  if (std::getenv("BROADSHEET_UPDATE_GOLDEN") != nullptr) std::ofstream(file) << text;
  std::stringstream golden;
  golden << std::ifstream(file).rdbuf();
  EXPECT_EQ(text, golden.str());
}

TEST(Feed, whole_outputs_are_as_kept) {
  expect_golden(whole(feed_rss, "/v1/feed.rss").body, "feed.rss");
  expect_golden(whole(feed_atom, "/v1/feed.atom").body, "feed.atom");
  expect_golden(whole(feed_json, "/v1/feed.json").body, "feed.json");
}

TEST(Feed, asks_for_all_words_and_first_sight) {
  Stub stub;
  EXPECT_EQ(feed_rss(stub.backend(), get("/v1/feed.rss")).status, 200);
  const SearchRequest& request = stub.searches.front();
  EXPECT_TRUE(request.by_first_seen);
  EXPECT_EQ(request.match, MatchMode::all);
  EXPECT_EQ(request.sort, Sort::newest);
  EXPECT_EQ(request.limit, 20);
  EXPECT_EQ(request.collapse, Collapse::duplicate);
  EXPECT_EQ(feed_rss(stub.backend(), get("/v1/feed.rss", {{"match", "any"}})).status, 200);
  EXPECT_EQ(stub.searches.back().match, MatchMode::any);
}

TEST(Feed, has_the_content_type_of_its_format) {
  EXPECT_THAT(whole(feed_rss, "/v1/feed.rss").content_type, StartsWith("application/rss+xml"));
  EXPECT_THAT(whole(feed_atom, "/v1/feed.atom").content_type, StartsWith("application/atom+xml"));
  EXPECT_THAT(whole(feed_json, "/v1/feed.json").content_type, StartsWith("application/feed+json"));
}

TEST(Feed, in_rss_has_what_the_format_requires) {
  const XmlDocument document = parsed(whole(feed_rss, "/v1/feed.rss").body);
  EXPECT_EQ(document.root().name(), "rss");
  EXPECT_EQ(document.root().attribute("version"), "2.0");
  const XmlNode channel = document.root().child("channel");
  for (const char* name : {"title", "description", "lastBuildDate"})
    EXPECT_NE(channel.child(name).text(), "") << name;
  EXPECT_EQ(channel.child("totalResults").text(), "37");
  EXPECT_EQ(channel.child("totalResults").space(), kOpenSearch);
  EXPECT_EQ(channel.child("startIndex").text(), "21");
  EXPECT_EQ(channel.child("itemsPerPage").text(), "2");
  const auto items = channel.children("item");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].child("pubDate").text(), "Fri, 18 Apr 2025 01:00:00 GMT");
  EXPECT_EQ(items[0].child("guid").attribute("isPermaLink"), "false");
  EXPECT_THAT(texts(items[0].children("creator")), ElementsAre("A. Writer", "B. Réporter"));
  EXPECT_FALSE(items[1].child("pubDate"));
}

TEST(Feed, in_atom_has_what_the_format_requires) {
  const XmlDocument document = parsed(whole(feed_atom, "/v1/feed.atom").body);
  const XmlNode feed = document.root();
  EXPECT_EQ(feed.space(), "http://www.w3.org/2005/Atom");
  EXPECT_THAT(feed.child("id").text(), StartsWith("urn:uuid:"));
  EXPECT_NE(feed.child("author").child("name").text(), "");
  EXPECT_TRUE(parse_timestamp(feed.child("updated").text()));
  const auto links = feed.children("link");
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].attribute("rel"), "self");
  EXPECT_EQ(links[0].attribute("href"),
            "http://news.example:8080/v1/feed.atom?q=Japan%20%26%20%22tariff%22&limit=2");
  EXPECT_EQ(links[2].attribute("rel"), "next");
  EXPECT_THAT(links[2].attribute("href"), testing::EndsWith("&cursor=c1"));
  for (const XmlNode& entry : feed.children("entry")) {
    EXPECT_THAT(entry.child("id").text(), StartsWith("urn:uuid:"));
    EXPECT_TRUE(parse_timestamp(entry.child("updated").text()));
    EXPECT_TRUE(entry.child("title"));
    EXPECT_EQ(entry.child("link").attribute("rel"), "alternate");
    EXPECT_THAT(entry.child("link").attribute("href"), StartsWith("http"));
  }
}

TEST(Feed, in_json_has_what_the_format_requires) {
  const Json feed = Json::parse(whole(feed_json, "/v1/feed.json").body);
  EXPECT_EQ(feed["version"], "https://jsonfeed.org/version/1.1");
  EXPECT_TRUE(feed["title"].is_string());
  EXPECT_THAT(feed["feed_url"].get<std::string>(),
              StartsWith("http://news.example:8080/v1/feed.json?"));
  EXPECT_EQ(feed["_opensearch"]["total_results"], 37);
  for (const Json& item : feed["items"]) {
    EXPECT_TRUE(item["id"].is_string());
    EXPECT_TRUE(item["content_text"].is_string());
    for (const auto& [name, value] : item.items())
      EXPECT_FALSE(value.is_null()) << name;
  }
}

TEST(Feed, items_keep_their_ids_whatever_changes_in_them) {
  Stub stub;
  fill(stub);
  const auto id = [&stub](std::size_t item) {
    const Response response = feed_json(stub.backend(), feed_request("/v1/feed.json"));
    return json_of(response)["items"][item]["id"].get<std::string>();
  };
  const std::string first = id(0);
  EXPECT_NE(first, id(1));
  stub.found->hits[0].article.article.url = "https://moved.example/";
  stub.found->hits[0].article.article.title = "Another";
  stub.found->hits[0].article.doc_id = 12;
  stub.found->index = {9, 99};
  EXPECT_EQ(id(0), first);
  stub.found->archive = "another archive";
  EXPECT_NE(id(0), first);
}

TEST(Feed, hostile_texts_stay_texts) {
  Stub stub;
  Article& article = stub.found->hits[0].article.article;
  article.title = "</title><script>alert(1)</script> & \x01 \xEF\xBF\xBF";
  article.summary = "<b>bold</b> \"quoted\" ]]>";
  article.tags = {"a\"b<c"};
  const XmlDocument rss = parsed(feed_rss(stub.backend(), get("/v1/feed.rss")).body);
  const XmlNode item = rss.root().child("channel").child("item");
  EXPECT_EQ(item.child("title").text(),
            "</title><script>alert(1)</script> & \xEF\xBF\xBD \xEF\xBF\xBD");
  // HTML within, so escaped once more.
  EXPECT_EQ(item.child("description").text(), "&lt;b&gt;bold&lt;/b&gt; &quot;quoted&quot; ]]&gt;");
  const XmlDocument atom = parsed(feed_atom(stub.backend(), get("/v1/feed.atom")).body);
  const XmlNode entry = atom.root().child("entry");
  EXPECT_EQ(entry.child("summary").text(), "<b>bold</b> \"quoted\" ]]>");
  EXPECT_EQ(entry.children("category").back().attribute("term"), "a\"b<c");
  Request request = get("/v1/feed.atom");
  request.headers = {{"host", "evil\"><x>"}};
  EXPECT_THAT(feed_atom(stub.backend(), request).body, Not(HasSubstr("evil")));
}

TEST(Feed, our_own_reader_takes_it) {
  for (const Response& response : {whole(feed_rss, "/v1/feed.rss"),
                                   whole(feed_atom, "/v1/feed.atom"),
                                   whole(feed_json, "/v1/feed.json")}) {
    const auto feed = indexer::read_feed(response.body, {});
    ASSERT_TRUE(feed) << response.content_type;
    ASSERT_EQ(feed->items.size(), 2U);
    EXPECT_EQ(feed->items[0].title.value, "Japan \"talks\" & more") << response.content_type;
    EXPECT_EQ(feed->repairs.size(), 0U) << response.content_type;
  }
}

TEST(Feed, of_nothing_is_valid_too) {
  Stub stub;
  stub.found->hits.clear();
  stub.found->total = {};
  stub.found->next_cursor.clear();
  const XmlDocument atom = parsed(feed_atom(stub.backend(), get("/v1/feed.atom")).body);
  EXPECT_EQ(atom.root().children("link").size(), 2U);
}

TEST(Feed, of_nothing_tells_when_the_archive_changed) {
  Stub stub;
  stub.found->hits.clear();
  const auto updated = [&stub] {
    const Response response = feed_atom(stub.backend(), get("/v1/feed.atom"));
    return parsed(response.body).root().child("updated").text();
  };
  EXPECT_EQ(updated(), format_utc(kNow));
  stub.found->changed = kNow - 3600;
  EXPECT_EQ(updated(), format_utc(kNow - 3600));
}

TEST(Feed, is_not_sent_again_while_nothing_changed) {
  Stub stub;
  Request request = feed_request("/v1/feed.rss");
  const Response first = feed_rss(stub.backend(), request);
  std::string tag;
  for (const NameValue& header : first.headers)
    if (header.name == "ETag") tag = header.value;
  ASSERT_NE(tag, "");
  request.headers.push_back({"if-none-match", tag});
  EXPECT_EQ(feed_rss(stub.backend(), request).status, 304);
  EXPECT_EQ(stub.searches.size(), 1U);
}

TEST(Feed, refuses_what_is_no_parameter_or_value) {
  Stub stub;
  const auto refused = [&stub](const NameValue& param) {
    const Response response = feed_rss(stub.backend(), get("/v1/feed.rss", {param}));
    EXPECT_EQ(response.status, 400);
    return json_of(response);
  };
  EXPECT_EQ(refused({"sort", "newest"})["code"], "unknown_parameter");
  EXPECT_EQ(refused({"limit", "101"})["param"], "limit");
  EXPECT_EQ(refused({"collapse", "source"})["param"], "collapse");
  EXPECT_EQ(refused({"tz", "Mars"})["param"], "tz");
}

}  // namespace
}  // namespace broadsheet::server
