// Drafts as plain text and as HTML: what readers see, and where it stands in what was sent.
#include "server/search/draft_text.h"

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

// The bytes of `part` in the plain text of a draft.
ByteRange range_of(const DraftText& draft, std::string_view part) {
  const std::size_t begin = draft.plain().find(part);
  EXPECT_NE(begin, std::string_view::npos) << part << " in " << draft.plain();
  return {begin, begin + part.size()};
}

TEST(DraftText, leaves_plain_text_as_it_is) {
  for (const char* text : {"Tariffs < 10 % & more > 5 %",
                           "I <3 news, said <john@example.com> & left",
                           "a<b and b>c, x <y z> w",
                           "",
                           "\xFF\xFE<"}) {
    const DraftText draft(text);
    EXPECT_EQ(draft.plain(), text);
    EXPECT_FALSE(draft.is_cut());
  }
}

TEST(DraftText, reads_html_as_readers_see_it) {
  struct Row {
    std::string_view sent;
    std::string_view plain;
  };

  for (const Row& row : {
           Row{"<p>One</p><p>Two <b>three</b></p>", "One\n\nTwo three\n\n"},
           Row{"<p>A &amp; B &#8211; &#x41;&nbsp;x &unknown; &</p>",
               "A & B \u2013 A x &unknown; &\n\n"},
           Row{"<p>x<!-- <p>no</p> -->y</p>", "xy\n\n"},
           Row{"<style>p {}</style><p>x</p><SCRIPT>if (a<b) no();</SCRIPT >y", "x\n\ny"},
           Row{"<p title=\"a>b\">x</p>", "x\n\n"},
           Row{"<p>never closed <a href='", "never closed "},
           Row{"<p>x<script>no end", "x"},
           Row{"<p>&#0;&#x110000;&#xD800;</p>", "&#0;&#x110000;&#xD800;\n\n"},
       }) {
    EXPECT_EQ(DraftText(row.sent).plain(), row.plain) << row.sent;
  }
}

TEST(DraftText, knows_where_each_word_stands) {
  const std::string sent = "<p>Caf\u00e9 &amp; \U0001F600 tariff <b>talks</b></p>";
  const DraftText draft(sent);
  const TextSpan tariff = draft.sent_span(range_of(draft, "tariff"));
  EXPECT_EQ(tariff.start, 16U);  // <p>Café, blank, &amp;, blank, one face, blank
  EXPECT_EQ(tariff.length, 6U);
  EXPECT_EQ(tariff.utf16_start, 17U) << "the face is two units";
  EXPECT_EQ(tariff.utf16_length, 6U);
  const TextSpan cafe = draft.sent_span(range_of(draft, "Caf\u00e9 &"));
  EXPECT_EQ(cafe.start, 3U);
  EXPECT_EQ(cafe.length, 10U) << "the reference as it was sent";
}

TEST(DraftText, gives_no_range_across_a_tag) {
  const DraftText draft("<p>tariff <b>talks</b> on cars</p>");
  EXPECT_FALSE(draft.sent_range(range_of(draft, "tariff talks")));
  EXPECT_TRUE(draft.sent_range(range_of(draft, "talks")));
  EXPECT_TRUE(draft.sent_range(range_of(draft, "on cars")));
  EXPECT_FALSE(draft.sent_range({4, 4}));
  EXPECT_FALSE(draft.sent_range({0, 1000}));
}

TEST(DraftText, tells_the_links_there_are) {
  const DraftText draft(
      "<p>See <A class=x HREF=\"https://a.example/?a=1&amp;b=2\">the talks</A> and <a name=here>"
      "this</a> and <a href=/b>that");
  ASSERT_EQ(draft.links().size(), 2U);
  EXPECT_EQ(draft.links()[0].href, "https://a.example/?a=1&b=2");
  EXPECT_EQ(draft.links()[0].plain.begin, range_of(draft, "the talks").begin);
  EXPECT_EQ(draft.links()[0].plain.end, range_of(draft, "the talks").end);
  EXPECT_EQ(draft.links()[1].href, "/b");
}

TEST(DraftText, reads_no_more_than_it_says) {
  std::string sent(kMaxDraftBytes - 1, 'x');
  sent += "\u00e9 and more";
  const DraftText draft(sent);
  EXPECT_TRUE(draft.is_cut());
  EXPECT_EQ(draft.plain().size(), kMaxDraftBytes - 1) << "not within a character";
}

TEST(DraftText, survives_what_is_hostile) {
  std::string open = "<p>";
  for (int i = 0; i < 50'000; ++i)
    open += "<a href=";
  EXPECT_EQ(DraftText(open).plain(), "");
  std::string blocks;
  for (int i = 0; i < 50'000; ++i)
    blocks += "<p>&";
  EXPECT_EQ(DraftText(blocks).plain().size(), 150'000U - 2U);
}

}  // namespace
}  // namespace broadsheet::server
