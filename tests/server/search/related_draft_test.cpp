// What only drafts can ask: anchors, and how much of them the archive has already. Links themselves
// are proved in related_test.cpp.
#include "server/search/related_draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/search/related_cover.h"
#include "tests/support/newsroom.h"

namespace broadsheet::server {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::int64_t kNow = tests::Newsroom::kClock;

Article article(std::string id, std::string title, std::string body, std::string language = "en") {
  Article made;
  made.id = std::move(id);
  made.url = "https://news.example/" + made.id;
  made.title = std::move(title);
  made.body = std::move(body);
  made.language = std::move(language);
  made.published = Timestamp{.seconds = kNow - 86400};
  return made;
}

constexpr const char* kReport =
    "Envoys of Japan and the United States met in Washington for tariff talks on cars. Minister "
    "Akazawa said the tariff on vehicles hurt both. A second round of tariff talks is planned for "
    "the end of the month, and nobody expects a deal before the leaders meet in Canada.";

// Words that nothing else has, as "zq7", with a blank behind each.
std::string filler(int words, const std::string& begin = "zq") {
  std::string text;
  for (int i = 0; i < words; ++i)
    text += begin + std::to_string(i) + " ";
  return text;
}

std::vector<Article> archive() {
  std::vector<Article> all = {
      article("talks", "Japan and U.S. open tariff talks", kReport),
      article("canada",
              "Leaders meet in Canada",
              "Leaders met in Canada without a deal. Tariff talks with Japan went on beside it."),
      article(
          "zoll",
          "Zollgespr\u00e4che mit Japan gehen weiter",
          "Die Zollgespr\u00e4che zwischen Japan und den Vereinigten Staaten gehen weiter, sagte "
          "der Minister in Washington. Ein Abkommen \u00fcber Autos ist nicht in Sicht.",
          "de"),
      article("kanji",
              "\u65e5\u7c73\u95a2\u7a0e\u5354\u8b70",
              "\u8d64\u6ca2\u5927\u81e3\u306f\u65e5\u7c73\u95a2\u7a0e\u5354\u8b70\u3067\u81ea\u52d5"
              "\u8eca\u306e\u95a2\u7a0e\u3092\u8b70\u8ad6\u3057\u305f\u3002",
              "ja")};
  all.push_back(article("long", "Report in full", filler(400, "zk") + "Quillfeather signed."));
  for (int i = 0; i < 30; ++i) {
    const std::string n = std::to_string(i);
    all.push_back(article("other" + n,
                          "Council " + n + " votes on a library",
                          "The council said on Monday that the library number " + n + " opens."));
  }
  return all;
}

class DraftLinks : public testing::Test {
 protected:
  DraftLinks() { room_.add(archive(), kNow); }

  RelatedResponse ask(const std::string& text, RelatedRequest request = {}) {
    request.now = request.clock = kNow;
    auto response = room_.searcher().related(Draft{"", text}, request);
    EXPECT_TRUE(response) << (response ? "" : response.error().message);
    return response ? std::move(*response) : RelatedResponse();
  }

  std::vector<Anchor> anchors(const std::string& text) {
    return ask(text, {.wants_anchors = true}).anchors;
  }

  static std::vector<std::string> ids(const RelatedResponse& response) {
    std::vector<std::string> all;
    for (const RelatedLink& link : response.links)
      all.push_back(link.article.article.id);
    return all;
  }

