// JSON-LD in the shapes that sites give it.
#include "indexer/readers/html_json_ld.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;

TEST(json_ld, finds_the_article_in_lists_graphs_and_what_a_page_is_about) {
  const std::string article = R"({"@type":"NewsArticle","headline":"h"})";
  for (const std::string& script : {
           article,
           "[{\"@type\":\"Person\",\"name\":\"p\"}," + article + "]",
           "{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"w\"}," + article + "]}",
           "{\"@type\":\"WebPage\",\"name\":\"w\",\"mainEntity\":" + article + "}",
       }) {
    EXPECT_EQ(read_json_ld({script}).title, "h") << script;
  }
}

TEST(json_ld, takes_any_subtype_and_any_way_to_say_it) {
  for (const char* type : {"\"Article\"",
                           "\"ReportageNewsArticle\"",
                           "\"LiveBlogPosting\"",
                           "[\"Thing\",\"NewsArticle\"]",
                           "\"https://schema.org/NewsArticle\""}) {
    const std::string script = std::string(R"({"headline":"h","@type":)") + type + "}";
    EXPECT_EQ(read_json_ld({script}).title, "h") << type;
  }
  EXPECT_FALSE(read_json_ld({R"({"@type":"Recipe","headline":"h"})"}).title);
}

TEST(json_ld, follows_references_across_scripts) {
  const RawArticle raw = read_json_ld(
      {R"({"@type":"NewsArticle","headline":"h","author":[{"@id":"#a"},"B C"],"publisher":{"@id":"#p"}})",
       R"({"@id":"#a","name":"A B"})",
       R"({"@id":"#p","name":"Post"})"});
  EXPECT_THAT(raw.authors, ElementsAre("A B", "B C"));
  EXPECT_EQ(raw.source_name, "Post");
}

TEST(json_ld, reads_images_lists_and_names_of_many) {
  const RawArticle raw = read_json_ld(
      {R"({"@type":"NewsArticle","image":[{"url":"i","width":{"@value":"9"},"height":7}],
           "keywords":["a",{"name":"b"}],"author":{"name":["A","B"]},"articleSection":["S","T"]})"});
  EXPECT_EQ(raw.image_url, "i");
  EXPECT_EQ(raw.image_width, "9");
  EXPECT_EQ(raw.image_height, "7");
  EXPECT_THAT(raw.tags, ElementsAre("a", "b"));
  EXPECT_THAT(raw.authors, ElementsAre("A", "B"));
  EXPECT_EQ(raw.section, "S");
  EXPECT_THAT(read_json_ld({R"({"@type":"Article","keywords":"a, b ,,c"})"}).tags,
              ElementsAre("a", "b", "c"));
}

TEST(json_ld, a_page_stands_in_for_dates_where_no_article_is_told) {
  const RawArticle raw =
      read_json_ld({R"({"@type":"WebPage","name":"n","datePublished":"2020-01-01"})"});
  EXPECT_EQ(raw.published, "2020-01-01");
  EXPECT_FALSE(raw.title);
}

TEST(json_ld, what_is_broken_hides_nothing_else) {
  const RawArticle raw = read_json_ld(
      {"{broken", std::string(100'000, '['), "7", "{\"@type\":\"Article\",\"headline\":\"a\nb\"}"});
  EXPECT_EQ(raw.title, "a b");
  EXPECT_EQ(raw.repairs.size(), 3U);
}

TEST(json_ld, values_of_the_wrong_kind_are_not_there) {
  const RawArticle raw = read_json_ld(
      {R"({"@type":"Article","headline":{"x":1},"author":7,"image":[],"keywords":{},"url":null})"});
  EXPECT_FALSE(raw.title || raw.url || raw.image_url);
  EXPECT_TRUE(raw.tags.empty());
}

}  // namespace
}  // namespace broadsheet::indexer
