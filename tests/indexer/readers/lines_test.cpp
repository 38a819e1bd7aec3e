// Lines are cut the same, however the bytes arrive.
#include "indexer/readers/lines.h"

#include <gmock/gmock.h>

#include "tests/support/byte_sources.h"

namespace broadsheet::indexer {
namespace {

using tests::source_of;

// Pieces of one byte, of a few, and all at once.
class Lines : public testing::TestWithParam<std::size_t> {
 protected:
  std::vector<RawRecord> cut(const std::string& bytes, std::size_t limit = 100) {
    LineCutter cutter(source_of(bytes, GetParam()), limit);
    std::vector<RawRecord> records;
    RawRecord record;
    while (cutter.next(record).value())
      records.push_back(record);
    return records;
  }

  std::vector<std::string> texts(const std::string& bytes) {
    std::vector<std::string> texts;
    for (const RawRecord& record : cut(bytes))
      texts.push_back(record.text);
    return texts;
  }
};

INSTANTIATE_TEST_SUITE_P(pieces, Lines, testing::Values(1U, 3U, 7U, 4096U));

TEST_P(Lines, end_in_any_way) {
  EXPECT_THAT(texts("a\nb\n"), testing::ElementsAre("a", "b"));
  EXPECT_THAT(texts("a\r\nb"), testing::ElementsAre("a", "b"));
  EXPECT_THAT(texts(""), testing::IsEmpty());
  EXPECT_THAT(texts("\n \t\r\n\n"), testing::IsEmpty());
}

TEST_P(Lines, begin_behind_a_byte_order_mark) {
  EXPECT_THAT(texts("\xEF\xBB\xBF{}\n{}"), testing::ElementsAre("{}", "{}"));
  EXPECT_THAT(texts("\xEF\xBB\xBF"), testing::IsEmpty());
}

TEST_P(Lines, are_counted_with_the_blank_ones) {
  const auto records = cut("a\n\nbb\r\nc");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].number, 1U);
  EXPECT_EQ(records[1].number, 3U);
  EXPECT_EQ(records[2].number, 4U);
  EXPECT_EQ(records[1].offset, 3U);
  EXPECT_EQ(records[2].offset, 7U);
}

TEST_P(Lines, keep_zero_bytes) {
  EXPECT_THAT(texts(std::string("a\0b\n", 4)), testing::ElementsAre(std::string("a\0b", 3)));
}

TEST_P(Lines, over_the_limit_are_refused_and_the_next_one_is_read) {
  const auto records = cut("a\n" + std::string(500, 'x') + "\nb\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_NE(records[1].refusal, "");
  EXPECT_EQ(records[2].text, "b");
  EXPECT_EQ(records[2].refusal, "");
  EXPECT_EQ(records[2].offset, 503U);
}

TEST_P(Lines, over_the_limit_at_the_end_are_refused) {
  const auto records = cut(std::string(500, 'x'));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_NE(records[0].refusal, "");
}

TEST(line_cutter, keeps_little_of_an_endless_line) {
  LineCutter cutter(source_of(std::string(20 << 20U, 'x')), 1 << 20U);
  RawRecord record;
  ASSERT_TRUE(cutter.next(record).value());
  EXPECT_EQ(record.text.size(), 64U * 1024);
  EXPECT_FALSE(cutter.next(record).value());
}

TEST(line_cutter, gives_the_lines_before_damage_and_then_the_error) {
  LineCutter cutter(source_of("a\nb\nhalf", 4096, "damaged"), 100);
  RawRecord record;
  EXPECT_TRUE(cutter.next(record).value());
  EXPECT_TRUE(cutter.next(record).value());
  EXPECT_EQ(cutter.next(record).error().message, "damaged");
}

TEST(line_cutter, knows_whether_another_line_is_at_hand) {
  LineCutter cutter(source_of("a\nb\nc", 4), 100);
  RawRecord record;
  EXPECT_FALSE(cutter.has_buffered());
  ASSERT_TRUE(cutter.next(record).value());
  EXPECT_TRUE(cutter.has_buffered());
  ASSERT_TRUE(cutter.next(record).value());
  EXPECT_FALSE(cutter.has_buffered());
}

}  // namespace
}  // namespace broadsheet::indexer
