// One writer at a time; who waits in vain learns whom for.
#include "indexer/write/writer_lock.h"

#include <memory>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::milliseconds;

TEST(writer_lock, is_taken_once_and_names_its_holder) {
  const tests::TempDir dir;
  auto held = WriterLock::take(dir.path() / "new", "add", milliseconds(0));
  ASSERT_TRUE(held) << held.error().message;
  const auto second = WriterLock::take(dir.path() / "new", "index", milliseconds(30));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  const std::string holder = "process " + std::to_string(::getpid()) + " (add)";
  EXPECT_NE(second.error().message.find(holder), std::string::npos) << second.error().message;
}

TEST(writer_lock, is_free_again_when_its_holder_is_gone) {
  const tests::TempDir dir;
  { auto held = WriterLock::take(dir.path(), "add", milliseconds(0)); }
  EXPECT_TRUE(WriterLock::take(dir.path(), "add", milliseconds(0)));
}

TEST(writer_lock, is_waited_for) {
  const tests::TempDir dir;
  auto held =
      std::make_unique<WriterLock>(WriterLock::take(dir.path(), "add", milliseconds(0)).value());
  std::thread other(
      [&] { EXPECT_TRUE(WriterLock::take(dir.path(), "index", std::chrono::seconds(60))); });
  held.reset();
  other.join();
}

TEST(writer_lock, of_a_rebuild_is_another_one) {
  const tests::TempDir dir;
  auto rebuilding = WriterLock::take_for_rebuild(dir.path(), milliseconds(0));
  ASSERT_TRUE(rebuilding) << rebuilding.error().message;
  EXPECT_TRUE(WriterLock::take(dir.path(), "add", milliseconds(0)));
  const auto second = WriterLock::take_for_rebuild(dir.path(), milliseconds(0));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_NE(second.error().message.find("(rebuild)"), std::string::npos);
}

TEST(writer_lock, is_waited_for_only_as_long_as_somebody_wants_it) {
  const tests::TempDir dir;
  auto held = WriterLock::take(dir.path(), "add", milliseconds(0));
  int asked = 0;
  const auto second = WriterLock::take(dir.path(), "index", std::chrono::hours(1), [&] {
    return ++asked < 3 ? GoOn::yes : GoOn::no;
  });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::interrupted);
  EXPECT_EQ(asked, 3);
}

TEST(writer_lock, shows_its_holder_that_somebody_waits) {
  const tests::TempDir dir;
  auto held =
      std::make_unique<WriterLock>(WriterLock::take(dir.path(), "watch", milliseconds(0)).value());
  EXPECT_FALSE(WriterLock::is_wanted(dir.path()));
  std::thread other(
      [&] { EXPECT_TRUE(WriterLock::take(dir.path(), "index", std::chrono::seconds(60))); });
  EXPECT_TRUE(tests::eventually([&] { return WriterLock::is_wanted(dir.path()); }));
  held.reset();
  other.join();
  EXPECT_FALSE(WriterLock::is_wanted(dir.path()));
}

TEST(writer_lock, the_watchers_own_is_tried_once_and_leaves_writers_alone) {
  const tests::TempDir dir;
  const auto watching = WriterLock::take_for_watch(dir.path());
  ASSERT_TRUE(watching) << watching.error().message;
  const auto second = WriterLock::take_for_watch(dir.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(WriterLock::take(dir.path(), "add", milliseconds(0)));
}

TEST(writer_lock, that_cannot_be_made_is_no_other_writer) {
  const tests::TempDir dir;
  std::filesystem::create_directories(dir.path() / "writer.lock");
  const auto lock = WriterLock::take(dir.path(), "add", milliseconds(0));
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, ErrorCode::internal);
  EXPECT_NE(lock.error().message.find("writer.lock"), std::string::npos);
  EXPECT_NE(lock.error().hint.find("rights"), std::string::npos);
}

}  // namespace
}  // namespace broadsheet::indexer
