// Which files count as arrived, and that none is given out twice or while it is being written.
#include "indexer/intake/folder_watcher.h"

#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow = 1'900'000'000;

class FolderWatcherTest : public testing::Test {
 protected:
  FolderWatcher open() { return FolderWatcher::open({folder_.path()}, kNow).value(); }

  [[nodiscard]] fs::path at(const std::string& name) const { return folder_.path() / name; }

  void write(const std::string& name) const { std::ofstream(at(name)) << "x"; }

  std::vector<std::string> names(FolderWatcher& watcher, std::int64_t now = kNow) const {
    watcher.read_events(now);
    std::vector<std::string> found;
    for (const FoundFile& file : watcher.take(100, now))
      found.push_back(fs::relative(file.path, fs::canonical(folder_.path())).string());
    return found;
  }

  tests::TempDir folder_;
};

TEST_F(FolderWatcherTest, FilesThereAtTheStartAndFilesClosedOrRenamedInAreReadyOnce) {
  write("early");
  FolderWatcher watcher = open();
  EXPECT_THAT(names(watcher), testing::ElementsAre("early"));
  write("late");
  write("y.tmp");
  EXPECT_THAT(names(watcher), testing::ElementsAre("late"));
  fs::rename(at("y.tmp"), at("y"));
  fs::create_hard_link(at("y"), at("linked"));
  EXPECT_THAT(names(watcher), testing::ElementsAre("y", "linked"));
  EXPECT_THAT(names(watcher), testing::IsEmpty());
}

TEST_F(FolderWatcherTest, AFileThatIsBeingWrittenWaitsForItsClosing) {
  std::ofstream open_file(at("slow"));
  open_file << "half" << std::flush;
  FolderWatcher watcher = open();
  EXPECT_THAT(names(watcher), testing::IsEmpty());
  open_file.close();
  EXPECT_THAT(names(watcher), testing::ElementsAre("slow"));
}

TEST_F(FolderWatcherTest, FoldersBelowAreWatchedButNotDoneAndFailed) {
  FolderWatcher watcher = open();
  fs::create_directories(at("desk/day"));
  for (const char* name : {"done", "failed", ".hidden"})
    fs::create_directory(at(name));
  for (const char* name : {"done/a", "failed/b", ".hidden/c", "desk/day/d"})
    write(name);
  fs::create_directory_symlink("..", at("desk/loop"));
  EXPECT_THAT(names(watcher), testing::ElementsAre("desk/day/d"));
  write("desk/day/e");
  EXPECT_THAT(names(watcher), testing::ElementsAre("desk/day/e"));
  fs::rename(at("desk"), at("office"));
  write("office/day/f");
  EXPECT_THAT(names(watcher),
              testing::UnorderedElementsAre("office/day/d", "office/day/e", "office/day/f"));
}

TEST_F(FolderWatcherTest, AFolderThatGoesIsToldAndWatchedAgainWhenItIsBack) {
  FolderWatcher watcher = open();
  fs::remove_all(folder_.path());
  EXPECT_THAT(names(watcher), testing::IsEmpty());
  EXPECT_THAT(watcher.take_notices(), testing::ElementsAre(testing::HasSubstr("is gone")));
  fs::create_directory(folder_.path());
  write("x");
  EXPECT_THAT(names(watcher), testing::IsEmpty());
  ASSERT_TRUE(watcher.next_look());
  EXPECT_THAT(names(watcher, *watcher.next_look()), testing::ElementsAre("x"));
  EXPECT_THAT(watcher.take_notices(), testing::ElementsAre(testing::HasSubstr("is back")));
}

TEST_F(FolderWatcherTest, WhatCouldNotBeMovedIsLeftAloneUntilItChanges) {
  write("x");
  FolderWatcher watcher = open();
  const auto files = watcher.take(10, kNow);
  ASSERT_EQ(files.size(), 1U);
  watcher.leave_alone(files[0]);
  watcher.put_back(files);
  EXPECT_THAT(names(watcher), testing::IsEmpty());
  std::ofstream(at("x")) << "another";
  EXPECT_THAT(names(watcher), testing::ElementsAre("x"));
}

TEST_F(FolderWatcherTest, AFileReplacedWhileItWasReadStays) {
  write("x");
  FolderWatcher watcher = open();
  const auto files = watcher.take(10, kNow);
  std::ofstream(at("x.tmp")) << "another";
  fs::rename(at("x.tmp"), at("x"));
  const auto moved = move_to_done(files.at(0), kNow);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, ErrorCode::not_found);
  EXPECT_THAT(names(watcher), testing::ElementsAre("x"));
}

}  // namespace
}  // namespace broadsheet::indexer
