// A grown front is frozen, and joined only with neighbours that are not many times its size.
#include "indexer/write/parts.h"

#include <gtest/gtest.h>

#include "indexer/write/fold_parts.h"
#include "indexer/write/generations.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr DocId kFront = 500;  // articles that fill a front

class PartsTest : public testing::Test {
 protected:
  // An index of one part with so many articles, numbered from 1.
  LiveIndex index_of(DocId articles) {
    fs::create_directories(generation_path(dir_.path(), 1));
    LiveIndex live{1, {next_part(dir_.path(), 1)}};
    Xapian::WritableDatabase part(live.parts.front().string(), Xapian::DB_CREATE);
    stamp_part(part, "archive");
    for (DocId doc = 1; doc <= articles; ++doc)
      part.replace_document(doc, Xapian::Document());
    part.commit();
    EXPECT_TRUE(publish(dir_.path(), live));
    return live;
  }

  // Fills the front to its limit with numbers from `first` on.
  static void fill_front(PartsWriter& writer, DocId first, GoOn join = GoOn::yes) {
    for (DocId doc = first; doc < first + kFront; ++doc)
      ASSERT_TRUE(writer.remove(doc));
    ASSERT_TRUE(writer.commit(first));
    ASSERT_TRUE(writer.publish_if_changed());
    ASSERT_TRUE(writer.tend());
    ASSERT_TRUE(writer.finish_join([join] { return join; }));
  }

  static std::string front_mark(const fs::path& part) {
    return Xapian::Database(part.string()).get_metadata(kFrontKey);
  }

  tests::TempDir dir_;
};

TEST_F(PartsTest, a_grown_front_beside_a_large_part_is_frozen_and_copies_nothing) {
  const LiveIndex before = index_of(8 * kFront);
  PartsWriter writer(dir_.path(), before);
  fill_front(writer, 1);
  ASSERT_EQ(writer.live().parts.size(), 2U);
  EXPECT_EQ(writer.live().parts.back(), before.parts.front());
  EXPECT_EQ(front_mark(writer.live().parts.front()), "");
  EXPECT_EQ(read_stub(dir_.path())->parts, writer.live().parts);
}

TEST_F(PartsTest, a_frozen_part_is_never_written_to_again) {
  const LiveIndex before = index_of(8 * kFront);
  {
    PartsWriter writer(dir_.path(), before);
    fill_front(writer, 1);
  }
  const fs::path frozen = read_stub(dir_.path())->parts.front();
  PartsWriter writer(dir_.path(), *read_stub(dir_.path()));
  ASSERT_TRUE(writer.remove(1));
  ASSERT_TRUE(writer.commit(3000));
  ASSERT_EQ(writer.live().parts.size(), 3U);
  EXPECT_EQ(writer.live().parts[1], frozen);
  EXPECT_NE(front_mark(writer.live().parts[0]), "");
}

TEST_F(PartsTest, neighbours_of_like_size_are_joined_and_the_large_part_stays) {
  const LiveIndex before = index_of(16 * kFront);
  PartsWriter writer(dir_.path(), before);
  fill_front(writer, 1);
  fill_front(writer, 1 + kFront);
  ASSERT_EQ(writer.live().parts.size(), 2U);
  EXPECT_EQ(writer.live().parts.back(), before.parts.front());
  const Xapian::Database joined(writer.live().parts.front().string());
  EXPECT_EQ(joined.get_doccount(), 2 * kFront);
  EXPECT_EQ(metadata_number(joined, kAppliedSeqKey), 1 + kFront);
}

TEST_F(PartsTest, a_small_part_is_joined_with_the_front) {
  PartsWriter writer(dir_.path(), index_of(8 * kFront - 1));
  fill_front(writer, 1);
  ASSERT_EQ(writer.live().parts.size(), 1U);
  EXPECT_EQ(Xapian::Database(writer.live().parts.front().string()).get_doccount(), 7 * kFront - 1);
}

TEST_F(PartsTest, a_join_that_is_given_up_loses_nothing) {
  PartsWriter writer(dir_.path(), index_of(8 * kFront - 1));
  fill_front(writer, 1, GoOn::no);
  // It may have been done before it was asked.
  const LiveIndex live = *read_stub(dir_.path());
  EXPECT_EQ(live.parts, writer.live().parts);
  EXPECT_EQ(count_articles(live), 7 * kFront - 1);
  ASSERT_TRUE(writer.remove(1 + kFront));
  ASSERT_TRUE(writer.commit(3000));
  EXPECT_EQ(count_articles(writer.live()), 7 * kFront - 2);
}

}  // namespace
}  // namespace broadsheet::indexer
