// What becomes of each member of a record: kept, mended and noted, or the record refused.
#include "indexer/normalize/normalize.h"

#include <functional>

#include <gmock/gmock.h>

#include "schema/hash.h"

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const NormalizeOptions kOptions{"", 1'750'240'200};  // 2025-06-18T09:50:00Z

RawArticle titled(const std::string& title = "A title") {
  RawArticle raw;
  raw.id = "a";
  raw.title = title;
  return raw;
}

NormalizedArticle normalized(RawArticle raw, const NormalizeOptions& options = kOptions) {
  auto result = normalize(std::move(raw), options);
  EXPECT_TRUE(result) << result.error().message;
  return std::move(result).value_or(NormalizedArticle());
}

std::string refusal(RawArticle raw) {
  auto result = normalize(std::move(raw), kOptions);
  return result ? "" : result.error().message;
}

TEST(normalize, leaves_what_is_clean_as_it_is) {
  RawArticle raw = titled();
  raw.body = "One.\n\nTwo.";
  raw.published = "2025-04-18T10:00:00+09:00";
  raw.language = "en";
  const NormalizedArticle result = normalized(raw);
  EXPECT_THAT(result.repairs, IsEmpty());
  EXPECT_EQ(result.article.id, "a");
  EXPECT_EQ(result.article.title, "A title");
  EXPECT_EQ(result.article.body, "One.\n\nTwo.");
  EXPECT_EQ(result.article.published->offset_minutes, 540);
  EXPECT_EQ(result.article.language, "en");
  EXPECT_EQ(result.article.extra, "");
  EXPECT_THAT(result.article.access, ElementsAre("public"));
  EXPECT_EQ(result.original_id, "");
}

TEST(normalize, tells_an_article_from_what_only_tells_of_it) {
  struct Row {
    Extent extent;
    const char* body;
    const char* summary;
    bool is_notice;
  };

  for (const Row& row : {Row{Extent::text, "The text.", "The text.", false},
                         Row{Extent::text, "The text …", "", false},
                         Row{Extent::text, "", "The summary.", true},
                         Row{Extent::text, "Blah blah blah.", "", true},
                         Row{Extent::maybe_excerpt, "", "", true},
                         Row{Extent::maybe_excerpt, "The text.", "A summary.", false},
                         Row{Extent::maybe_excerpt, "The text.", " The  text", true},
                         Row{Extent::maybe_excerpt, "The text …", "", true},
                         Row{Extent::whole, "", "", false},
                         Row{Extent::whole, "The text …", "The text …", false}}) {
    RawArticle raw = titled();
    raw.extent = row.extent;
    raw.body = row.body;
    raw.summary = row.summary;
    EXPECT_EQ(normalized(raw).is_notice, row.is_notice) << row.body << "/" << row.summary;
  }
}

TEST(normalize, says_whether_the_status_is_the_sources_word) {
  RawArticle raw = titled();
  EXPECT_FALSE(normalized(raw).has_status);
  raw.access.emplace();  // names nobody, so the article is withheld
  EXPECT_TRUE(normalized(raw).has_status);
  raw = titled();
  raw.status = "usable";
  EXPECT_TRUE(normalized(raw).has_status);
}

TEST(normalize, refuses_what_is_no_article) {
  RawArticle raw;
  EXPECT_THAT(refusal(raw), HasSubstr("neither title nor body"));
  raw.title = " \n ";
  raw.body = "\xC2\xA0";
  EXPECT_THAT(refusal(raw), HasSubstr("neither title nor body"));
  raw = titled();
  raw.refusal = "not JSON";
  EXPECT_EQ(refusal(raw), "not JSON");
}

TEST(normalize, refuses_a_body_over_4_mib_and_takes_one_of_that_size) {
  RawArticle raw = titled();
  raw.body = std::string(kMaxBodyBytes + 1, 'x');
  EXPECT_THAT(refusal(raw), HasSubstr("4 MiB"));
  raw.body = std::string(kMaxBodyBytes, 'x');
  EXPECT_EQ(refusal(raw), "");
  raw.body.reset();
  raw.body_html = "<p>" + std::string(kMaxBodyBytes + 1, 'x');
  EXPECT_THAT(refusal(raw), HasSubstr("4 MiB"));
}

TEST(normalize, takes_html_where_there_is_no_text) {
  RawArticle raw = titled();
  raw.body_html = "<p>One &amp; two</p><p>Three</p>";
  EXPECT_EQ(normalized(raw).article.body, "One & two\n\nThree");
  raw.body = "Text.";
  EXPECT_EQ(normalized(raw).article.body, "Text.");
}

TEST(normalize, lets_a_description_stand_for_a_missing_text) {
  RawArticle raw = titled("Ferry stays in port");
  raw.summary = "<p>The strike goes on until Monday. Nobody sails.</p><p>Talks failed.</p>";
  raw.is_html = true;
  Article article = normalized(raw).article;
  EXPECT_EQ(article.body, "The strike goes on until Monday. Nobody sails.\n\nTalks failed.");
  EXPECT_EQ(article.summary, "The strike goes on until Monday. Nobody sails.");
  EXPECT_EQ(article.extra, "");
  // As it is exported, it comes in again.
  RawArticle exported = titled("Ferry stays in port");
  exported.summary = article.summary;
  exported.summary_from = "source";
  exported.body = article.body;
  EXPECT_EQ(normalized(exported).article, article);
  raw.body = "Blah blah blah.";
  EXPECT_EQ(normalized(raw).article.body, article.body);
  raw.body = "A text of its own.";
  EXPECT_EQ(normalized(raw).article.body, "A text of its own.");
}

TEST(normalize, reads_titles_summaries_and_labels_that_are_html) {
  RawArticle raw = titled("<b>1 &lt; 2</b> &amp; &Kappa;");
  raw.is_html = true;
  raw.summary = "<p>One.</p><p>Two.</p>";
  raw.source_name = "Post &amp; Courier";
  raw.byline = "Jos&eacute; Lee";
  raw.tags = {"Arts &amp; Culture"};
  const Article article = normalized(raw).article;
  EXPECT_EQ(article.title, "1 < 2 & \u039A");
  EXPECT_EQ(article.summary, "One. Two.");
  EXPECT_EQ(article.source.name, "Post & Courier");
  EXPECT_THAT(article.authors, ElementsAre("Jos\u00E9 Lee"));
  EXPECT_THAT(article.tags, ElementsAre("Arts & Culture"));
}

TEST(normalize, makes_ids_of_other_bytes_and_keeps_the_original) {
  RawArticle raw = titled();
  raw.id = "a/\"b\"";
  const NormalizedArticle result = normalized(raw);
  EXPECT_EQ(result.article.id, "a__b_~" + sha256_hex("a/\"b\"").substr(0, 12));
  EXPECT_EQ(result.original_id, "a/\"b\"");
  EXPECT_EQ(result.article.extra, R"({"original_id":"a/\"b\""})");
}

