// Which of the things a page says about itself wins.
#include "indexer/readers/html_metadata.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;

RawArticle read(const std::string& page) {
  return read_metadata(XmlDocument::parse_html("<html>" + page).value().root());
}

TEST(html_metadata, json_ld_wins_over_meta_elements) {
  const RawArticle raw = read(
      "<meta property=og:title content=m><script type=application/ld+json>"
      "{\"@type\":\"Article\",\"headline\":\"j\"}</script>");
  EXPECT_EQ(raw.title, "j");
}

TEST(html_metadata, reads_each_vocabulary) {
  EXPECT_EQ(read("<meta name=DC.title content=a>").title, "a");
  EXPECT_EQ(read("<meta property='x:y og:title' content=' a \n b '>").title, "a b");
  EXPECT_EQ(read("<meta name=parsely-pub-date content=2020>").published, "2020");
  EXPECT_EQ(read("<meta itemprop=datePublished content=2020>").published, "2020");
  EXPECT_EQ(read("<time datetime=2020>x</time>").published, "2020");
  EXPECT_EQ(read("<time datetime=2021>x</time><time pubdate datetime=2020>").published, "2020");
  EXPECT_EQ(read("<meta property=article:modified_time content=2020>").updated, "2020");
  EXPECT_EQ(read("<link rel=Canonical href=u><meta property=og:url content=v>").url, "u");
}

TEST(html_metadata, a_title_loses_the_name_of_its_site) {
  EXPECT_EQ(read("<title>Ferry returns - Post</title><h1>Ferry returns</h1>").title,
            "Ferry returns");
  EXPECT_EQ(read("<meta property=og:site_name content=Post><meta property=og:title "
                 "content='Ferry - a history | Post'>")
                .title,
            "Ferry - a history");
  EXPECT_EQ(read("<title>Ferry returns</title><h1>Post</h1>").title, "Ferry returns");
  EXPECT_EQ(read("<h1>Ferry returns</h1>").title, "Ferry returns");
}

TEST(html_metadata, authors_are_names_not_profiles) {
  const RawArticle raw = read(
      "<meta property=article:author content=https://social.example/a>"
      "<meta name=twitter:creator content=@a><a rel=author href=x>Ottilie Marsh</a>");
  EXPECT_EQ(raw.byline, "Ottilie Marsh");
  EXPECT_THAT(read("<meta name=author content=A><meta name=author content=B>").authors,
              ElementsAre("A", "B"));
}

TEST(html_metadata, bylines_in_the_text_are_the_first_and_short) {
  const std::string life(300, 'x');
  EXPECT_EQ(
      read("<p class=author>" + life + "<p class='x post-author'>By A<p class=byline>B").byline,
      "By A");
  EXPECT_FALSE(read("<p class=authority>A</p>").byline);
}

TEST(html_metadata, the_size_of_one_image_is_not_that_of_another) {
  const std::string size = "<meta property=og:image:width content=9>";
  EXPECT_EQ(read(size + "<meta property=og:image content=i>").image_width, "9");
  EXPECT_FALSE(read(size +
                    "<script type=application/ld+json>{\"@type\":\"Article\",\"image\":\"j\"}"
                    "</script>")
                   .image_width);
}

TEST(html_metadata, nothing_said_is_nothing_there) {
  const RawArticle raw = read("<meta name=author content=' '><meta content=x><link href=y><p>z");
  EXPECT_FALSE(raw.title || raw.byline || raw.url || raw.language || raw.published);
}

}  // namespace
}  // namespace broadsheet::indexer
