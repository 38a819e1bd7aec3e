// Numbers in the index: the wanted one when it is free, else the next, however many want the same.
#include "indexer/write/doc_id_allocator.h"

#include <gtest/gtest.h>

#include "schema/catalog.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

class DocIdAllocatorTest : public testing::Test {
 protected:
  // Stores an article that has this number.
  void store(DocId doc) {
    const std::string n = std::to_string(doc);
    ASSERT_TRUE(catalog_.execute(("INSERT INTO article (id, doc_id, change_seq, content_hash, "
                                  "ingested, body_bytes) VALUES ('" +
                                  n + "', " + n + ", " + n + ", '', 0, 0)")
                                     .c_str()));
  }

  tests::TempDir dir_;
  sqlite::Database catalog_ = open_catalog_for_writing(dir_.path()).value();
  DocIdAllocator numbers_{catalog_};
};

TEST_F(DocIdAllocatorTest, a_free_number_is_given_as_wanted) {
  EXPECT_EQ(numbers_.allocate(1000), 1000U);
  EXPECT_EQ(numbers_.allocate(7), 7U);
}

TEST_F(DocIdAllocatorTest, a_number_given_out_is_taken_before_it_is_stored) {
  EXPECT_EQ(numbers_.allocate(1000), 1000U);
  EXPECT_EQ(numbers_.allocate(1000), 1001U);
  EXPECT_EQ(numbers_.allocate(999), 999U);
  EXPECT_EQ(numbers_.allocate(999), 1002U);
}

TEST_F(DocIdAllocatorTest, stored_numbers_are_passed_over) {
  for (const DocId doc : {10U, 11U, 12U, 14U})
    store(doc);
  EXPECT_EQ(numbers_.allocate(10), 13U);
  EXPECT_EQ(numbers_.allocate(10), 15U);
  EXPECT_EQ(numbers_.allocate(11), 16U);
}

TEST_F(DocIdAllocatorTest, retired_numbers_are_passed_over) {
  ASSERT_TRUE(catalog_.execute("INSERT INTO retired_doc VALUES (10, 1)"));
  EXPECT_EQ(numbers_.allocate(10), 11U);
}

TEST_F(DocIdAllocatorTest, what_is_forgotten_is_looked_up_again) {
  EXPECT_EQ(numbers_.allocate(10), 10U);
  numbers_.forget();
  EXPECT_EQ(numbers_.allocate(10), 10U);
}

TEST_F(DocIdAllocatorTest, the_last_number_ends_the_supply) {
  EXPECT_EQ(numbers_.allocate(kLastDocId), kLastDocId);
  EXPECT_FALSE(numbers_.allocate(kLastDocId));
}

TEST_F(DocIdAllocatorTest, many_of_one_moment_get_a_row_of_numbers) {
  constexpr DocId kMany = 100'000;
  for (DocId i = 0; i < kMany; ++i)
    ASSERT_EQ(numbers_.allocate(5), 5 + i);
}

}  // namespace
}  // namespace broadsheet::indexer
