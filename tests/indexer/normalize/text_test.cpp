// Text is put in order without losing a word.
#include "indexer/normalize/text.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

struct TextCase {
  const char* name;
  std::string given;
  std::string line;
  std::string paragraphs;
  bool mended = false;
};

class Clean : public testing::TestWithParam<TextCase> {};

TEST_P(Clean, as_a_line) {
  const CleanText clean = clean_line(GetParam().given);
  EXPECT_EQ(clean.text, GetParam().line);
  EXPECT_EQ(clean.mended, GetParam().mended);
  EXPECT_EQ(clean_line(clean.text).text, clean.text) << "twice is as good as once";
}

TEST_P(Clean, as_paragraphs) {
  const CleanText clean = clean_paragraphs(GetParam().given);
  EXPECT_EQ(clean.text, GetParam().paragraphs);
  EXPECT_EQ(clean.mended, GetParam().mended);
  EXPECT_EQ(clean_paragraphs(clean.text).text, clean.text) << "twice is as good as once";
}

INSTANTIATE_TEST_SUITE_P(
    all,
    Clean,
    testing::Values(
        TextCase{"empty", "", "", ""},
        TextCase{"only_blanks", " \t\r\n\n \xC2\xA0 ", "", ""},
        TextCase{"words", "one two", "one two", "one two"},
        TextCase{"blanks", "  one \t  two  ", "one two", "one two"},
        TextCase{"line_ends", "one\ntwo", "one two", "one\ntwo"},
        TextCase{
            "windows_line_ends", "one\r\ntwo\r\n\r\nthree", "one two three", "one\ntwo\n\nthree"},
        TextCase{"old_mac_line_ends", "one\rtwo\r\rthree", "one two three", "one\ntwo\n\nthree"},
        TextCase{"blank_lines", "one\n\n\n \n\ntwo\n\n", "one two", "one\n\ntwo"},
        TextCase{"blank_line_of_no_break_spaces", "one\n\xC2\xA0\ntwo", "one two", "one\n\ntwo"},
        TextCase{"indented_paragraphs",
                 "First line\nof it.\n    Second one\ngoes on.",
                 "First line of it. Second one goes on.",
                 "First line\nof it.\n\nSecond one\ngoes on."},
        TextCase{"unicode_separators",
                 "one\xE2\x80\xA8two\xE2\x80\xA9three",
                 "one two three",
                 "one\ntwo\n\nthree"},
        TextCase{"typography_stays",
                 "don\xE2\x80\x99t \xE2\x80\x94 \xC3\xA9\xF0\x9F\x98\x80",
                 "don\xE2\x80\x99t \xE2\x80\x94 \xC3\xA9\xF0\x9F\x98\x80",
                 "don\xE2\x80\x99t \xE2\x80\x94 \xC3\xA9\xF0\x9F\x98\x80"},
        TextCase{"c0_controls",
                 std::string("a\0b\x01\x1F"
                             "c\x7F",
                             7),
                 "abc",
                 "abc",
                 true},
        TextCase{"characters_of_no_width",
                 "re\xC2\xADport\xE2\x80\x8B of\xE2\x81\xA0 it\xE2\x80\xAE",
                 "report of it",
                 "report of it",
                 true},
        TextCase{"joiners_and_word_ends_of_other_scripts",
                 "\xE1\x9E\x80\xE2\x80\x8B\xE1\x9E\x81 \xD9\x85\xE2\x80\x8C\xD9\x86",
                 "\xE1\x9E\x80\xE2\x80\x8B\xE1\x9E\x81 \xD9\x85\xE2\x80\x8C\xD9\x86",
                 "\xE1\x9E\x80\xE2\x80\x8B\xE1\x9E\x81 \xD9\x85\xE2\x80\x8C\xD9\x86"},
        TextCase{"c1_that_windows_meant",
                 "Carolina\xC2\x92s \xC2\x93oath\xC2\x94",
                 "Carolina\xE2\x80\x99s \xE2\x80\x9Coath\xE2\x80\x9D",
                 "Carolina\xE2\x80\x99s \xE2\x80\x9Coath\xE2\x80\x9D",
                 true},
        TextCase{"c1_without_a_meaning", "a\xC2\x81\xC2\x8D z", "a z", "a z", true},
        TextCase{"byte_order_mark_inside", "a\xEF\xBB\xBFz", "az", "az", true},
        TextCase{"noncharacters", "a\xEF\xBF\xBE\xEF\xB7\x90\xF0\x9F\xBF\xBFz", "az", "az", true},
        TextCase{
            "replacement_character_stays", "a\xEF\xBF\xBDz", "a\xEF\xBF\xBDz", "a\xEF\xBF\xBDz"}),
    [](const auto& given) { return std::string(given.param.name); });

TEST(cut_text, never_cuts_inside_a_character) {
  std::string text = "a\xE2\x82\xAC\xE2\x82\xAC";
  EXPECT_FALSE(cut_text(text, 7));
  EXPECT_TRUE(cut_text(text, 6));
  EXPECT_EQ(text, "a\xE2\x82\xAC");
  EXPECT_TRUE(cut_text(text, 0));
  EXPECT_EQ(text, "");
}

TEST(append_utf8, writes_characters_of_every_length_and_none_that_are_not) {
  std::string text;
  for (const char32_t character : {U'a', U'\u00E9', U'\u20AC', U'\U0001F600'})
    append_utf8(text, character);
  EXPECT_EQ(text, "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  text.clear();
  append_utf8(text, 0xD800);
  append_utf8(text, 0x110000);
  EXPECT_EQ(text, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace broadsheet::indexer
