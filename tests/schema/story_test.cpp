// Reading stories: one that lives, one that went into another, one that never was.
#include "schema/story.h"

#include <gtest/gtest.h>

#include "schema/catalog.h"
#include "tests/support/temp_dir.h"

namespace broadsheet {
namespace {

class StoryTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(catalog_->execute(
        "INSERT INTO story (story_id, id, title, kicker, first_published, last_published, size) "
        "VALUES (1, 'st_00000000000a', 'Tariff talks go on', 'Japan-U.S.', 100, 200, 3);"
        "INSERT INTO story (story_id, id, merged_into) VALUES (2, 'st_00000000000b', 1);"));
  }

  tests::TempDir dir_;
  Result<sqlite::Database> catalog_ = open_catalog_for_writing(dir_.path());
};

TEST_F(StoryTest, is_found_by_id_and_by_number) {
  const Story expected{1, "st_00000000000a", "Tariff talks go on", "Japan-U.S.", 100, 200, 3, ""};
  EXPECT_EQ(find_story(*catalog_, "st_00000000000a").value(), expected);
  EXPECT_EQ(find_story(*catalog_, 1).value(), expected);
}

TEST_F(StoryTest, names_the_one_it_went_into) {
  const auto story = find_story(*catalog_, "st_00000000000b").value();
  ASSERT_TRUE(story);
  EXPECT_EQ(story->merged_into, "st_00000000000a");
  EXPECT_EQ(story->size, 0);
  EXPECT_FALSE(story->first);
}

TEST_F(StoryTest, that_never_was_is_none) {
  EXPECT_FALSE(find_story(*catalog_, "st_00000000000c").value());
  EXPECT_FALSE(find_story(*catalog_, 3).value());
}

}  // namespace
}  // namespace broadsheet
