// Refused records are kept with their reason, and only when there are any.
#include "indexer/write/quarantine.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

std::vector<nlohmann::json> lines_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<nlohmann::json> lines;
  for (std::string line; std::getline(stream, line);)
    lines.push_back(nlohmann::json::parse(line));
  return lines;
}

TEST(quarantine, makes_no_file_without_a_record) {
  const tests::TempDir dir;
  Quarantine quarantine(dir.path(), 0);
  ASSERT_TRUE(quarantine.flush());
  EXPECT_FALSE(std::filesystem::exists(dir.path() / "quarantine"));
}

TEST(quarantine, is_named_by_time_and_process) {
  const tests::TempDir dir;
  const Quarantine quarantine(dir.path(), 1'744'938'000);
  EXPECT_TRUE(quarantine.file().filename().string().starts_with("20250418T010000Z-"));
  EXPECT_EQ(quarantine.file().extension(), ".ndjson");
}

TEST(quarantine, keeps_each_record_on_a_line) {
  const tests::TempDir dir;
  Quarantine quarantine(dir.path(), 0);
  ASSERT_TRUE(quarantine.add({"a.jsonl", 3, 120, "not JSON", "{\"a\":\n"}));
  ASSERT_TRUE(quarantine.add({"-", 4, 240, "bytes", std::string_view("\xFF\0x", 3)}));
  ASSERT_TRUE(quarantine.flush());
  const auto lines = lines_of(quarantine.file());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["file"], "a.jsonl");
  EXPECT_EQ(lines[0]["record"], 3);
  EXPECT_EQ(lines[0]["offset"], 120);
  EXPECT_EQ(lines[0]["reason"], "not JSON");
  EXPECT_EQ(lines[0]["text"], "{\"a\":\n");
  EXPECT_EQ(lines[1]["text"], std::string("\xEF\xBF\xBD\0x", 5));
}

TEST(quarantine, shows_the_first_64_kib_of_a_long_record) {
  const tests::TempDir dir;
  Quarantine quarantine(dir.path(), 0);
  ASSERT_TRUE(quarantine.add({"a", 1, 0, "long", std::string(1'000'000, 'x')}));
  ASSERT_TRUE(quarantine.flush());
  EXPECT_EQ(lines_of(quarantine.file())[0]["text"].get<std::string>().size(), 64U * 1024);
}

TEST(quarantine, that_cannot_be_written_is_an_error) {
  const tests::TempDir dir;
  std::ofstream(dir.path() / "quarantine") << "a file where the folder should be";
  Quarantine quarantine(dir.path(), 0);
  EXPECT_FALSE(quarantine.add({"a", 1, 0, "reason", "text"}));
}

}  // namespace
}  // namespace broadsheet::indexer
