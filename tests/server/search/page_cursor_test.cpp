// What clients carry from page to page, and what they may make up.
#include "server/search/page_cursor.h"

#include <limits>

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

constexpr std::int64_t kNow = 1'750'000'000;

TEST(page_cursor, comes_back_as_it_was_written) {
  const PageCursor cursor{.fingerprint = 7,
                          .now = kNow,
                          .position = 20,
                          .after = TimePosition{kNow - 5, 300},
                          .relaxing = Relaxing::runs,
                          .shown = {3, 4}};
  const auto read = decode_cursor(encode_cursor(cursor));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->fingerprint, cursor.fingerprint);
  EXPECT_EQ(read->now, cursor.now);
  EXPECT_EQ(read->position, cursor.position);
  EXPECT_EQ(read->after->published, cursor.after->published);
  EXPECT_EQ(read->after->doc_id, cursor.after->doc_id);
  EXPECT_EQ(read->relaxing, cursor.relaxing);
  EXPECT_EQ(read->shown, cursor.shown);
}

TEST(page_cursor, holds_times_that_can_be_written_alone) {
  constexpr std::int64_t kFirst = -62'135'596'800;  // 0001-01-01T00:00:00Z
  constexpr std::int64_t kLast = 253'402'300'799;   // 9999-12-31T23:59:59Z
  for (const std::int64_t good : {kFirst, kLast}) {
    EXPECT_TRUE(decode_cursor(encode_cursor({.now = good})));
    EXPECT_TRUE(decode_cursor(encode_cursor({.now = kNow, .after = TimePosition{good, 1}})));
  }
  for (const std::int64_t bad : {kFirst - 1,
                                 kLast + 1,
                                 std::numeric_limits<std::int64_t>::min(),
                                 std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_FALSE(decode_cursor(encode_cursor({.now = bad}))) << bad;
    EXPECT_FALSE(decode_cursor(encode_cursor({.now = kNow, .after = TimePosition{bad, 1}}))) << bad;
  }
}

}  // namespace
}  // namespace broadsheet::server
