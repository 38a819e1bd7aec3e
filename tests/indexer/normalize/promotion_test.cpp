// Lines of known shapes go, prose that resembles them stays.
#include "indexer/normalize/promotion.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(is_promotion, knows_the_shapes) {
  for (const char* line : {"Advertisement",
                           "ADVERTISEMENT:",
                           "Story continues below advertisement",
                           "Read more:",
                           "Sign up for our daily newsletter",
                           "Sign up for the Larnwick morning briefing",
                           "CLICK HERE TO GET THE MERIDIAN APP",
                           "Follow @larnwick",
                           "Follow A. Writer on Twitter",
                           "Get the stories you care about delivered to your inbox.",
                           "[pullquote]"}) {
    EXPECT_TRUE(is_promotion(line)) << line;
  }
}

TEST(is_promotion, leaves_prose_alone) {
  for (const char* line : {"",
                           "Read more books, she said.",
                           "Advertisement is what keeps the paper alive.",
                           "Follow the river to the old bridge.",
                           "Sign up for the vote ended on Friday.",
                           "Subscribe to no creed, he told them.",
                           "Share of voters who agreed: 40 percent.",
                           "Sponsored athletes left the town."}) {
    EXPECT_FALSE(is_promotion(line)) << line;
  }
  EXPECT_FALSE(is_promotion("Click here to " + std::string(200, 'x')));
}

TEST(cut_promotion, takes_lines_out_of_paragraphs_and_keeps_their_shape) {
  std::string text = "One.\n\nAdvertisement\n\nTwo,\nRead more\nand three.\n\nRead more:";
  EXPECT_THAT(cut_promotion(text), ElementsAre("Advertisement", "Read more", "Read more:"));
  EXPECT_EQ(text, "One.\n\nTwo,\nand three.");
  EXPECT_THAT(cut_promotion(text), IsEmpty());
}

TEST(cut_promotion, may_leave_nothing) {
  std::string text = "Advertisement";
  EXPECT_THAT(cut_promotion(text), ElementsAre("Advertisement"));
  EXPECT_EQ(text, "");
}

TEST(is_placeholder, knows_what_stands_for_nothing) {
  for (const char* body : {"Blah blah blah.",
                           "******Blah blah blah.",
                           "******",
                           "...",
                           "N/A",
                           "Lorem ipsum dolor sit amet, consectetur adipiscing elit."}) {
    EXPECT_TRUE(is_placeholder(body)) << body;
  }
  for (const char* body : {"", "Blah, he said.", "No.", "\u96E8\u3002", "5", "Nonetheless."}) {
    EXPECT_FALSE(is_placeholder(body)) << body;
  }
}

}  // namespace
}  // namespace broadsheet::indexer
