// A fold holds what its parts showed together, however their numbers lie.
#include "indexer/write/fold_parts.h"

#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <xapian.h>

#include "schema/fields.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGone = "gone";

// What each number shows: a word, or that it is gone.
using Contents = std::map<Xapian::docid, std::string>;

class FoldPartsTest : public testing::Test {
 protected:
  fs::path make_part(const Contents& contents) {
    const fs::path path = dir_.path() / ("part" + std::to_string(made_++));
    Xapian::WritableDatabase part(path.string(), Xapian::DB_CREATE);
    for (const auto& [number, word] : contents) {
      Xapian::Document document;
      if (word == kGone) {
        document.add_boolean_term(std::string(row_of(Field::tombstone).prefix));
      } else {
        document.add_posting(word, 3);
        document.add_value(0, word);
      }
      part.replace_document(number, document);
    }
    part.commit();
    return path;
  }

  static Contents contents_of(const fs::path& path) {
    const Xapian::Database part(path.string());
    Contents contents;
    for (auto doc = part.postlist_begin(""); doc != part.postlist_end(""); ++doc) {
      const Xapian::Document document = part.get_document(*doc);
      const std::string value = document.get_value(0);
      contents[*doc] = value.empty() ? kGone : value;
      if (value.empty()) continue;
      EXPECT_EQ(document.termlist_count(), 1U);
      EXPECT_EQ(*part.positionlist_begin(*doc, value), 3U);
      EXPECT_TRUE(part.get_termfreq(value) > 0);
    }
    EXPECT_EQ(part.get_doccount(), contents.size());
    return contents;
  }

  // Folds parts, newest first.
  Contents folded(const std::vector<fs::path>& parts, Oldest is_oldest) {
    const fs::path target = dir_.path() / ("folded" + std::to_string(made_++));
    const std::atomic<bool> stopped{false};
    const auto done = fold_parts(parts, target, is_oldest, stopped);
    EXPECT_TRUE(done);
    const Contents contents = contents_of(target);
    for (const auto& entry : fs::directory_iterator(dir_.path()))
      EXPECT_EQ(entry.path().filename().string().find("copy"), std::string::npos);
    return contents;
  }

  tests::TempDir dir_;
  int made_ = 0;
};

// Older numbers are the higher ones, as of articles. `spread`: how far a part reaches among them.
Contents random_contents(std::mt19937& dice, int age, int spread, bool has_tombstones) {
  Contents contents;
  const int count = std::uniform_int_distribution<int>(1, 12)(dice);
  for (int i = 0; i < count; ++i) {
    const int place = std::uniform_int_distribution<int>(0, spread)(dice);
    const bool gone = has_tombstones && std::uniform_int_distribution<int>(0, 4)(dice) == 0;
    contents[static_cast<Xapian::docid>(1 + age * 20 + place)] =
        gone ? kGone : "of" + std::to_string(age);
  }
  return contents;
}

TEST_F(FoldPartsTest, shows_of_each_number_what_the_newest_part_says) {
  std::mt19937 dice(7);
  for (int round = 0; round < 60; ++round) {
    const int spread = std::array{19, 30, 80}[static_cast<std::size_t>(round % 3)];
    const int count = std::uniform_int_distribution<int>(1, 4)(dice);
    const Oldest is_oldest = round % 2 == 0 ? Oldest::yes : Oldest::no;
    std::vector<fs::path> parts;
    Contents expected;
    for (int age = 0; age < count; ++age) {
      // Of the very oldest part nothing is hidden further down, so it has no tombstones.
      const bool has_tombstones = is_oldest == Oldest::no || age + 1 < count;
      const Contents contents = random_contents(dice, age, spread, has_tombstones);
      parts.push_back(make_part(contents));
      expected.insert(contents.begin(), contents.end());  // what is there already is newer
    }
    if (is_oldest == Oldest::yes)
      std::erase_if(expected, [](auto& at) { return at.second == kGone; });
    EXPECT_EQ(folded(parts, is_oldest), expected) << "round " << round;
  }
}

TEST_F(FoldPartsTest, leaves_its_parts_as_they_were) {
  const Contents newer = {{1, "fresh"}, {2, "fresh"}, {3, "fresh"}, {11, "again"}, {12, kGone}};
  const Contents older = {{10, "stale"}, {11, "stale"}, {12, "stale"}};
  const std::vector<fs::path> parts = {make_part(newer), make_part(older)};
  const Contents expected = {
      {1, "fresh"}, {2, "fresh"}, {3, "fresh"}, {10, "stale"}, {11, "again"}};
  EXPECT_EQ(folded(parts, Oldest::yes), expected);
  EXPECT_EQ(contents_of(parts[0]), newer);
  EXPECT_EQ(contents_of(parts[1]), older);
}

TEST_F(FoldPartsTest, stops_when_asked_and_leaves_nothing) {
  const std::vector<fs::path> parts = {make_part({{1, "a"}, {5, "a"}}), make_part({{5, "b"}})};
  const std::atomic<bool> stopped{true};
  const fs::path target = dir_.path() / "folded";
  const auto done = fold_parts(parts, target, Oldest::yes, stopped);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::interrupted);
  EXPECT_FALSE(fs::exists(target));
}

}  // namespace
}  // namespace broadsheet::indexer
