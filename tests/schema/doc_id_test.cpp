// Document numbers run from the newest to the oldest article, and undated ones come last.
#include "schema/doc_id.h"

#include <gtest/gtest.h>

#include "schema/time.h"

namespace broadsheet {
namespace {

DocId on(int year, unsigned month, unsigned day) {
  return doc_id_for(seconds_of({year, month, day}));
}

TEST(doc_id_for, is_smaller_the_newer_the_article) {
  EXPECT_LT(on(2025, 4, 18), on(2025, 4, 17));
  EXPECT_LT(on(1926, 1, 1), on(1925, 12, 31));
  EXPECT_LT(on(1600, 1, 1), kFirstUndatedDocId);
}

TEST(doc_id_for, gives_five_seconds_one_number) {
  const std::int64_t end = seconds_of({2063, 1, 1}) - 1;
  EXPECT_EQ(doc_id_for(end), 1U);
  EXPECT_EQ(doc_id_for(end - 4), 1U);
  EXPECT_EQ(doc_id_for(end - 5), 2U);
}

TEST(doc_id_for, gives_an_hour_one_number_before_1926) {
  const std::int64_t edge = seconds_of({1926, 1, 1});
  EXPECT_EQ(doc_id_for(edge - 1), doc_id_for(edge) + 1);
  EXPECT_EQ(doc_id_for(edge - 3600), doc_id_for(edge) + 1);
  EXPECT_EQ(doc_id_for(edge - 3601), doc_id_for(edge) + 2);
}

TEST(doc_id_for, stays_within_its_bounds_at_any_time) {
  EXPECT_EQ(doc_id_for(INT64_MAX), 1U);
  EXPECT_EQ(doc_id_for(INT64_MIN), on(1600, 1, 1));
  EXPECT_EQ(doc_id_for(std::nullopt), kFirstUndatedDocId);
}

TEST(doc_id_for, never_changes_for_a_date_because_numbers_are_stored) {
  EXPECT_EQ(doc_id_for(0), 586'967'040U);
  EXPECT_EQ(doc_id_for(1744938000), 237'979'440U);
}

TEST(latest_time_of, is_never_older_than_a_time_that_asks_for_the_number) {
  for (const std::int64_t time : {seconds_of({2025, 4, 18}) + 12'345,
                                  seconds_of({1926, 1, 1}),
                                  seconds_of({1900, 6, 1}) + 7}) {
    EXPECT_GE(latest_time_of(doc_id_for(time)), time);
  }
}

}  // namespace
}  // namespace broadsheet