TEST(normalize, leaves_the_id_of_an_article_without_one_to_its_url) {
  RawArticle raw = titled();
  raw.id = "";
  raw.url = "http://Example.org/a/";
  const NormalizedArticle result = normalized(raw);
  EXPECT_EQ(result.article.id, "");
  EXPECT_EQ(result.article.url, "http://Example.org/a/");
  EXPECT_EQ(result.canonical_url, "https://example.org/a");
  EXPECT_EQ(result.fallback_id, "u" + sha256_hex("https://example.org/a").substr(0, 20));
}

TEST(normalize, makes_the_same_id_from_the_same_source_title_and_day) {
  RawArticle raw = titled();
  raw.id.reset();
  raw.published = "2025-04-18T23:00:00Z";
  const std::string id = normalized(raw).fallback_id;
  EXPECT_EQ(id.size(), 21U);
  raw.published = "2025-04-18T01:00:00Z";
  EXPECT_EQ(normalized(raw).fallback_id, id);
  raw.published = "2025-04-19";
  EXPECT_NE(normalized(raw).fallback_id, id);
}

struct Repair {
  const char* name;
  std::function<void(RawArticle&)> make;
  std::function<void(const Article&)> expect;
};

class Repaired : public testing::TestWithParam<Repair> {};

TEST_P(Repaired, is_mended_and_noted_once) {
  RawArticle raw = titled();
  GetParam().make(raw);
  const NormalizedArticle result = normalized(raw);
  EXPECT_EQ(result.repairs.size(), 1U) << testing::PrintToString(result.repairs);
  GetParam().expect(result.article);
}

