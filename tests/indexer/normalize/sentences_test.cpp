// Where sentences end, and where a full stop ends none.
#include "indexer/normalize/sentences.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(split_sentences, at_their_marks_with_closing_quotes) {
  EXPECT_THAT(split_sentences("One. Two! \"Three?\" Four\u201D ends.\u201D Five", 9),
              ElementsAre("One.", "Two!", "\"Three?\"", "Four\u201D ends.\u201D", "Five"));
}

TEST(split_sentences, not_behind_initials_and_shortened_words) {
  EXPECT_THAT(split_sentences("Gov. J. Lee met U.S. Sen. Ann Roe on Jan. 5. They left.", 9),
              ElementsAre("Gov. J. Lee met U.S. Sen. Ann Roe on Jan. 5.", "They left."));
  EXPECT_THAT(split_sentences("It cost 3.5 million. and no more.", 9),
              ElementsAre("It cost 3.5 million. and no more."));
}

TEST(split_sentences, at_blank_lines_and_not_at_line_ends) {
  EXPECT_THAT(split_sentences("A heading\n\nA line\ngoes on. Next.", 9),
              ElementsAre("A heading", "A line\ngoes on.", "Next."));
  EXPECT_THAT(split_sentences("He met Gov.\n\nNext.", 9), ElementsAre("He met Gov.", "Next."));
}

TEST(split_sentences, in_scripts_that_leave_no_blank) {
  EXPECT_THAT(split_sentences("\u96E8\u3002\u96EA\u3002", 9),
              ElementsAre("\u96E8\u3002", "\u96EA\u3002"));
}

TEST(split_sentences, no_more_than_asked_for) {
  EXPECT_THAT(split_sentences("One. Two. Three.", 2), ElementsAre("One.", "Two."));
  EXPECT_THAT(split_sentences("", 2), IsEmpty());
}

TEST(ends_as_sentence, by_its_last_mark) {
  EXPECT_TRUE(ends_as_sentence("So it is."));
  EXPECT_TRUE(ends_as_sentence("\u201CIs it?\u201D"));
  EXPECT_FALSE(ends_as_sentence("By Ana Lee"));
  EXPECT_FALSE(ends_as_sentence(""));
}

}  // namespace
}  // namespace broadsheet::indexer
