// Manifests and names of files.
#include "server/bundle/manifest.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Manifest sample_manifest() {
  Manifest manifest;
  manifest.archive = "0f8b";
  manifest.articles["a"] = {"read_next/a.json", "00", {"b", "c"}};
  manifest.articles["b"] = {"read_next/b.json", "01", {"c"}};
  manifest.gone["x \"y\""] = {"a", "d"};
  return manifest;
}

TEST(Manifest, reads_back_as_it_was_written) {
  const tests::TempDir folder;
  EXPECT_EQ(read_manifest(folder.path()), Manifest());
  EXPECT_EQ(read_manifest(folder.path() / "new"), Manifest());
  ASSERT_TRUE(write_manifest(folder.path(), sample_manifest()));
  EXPECT_EQ(read_manifest(folder.path()), sample_manifest());
}

TEST(Manifest, names_who_recommends_and_who_did) {
  EXPECT_THAT(recommended_by(sample_manifest(), "c"), ElementsAre("a", "b"));
  EXPECT_THAT(recommended_by(sample_manifest(), "x \"y\""), ElementsAre("a", "d"));
  EXPECT_THAT(recommended_by(sample_manifest(), "a"), IsEmpty());
}

TEST(Manifest, leaves_other_folders_alone_and_tells_damage) {
  const tests::TempDir folder;
  std::ofstream(folder.path() / "letters.txt") << "Dear all";
  EXPECT_EQ(read_manifest(folder.path()).error().code, ErrorCode::invalid_argument);
  for (const char* text : {"", "{", "[]", R"({"archive":"a","articles":{"a":{}},"gone":{}})"}) {
    std::ofstream(folder.path() / "manifest.json") << text;
    EXPECT_EQ(read_manifest(folder.path()).error().code, ErrorCode::corrupt) << text;
  }
}

TEST(Manifest, a_file_is_spelt_as_its_url) {
  EXPECT_EQ(bundle_file("20250418-japan_talks.2"), "read_next/20250418-japan_talks.2.json");
  EXPECT_EQ(bundle_file("../a b%~é"), "read_next/~2E.~2Fa~20b~25~7E~C3~A9.json");
  const std::string id(300, 'x');
  const std::string longest = bundle_file(id);
  EXPECT_EQ(longest.size(), std::string("read_next/.json").size() + 200);
  EXPECT_NE(longest, bundle_file(id + "y"));
}

TEST(ReplaceFile, says_that_it_cannot) {
  const tests::TempDir folder;
  EXPECT_EQ(replace_file(folder.path() / "no" / "a.json", "x").error().code, ErrorCode::internal);
}

}  // namespace
}  // namespace broadsheet::server
