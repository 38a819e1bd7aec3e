// Whole pages, from clean ones to hostile ones. Samples have golden dumps (samples_test.cpp).
#include "indexer/readers/html.h"

#include <gmock/gmock.h>

#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

using testing::HasSubstr;

const std::string kParagraph =
    "<p>The port said on Monday that the ferry would sail again, nine winters after she "
    "failed.</p>";

RawArticle read(const std::string& page, const ReaderOptions& options = {}) {
  return read_html(page, options).value();
}

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes)
    out += text;
  return out;
}

TEST(html, is_known_by_its_first_tag) {
  for (const char* head : {"<!DOCTYPE html>",
                           "<html lang=en>",
                           "<HEAD>",
                           "<!-- a --> <!doctype HTML",
                           "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC"}) {
    EXPECT_TRUE(looks_like_html(head)) << head;
  }
  for (const char* head : {"", "<rss>", "<?xml version='1.0'?><rss>", "<!-- <html", "html", "{}"}) {
    EXPECT_FALSE(looks_like_html(head)) << head;
  }
}

TEST(html, a_page_without_any_metadata_is_an_article_too) {
  const auto articles = tests::read_raw_bytes("<html>" + kParagraph);
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_EQ(articles[0].refusal, "");
  EXPECT_THAT(articles[0].body.value_or(""), testing::StartsWith("The port said"));
  EXPECT_FALSE(articles[0].title);
}

TEST(html, its_own_address_wins_over_where_it_came_from) {
  ReaderOptions options;
  options.base_url = "https://a.example/came-from";
  EXPECT_EQ(read("<html>" + kParagraph, options).url, "https://a.example/came-from");
  EXPECT_EQ(read("<link rel=canonical href='https://a.example/own'>", options).url,
            "https://a.example/own");
}

TEST(html, text_said_in_json_ld_stands_in_where_the_page_shows_none) {
  const std::string script =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"Said.\"}"
      "</script>";
  EXPECT_EQ(read("<html>" + script + "<div id=app></div>").body, "Said.");
  EXPECT_THAT(*read("<html>" + script + kParagraph).body, HasSubstr("The port"));
}

TEST(html, bytes_in_another_encoding_are_read) {
  ReaderOptions options;
  options.content_type = "text/html; charset=iso-8859-1";
  EXPECT_EQ(read("<title>Caf\xE9</title>", options).title, "Café");
}

TEST(html, nothing_is_refused_with_a_reason) {
  const auto articles = tests::read_raw_bytes("", "html");
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_NE(articles[0].refusal, "");
}

// Each of these takes minutes or gigabytes where something is quadratic.
TEST(html, hostile_pages_end) {
  constexpr std::size_t kBytes = 4'000'000;
  const std::string script = "<script type='application/ld+json'>";
  const std::vector<std::string> pages = {
      repeated("<div>", kBytes),
      repeated("<p><a>x", kBytes),
      "<div " + repeated("a=1 b ", kBytes) + ">",
      "<div class='" + repeated("share ", kBytes) + "'>",
      repeated("<", kBytes),
      repeated("<!--", kBytes),
      repeated("<script>", kBytes),
      script + repeated("[", kBytes),
      script + repeated("{\"a\":", kBytes),
      repeated("<meta name=author content=x>", kBytes),
      repeated("<h1 itemprop=headline class=byline>", 8000) + repeated("long ", kBytes),
      repeated("<i>", 600) + repeated("</div>", kBytes),
  };
  for (const std::string& page : pages)
    EXPECT_TRUE(read_html("<html><body>" + page + kParagraph, {})) << page.substr(0, 30);
}

TEST(html, a_page_too_long_is_cut_off) {
  const RawArticle article = read("<html>" + kParagraph + repeated("<b>x</b> ", 12'000'000));
  EXPECT_THAT(article.repairs, testing::Contains(HasSubstr("too long")));
  EXPECT_THAT(article.body.value_or(""), HasSubstr("The port said"));
}

}  // namespace
}  // namespace broadsheet::indexer