INSTANTIATE_TEST_SUITE_P(
    all,
    Repaired,
    testing::Values(
        Repair{"impossible_date",
               [](RawArticle& raw) { raw.published = "0001-11-30"; },
               [](const Article& article) {
                 EXPECT_FALSE(article.published);
                 EXPECT_EQ(article.extra, R"({"original_published":"0001-11-30"})");
               }},
        Repair{"date_of_the_future",
               [](RawArticle& raw) { raw.updated = "2031-01-01"; },
               [](const Article& article) { EXPECT_FALSE(article.updated); }},
        Repair{"no_web_address",
               [](RawArticle& raw) { raw.url = "javascript:x"; },
               [](const Article& article) {
                 EXPECT_EQ(article.url, "");
                 EXPECT_EQ(article.extra, R"({"original_url":"javascript:x"})");
               }},
        Repair{"no_image_address",
               [](RawArticle& raw) { raw.image_url = "null"; },
               [](const Article& article) { EXPECT_FALSE(article.image); }},
        Repair{"controls_in_the_title",
               [](RawArticle& raw) { raw.title = "a\x01z"; },
               [](const Article& article) { EXPECT_EQ(article.title, "az"); }},
        Repair{"endless_title",
               [](RawArticle& raw) { raw.title = std::string(100'000, 'x'); },
               [](const Article& article) { EXPECT_EQ(article.title.size(), 8192U); }},
        Repair{"unknown_language",
               [](RawArticle& raw) { raw.language = "klingonese"; },
               [](const Article& article) { EXPECT_EQ(article.language, ""); }},
        Repair{"unknown_status",
               [](RawArticle& raw) { raw.status = "draft"; },
               [](const Article& article) { EXPECT_EQ(article.status, Status::withheld); }},
        Repair{"unreadable_embargo",
               [](RawArticle& raw) { raw.embargoed_until = "after lunch"; },
               [](const Article& article) { EXPECT_EQ(article.status, Status::withheld); }},
        Repair{"embargo_of_a_day",
               [](RawArticle& raw) { raw.embargoed_until = "2035-01-02"; },
               [](const Article& article) {
                 EXPECT_EQ(format_utc(article.embargoed_until.value()), "2035-01-03T12:00:00Z");
               }},
        Repair{"embargo_in_an_unknown_zone",
               [](RawArticle& raw) { raw.embargoed_until = "2 Jan 2035 10:00 XYZ"; },
               [](const Article& article) {
                 EXPECT_EQ(format_utc(article.embargoed_until.value()), "2035-01-02T22:00:00Z");
               }},
        Repair{"expiry_without_a_zone",
               [](RawArticle& raw) { raw.expires = "2035-01-02T10:00:00"; },
               [](const Article& article) {
                 EXPECT_EQ(format_utc(article.expires.value()), "2035-01-01T20:00:00Z");
               }},
        Repair{"expiry_that_could_be_two_days",
               [](RawArticle& raw) { raw.expires = "6/7/2035"; },
               [](const Article& article) { EXPECT_EQ(article.status, Status::withheld); }},
        Repair{"access_for_nobody",
               [](RawArticle& raw) { raw.access = std::vector<std::string>(); },
               [](const Article& article) { EXPECT_EQ(article.status, Status::withheld); }},
        Repair{"too_many_tags",
               [](RawArticle& raw) {
                 for (int i = 0; i < 1000; ++i)
                   raw.tags.push_back(std::to_string(i));
               },
               [](const Article& article) { EXPECT_EQ(article.tags.size(), 256U); }}),
    [](const auto& given) { return std::string(given.param.name); });

TEST(normalize, reads_every_status) {
  const std::vector<std::pair<std::string, Status>> names = {{"usable", Status::usable},
                                                             {"withheld", Status::withheld},
                                                             {"withdrawn", Status::withdrawn},
                                                             {"killed", Status::killed},
                                                             {"canceled", Status::killed}};
  for (const auto& [name, status] : names) {
    RawArticle raw = titled();
    raw.status = name;
    EXPECT_EQ(normalized(raw).article.status, status) << name;
  }
}

TEST(normalize, makes_the_source_of_a_name_an_id_or_both) {
  RawArticle raw = titled();
  raw.source_name = "The Times";
  EXPECT_EQ(normalized(raw).article.source, (Source{"the-times", "The Times"}));
  raw.source_id = "TT";
  EXPECT_EQ(normalized(raw).article.source, (Source{"tt", "The Times"}));
  raw.source_name.reset();
  EXPECT_EQ(normalized(raw).article.source, (Source{"tt", "TT"}));
}

TEST(normalize, uses_the_default_source_where_none_is_named) {
  const NormalizeOptions options{"My Paper", kOptions.now};
  EXPECT_EQ(normalized(titled(), options).article.source, (Source{"my-paper", "My Paper"}));
  RawArticle raw = titled();
  raw.source_name = "Other";
  EXPECT_EQ(normalized(raw, options).article.source.id, "other");
}

TEST(normalize, splits_a_byline_and_keeps_it) {
  RawArticle raw = titled();
  raw.byline = "By Ana One and Ben  Two";
  const Article article = normalized(raw).article;
  EXPECT_THAT(article.authors, ElementsAre("Ana One", "Ben Two"));
  EXPECT_EQ(article.extra, R"({"byline":"By Ana One and Ben Two"})");
}

TEST(normalize, keeps_no_byline_that_says_nothing_more) {
  RawArticle raw = titled();
  raw.byline = "Ana One";
  EXPECT_THAT(normalized(raw).article.authors, ElementsAre("Ana One"));
  EXPECT_EQ(normalized(raw).article.extra, "");
}

TEST(normalize, takes_authors_and_tags_in_lists_without_splitting) {
  RawArticle raw = titled();
  raw.authors = {"One, Ana", " ", "Ben\nTwo", "One, Ana"};
  raw.tags = {"trade and tariffs", "trade and tariffs"};
  const Article article = normalized(raw).article;
  EXPECT_THAT(article.authors, ElementsAre("One, Ana", "Ben Two"));
  EXPECT_THAT(article.tags, ElementsAre("trade and tariffs"));
}

TEST(normalize, sorts_extra_so_that_order_is_no_change) {
  RawArticle raw = titled();
  raw.extra = {{"b", "1"}, {"a", "[2]"}, {"quo\"te", "null"}};
  EXPECT_EQ(normalized(raw).article.extra, R"({"a":[2],"b":1,"quo\"te":null})");
}

TEST(normalize, reads_the_size_of_an_image_where_it_is_one) {
  RawArticle raw = titled();
  raw.image_url = "https://example.org/i.jpg";
  raw.image_width = "640";
  raw.image_height = "-5";
  const Article article = normalized(raw).article;
  ASSERT_TRUE(article.image);
  EXPECT_EQ(article.image->width, 640);
  EXPECT_EQ(article.image->height, 0);
}

TEST(normalize, keeps_a_day_a_day) {
  RawArticle raw = titled();
  raw.published = "2025-04-18";
  EXPECT_EQ(normalized(raw).article.published->precision, Precision::day);
}

TEST(normalize, keeps_a_byline_to_as_many_names_as_a_list) {
  RawArticle raw = titled();
  std::string byline = "Ana, Ben, Ana";
  for (int i = 0; i < 5000; ++i)
    byline += ", N" + std::to_string(i);
  raw.byline = byline;
  const NormalizedArticle result = normalized(raw);
  EXPECT_EQ(result.article.authors.size(), 256U);
  EXPECT_EQ(result.article.authors[2], "N0");
  EXPECT_THAT(result.repairs, testing::Contains(HasSubstr("too many")));
}

TEST(normalize, withholds_only_what_could_be_seen) {
  for (const auto& [name, status] :
       {std::pair{"killed", Status::killed}, std::pair{"withdrawn", Status::withdrawn}}) {
    RawArticle raw = titled();
    raw.status = name;
    raw.embargoed_until = "soon";
    raw.access = std::vector<std::string>{};
    EXPECT_EQ(normalized(raw).article.status, status);
  }
}

}  // namespace
}  // namespace broadsheet::indexer
