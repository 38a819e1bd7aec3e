// Files leave a watched folder without one of them ever being lost or overwritten.
#include "indexer/intake/finished_files.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow = 1'750'000'000;  // 2025-06-15T15:06:40Z

class FinishedFiles : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(dir_.path() / name) << text;
    return dir_.path() / name;
  }

  static std::string read(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  tests::TempDir dir_;
};

TEST_F(FinishedFiles, are_looked_at_only_when_they_are_files) {
  const fs::path file = write("a", "1");
  const FoundFile found = look_at_file(file).value();
  EXPECT_EQ(found, look_at_file(file).value());
  EXPECT_EQ(found.size, 1U);
  write("a", "22");
  EXPECT_NE(found, look_at_file(file).value());
  fs::create_symlink(file, dir_.path() / "link");
  for (const fs::path& none : {dir_.path() / "link", dir_.path(), dir_.path() / "none"})
    EXPECT_EQ(look_at_file(none).error().code, ErrorCode::not_found) << none;
}

TEST_F(FinishedFiles, move_beside_where_they_lay) {
  const fs::path file = write("a", "1");
  const auto moved = move_to_done(look_at_file(file).value(), kNow);
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(*moved, dir_.path() / "done" / "a");
  EXPECT_EQ(read(*moved), "1");
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(FinishedFiles, overwrite_nothing) {
  std::vector<fs::path> targets;
  for (const char* text : {"1", "2", "3"}) {
    const auto moved = move_to_done(look_at_file(write("a", text)).value(), kNow);
    ASSERT_TRUE(moved) << moved.error().message;
    targets.push_back(moved->filename());
    EXPECT_EQ(read(*moved), text);
  }
  EXPECT_EQ(targets, (std::vector<fs::path>{"a", "a.20250615T150640Z", "a.20250615T150640Z.2"}));
  EXPECT_EQ(read(dir_.path() / "done" / "a"), "1");
}

TEST_F(FinishedFiles, say_why_they_failed) {
  for (const char* reason : {"it is damaged", "it is damaged again"}) {
    const auto moved = move_to_failed(look_at_file(write("a", "x")).value(), reason, kNow);
    ASSERT_TRUE(moved) << moved.error().message;
    EXPECT_EQ(read(moved->string() + ".reason"), std::string(reason) + "\n");
    EXPECT_EQ(moved->parent_path(), dir_.path() / "failed");
  }
}

TEST_F(FinishedFiles, stay_when_another_file_has_come_in_their_place) {
  const FoundFile found = look_at_file(write("a", "1")).value();
  write("a", "another");
  EXPECT_EQ(move_to_done(found, kNow).error().code, ErrorCode::not_found);
  EXPECT_EQ(read(dir_.path() / "a"), "another");
  EXPECT_FALSE(fs::exists(dir_.path() / "done" / "a"));
  fs::remove(dir_.path() / "a");
  EXPECT_EQ(move_to_done(found, kNow).error().code, ErrorCode::not_found);
}

TEST_F(FinishedFiles, stay_where_the_folder_cannot_be_made) {
  const fs::path file = write("a", "1");
  write("done", "a file of this name");
  EXPECT_EQ(move_to_done(look_at_file(file).value(), kNow).error().code, ErrorCode::internal);
  EXPECT_EQ(read(file), "1");
}

}  // namespace
}  // namespace broadsheet::indexer
