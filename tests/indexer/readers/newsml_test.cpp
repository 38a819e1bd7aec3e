// NewsML and NITF: how they are told, and what damaged or hostile documents give. Whole samples lie
// in tests/data/newsml and tests/data/nitf.
#include "indexer/readers/newsml.h"

#include <gtest/gtest.h>

#include "indexer/readers/nitf.h"
#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

std::string repeat(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += text;
  return out;
}

RawArticle first(const std::string& bytes, const std::string& format = "auto") {
  const auto articles = tests::read_raw_bytes(bytes, format);
  return articles.empty() ? RawArticle() : articles.front();
}

std::string g2(const std::string& meta, const std::string& content) {
  return "<newsItem guid=\"g\"><itemMeta>" + meta +
         "</itemMeta><contentMeta><headline>H</headline></contentMeta><contentSet>" + content +
         "</contentSet></newsItem>";
}

TEST(newsml, is_told_by_its_outermost_element) {
  EXPECT_TRUE(looks_like_newsml("<?xml version=\"1.0\"?>\n<!-- <x> --><NewsML>"));
  EXPECT_TRUE(looks_like_newsml("<!DOCTYPE NewsML [<!ENTITY a \"<b>\">]><NewsML>"));
  EXPECT_TRUE(looks_like_newsml("<nar:newsItem xmlns:nar='x'/>"));
  EXPECT_TRUE(looks_like_nitf("<!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf>"));
  for (const char* other : {"", "<", "<rss>", "<!DOCTYPE x", "<!--", "newsItem", "<html><nitf>"}) {
    EXPECT_FALSE(looks_like_newsml(other)) << other;
    EXPECT_FALSE(looks_like_nitf(other)) << other;
  }
}

TEST(newsml, missing_everything_is_refused_with_a_reason) {
  for (const char* empty : {"<newsItem/>",
                            "<newsMessage/>",
                            "<newsMessage><itemSet><newsItem/></itemSet></newsMessage>",
                            "<NewsML/>",
                            "<NewsML><NewsItem/></NewsML>",
                            "<nitf/>",
                            "<nitf><head><docdata/></head><body/></nitf>"})
    EXPECT_NE(first(empty).refusal, "") << empty;
  EXPECT_NE(first("no xml", "newsml").refusal, "");
  EXPECT_NE(first("<rss/>", "newsml").refusal, "");
}

TEST(newsml, a_status_or_embargo_that_says_nothing_is_not_taken_as_absent) {
  EXPECT_EQ(first(g2("<pubStatus/>", "")).status, "unreadable");
  EXPECT_EQ(first(g2("<embargoed/>", "")).embargoed_until, "unreadable");
  EXPECT_EQ(first(g2("", "")).status, std::nullopt);
  const RawArticle withheld = first(
      "<NewsML><NewsItem><NewsManagement><Status FormalName='Embargoed'/></NewsManagement>"
      "<NewsComponent><NewsLines><HeadLine>H</HeadLine></NewsLines></NewsComponent>"
      "</NewsItem></NewsML>");
  EXPECT_EQ(withheld.status, "withheld");
}

TEST(newsml, reads_html_with_prefixes_as_text) {
  const RawArticle raw = first(g2(
      "",
      "<inlineXML><x:html><x:body><x:p>One.</x:p><x:p>Two.</x:p></x:body></x:html></inlineXML>"));
  EXPECT_EQ(raw.body, "One.\n\nTwo.");
  EXPECT_FALSE(raw.body_html);
}

TEST(newsml, deep_nesting_and_many_concepts_end) {
  first(g2("", "<inlineXML><html><body>" + repeat("<div>", 100'000) + "x"));
  first("<NewsML><NewsItem>" + repeat("<NewsComponent>", 100'000));
  first("<nitf><body><body.content>" + repeat("<block>", 100'000) + "x");
  const RawArticle many = first("<newsItem><contentMeta><headline>H</headline>" +
                                repeat("<subject qcode='a:1'><name>x</name></subject>", 50'000) +
                                "</contentMeta></newsItem>");
  EXPECT_EQ(many.tags.size(), 1U);
}

TEST(newsml, entities_are_neither_expanded_nor_fetched) {
  const RawArticle raw = first(
      "<!DOCTYPE nitf [<!ENTITY a \"aaaa\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
      "<nitf><body><body.head><hedline><hl1>T</hl1></hedline></body.head>"
      "<body.content><p>x&a;y&f;z</p></body.content></body></nitf>");
  EXPECT_EQ(raw.body, "x&a;y&f;z");
}

}  // namespace
}  // namespace broadsheet::indexer