  tests::Newsroom room_;
};

TEST_F(DraftLinks, find_articles_in_the_drafts_own_language) {
  EXPECT_EQ(ids(ask("Die Zollgespr\u00e4che mit Japan: ein Abkommen \u00fcber Autos war am Montag "
                    "in Washington noch immer nicht in Sicht."))
                .front(),
            "zoll");
  EXPECT_EQ(ids(ask("\u65e5\u7c73\u95a2\u7a0e\u5354\u8b70")).front(), "kanji");
  EXPECT_THAT(ids(ask("\u0418\u0437\u0432\u0435\u0441\u0442\u0438\u044f")), IsEmpty());
}

TEST_F(DraftLinks, read_html_as_readers_do) {
  const auto plain = ids(ask("New tariff talks on cars, said Akazawa."));
  EXPECT_EQ(ids(ask("<div class='council library'><p>New tariff <b>talks</b> on cars, said "
                    "Akazawa.</p><script>council library Monday</script></div>")),
            plain);
}

TEST_F(DraftLinks, of_one_word_and_of_four_megabytes_come) {
  EXPECT_THAT(ids(ask("Akazawa")), Contains("talks"));
  std::string long_draft;
  while (long_draft.size() < 4'000'000)
    long_draft += kReport;
  const RelatedResponse response = ask(long_draft);
  EXPECT_THAT(ids(response), Contains("talks"));
  EXPECT_THAT(response.steps, Contains("only the first 64 kB of the text were read"));
  EXPECT_THAT(ids(ask(std::string(300'000, 'x'))), IsEmpty());
}

TEST_F(DraftLinks, tell_what_was_relaxed_where_it_mattered) {
  const RelatedResponse one = ask("Quillfeather");
  EXPECT_THAT(ids(one), ElementsAre("long"));
  ASSERT_THAT(one.steps, SizeIs(1));
  EXPECT_THAT(one.steps[0], HasSubstr("the text has 1 word to go by and the archive holds "));
  EXPECT_THAT(ask("Akazawa").steps, IsEmpty()) << "alike enough by any measure";
}

TEST_F(DraftLinks, tell_what_the_archive_has_already) {
  const std::string own = "Tokyo spoke first on Friday. ";
  const RelatedResponse response = ask(own + kReport);
  ASSERT_THAT(response.links, Not(IsEmpty()));
  const RelatedLink& link = response.links.front();
  EXPECT_EQ(link.article.article.id, "talks");
  EXPECT_EQ(link.relation, Relation::duplicate) << "shown, not folded";
  EXPECT_GT(link.covered, 0.85);
  EXPECT_LT(link.covered, 1);
  ASSERT_THAT(link.passages, SizeIs(1));
  EXPECT_EQ(link.passages[0].draft.start, own.size());
  EXPECT_EQ(link.passages[0].article.start, 0U);
  EXPECT_EQ(link.passages[0].article.length, std::string(kReport).size() - 1) << "but the stop";
  for (std::size_t i = 1; i < response.links.size(); ++i)
    EXPECT_THAT(response.links[i].passages, IsEmpty());
}

TEST_F(DraftLinks, of_a_draft_in_words_of_its_own_are_not_covered) {
  for (const RelatedLink& link :
       ask("Akazawa will fly to Washington again: tariff talks on cars go into another round.")
           .links) {
    EXPECT_THAT(link.passages, IsEmpty()) << link.article.article.id;
    EXPECT_LT(link.covered, kLargePart);
  }
}

TEST_F(DraftLinks, come_with_spans_to_link_from) {
  const std::string text = "Caf\u00e9: the tariff talks went on.";
  const auto found = anchors(text);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].text, "tariff talks");
  EXPECT_EQ(found[0].span.start, 10U);
  EXPECT_EQ(found[0].span.length, 12U);
  EXPECT_EQ(found[0].id, "talks");
  EXPECT_EQ(found[0].url, "https://news.example/talks");
  EXPECT_THAT(found[0].reason, HasSubstr("Shares "));
}

TEST_F(DraftLinks, take_the_first_mention_and_keep_their_distance) {
  const std::string near = "The tariff talks began as leaders meet in Canada. Tariff talks go on.";
  EXPECT_THAT(anchors(near), SizeIs(1));
  const std::string far =
      "The tariff talks began. " + filler(120) + "Then leaders meet in Canada. Tariff talks go on.";
  const auto found = anchors(far);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].text, "tariff talks");
  EXPECT_EQ(found[0].span.start, 4U);
  EXPECT_THAT(found[1].text, HasSubstr("Canada"));
}

TEST_F(DraftLinks, leave_existing_links_alone) {
  EXPECT_THAT(anchors("<p>The <a href='https://x.example/'>tariff talks</a> went on.</p>"),
              IsEmpty());
  const auto found = anchors("<p><a href='https://news.example/talks?utm_source=x'>Earlier</a>. " +
                             filler(120) + "The tariff talks went on.</p>");
  for (const Anchor& anchor : found)
    EXPECT_NE(anchor.id, "talks") << "linked already";
}

TEST_F(DraftLinks, put_no_anchor_across_a_tag) {
  for (const Anchor& anchor : anchors("<p>The tariff <i>talks</i> went on.</p>"))
    EXPECT_NE(anchor.text, "tariff talks");
}

TEST_F(DraftLinks, have_no_anchors_unless_asked) {
  EXPECT_THAT(ask("The tariff talks went on.").anchors, IsEmpty());
}

}  // namespace
}  // namespace broadsheet::server
