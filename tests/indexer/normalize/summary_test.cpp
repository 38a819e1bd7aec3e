// What a source sent counts as a summary only when it is one; else a sentence of the body does.
#include "indexer/normalize/summary.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

constexpr const char* kTitle = "Harbour town votes to close its old bridge";
constexpr const char* kBody =
    "LARNWICK (Meridian) \u2014 For months they argued in the school hall.\n\n"
    "On Tuesday the council of the harbour town voted to close the old bridge to lorries.\n\n"
    "Nobody could say where the lorries would go instead. A ferry was talked about.";

TEST(own_summary, is_kept_when_it_says_something) {
  EXPECT_EQ(own_summary("Lorries must find another way from May on.", kTitle, kBody),
            "Lorries must find another way from May on.");
}

TEST(own_summary, is_one_sentence) {
  EXPECT_EQ(
      own_summary("Lorries must find another way from May on. Some will wait.", kTitle, kBody),
      "Lorries must find another way from May on.");
  EXPECT_EQ(own_summary("It is over. Lorries must find another way from May on.", kTitle, kBody),
            "It is over. Lorries must find another way from May on.");
}

TEST(own_summary, is_none_when_it_repeats_title_or_beginning) {
  EXPECT_EQ(own_summary(kTitle, kTitle, kBody), "");
  EXPECT_EQ(own_summary("Harbour Town votes to close its old bridge!", kTitle, kBody), "");
  EXPECT_EQ(
      own_summary("Larnwick (Meridian) - For months they argued in the scho...", kTitle, kBody),
      "");
  EXPECT_EQ(
      own_summary(
          std::string(kTitle) + ". Lorries must find another way from May on.", kTitle, kBody),
      "Lorries must find another way from May on.");
}

TEST(own_summary, is_none_when_it_only_invites) {
  EXPECT_EQ(own_summary("Read more...", kTitle, kBody), "");
  EXPECT_EQ(own_summary("Click here to read the whole story", kTitle, kBody), "");
  EXPECT_EQ(own_summary("...", kTitle, kBody), "");
}

TEST(own_summary, is_cut_between_words_when_it_never_ends) {
  std::string endless;
  for (int i = 0; i < 200; ++i)
    endless += "word ";
  const std::string summary = own_summary(endless, kTitle, kBody);
  EXPECT_LE(summary.size(), kMaxSummaryBytes);
  EXPECT_TRUE(summary.ends_with("word\u2026")) << summary;
}

TEST(is_excerpt, is_what_repeats_the_summary_or_breaks_off) {
  EXPECT_TRUE(is_excerpt("The harvest began \u2014 early.", "The harvest began, early"));
  for (const char* text :
       {"The harvest\u2026", "The harvest...", "The harvest [\u2026]", "A (...)"})
    EXPECT_TRUE(is_excerpt(text, "")) << text;
  EXPECT_FALSE(is_excerpt("The harvest began early.", "The harvest began."));
  EXPECT_FALSE(is_excerpt("The harvest began early.", ""));
  // A long text may end so.
  EXPECT_FALSE(is_excerpt(std::string(4000, 'a') + "...", ""));
}

TEST(best_sentence, shares_most_with_the_title) {
  EXPECT_EQ(best_sentence(kTitle, kBody, "en"),
            "On Tuesday the council of the harbour town voted to close the old bridge to lorries.");
}

TEST(best_sentence, leaves_the_dateline_out) {
  EXPECT_EQ(
      best_sentence(
          "", "LARNWICK, May 3 (Meridian) -- The council sat until midnight on Monday.", "en"),
      "The council sat until midnight on Monday.");
}

TEST(best_sentence, never_repeats_the_title) {
  const std::string body =
      std::string(kTitle) + ".\n\nThe vote on Tuesday was a narrow one, at five to four.";
  EXPECT_EQ(best_sentence(kTitle, body, "en"),
            "The vote on Tuesday was a narrow one, at five to four.");
  EXPECT_EQ(best_sentence(kTitle, std::string(kTitle) + ".", "en"), "");
}

TEST(best_sentence, passes_over_bylines_and_promotion) {
  EXPECT_EQ(best_sentence("Bridge",
                          "By A. Writer, who lives near the bridge of Larnwick\n\n"
                          "Sign up for our bridge newsletter to get the bridge in your inbox.\n\n"
                          "It was built in a year when nobody had lorries.",
                          "en"),
            "It was built in a year when nobody had lorries.");
}

TEST(best_sentence, is_short_when_the_body_is) {
  EXPECT_EQ(best_sentence("Bridge", "It will not open again.", "en"), "It will not open again.");
  EXPECT_EQ(best_sentence("Bridge", "", "en"), "");
}

}  // namespace
}  // namespace broadsheet::indexer
