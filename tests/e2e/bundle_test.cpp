// Bundles by the real programs: what the API answers, as files, and what a kill does to them.
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

constexpr const char* kTalks =
    R"({"id":"talks","title":"Japan and U.S. open tariff talks","published":"2025-04-18T10:00:00+09:00","body":"Envoys of Japan and the United States met in Washington for tariff talks on cars. Minister Akazawa said the tariff on vehicles hurt both sides."})"
    "\n"
    R"({"id":"round-two","title":"Second round of tariff talks ends without deal","published":"2025-05-02T13:26:00+09:00","body":"Akazawa left Washington after a second round of tariff talks without a deal on cars. Japan wants the tariff on vehicles lifted."})"
    "\n"
    R"({"id":"day","title":"Tokyo prepares for tariff talks on cars","published":"2025-04-16","body":"Japan sends Akazawa to Washington for tariff talks. Makers of vehicles fear the tariff on cars will cost them dearly."})"
    "\n";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

TEST(Bundle, IsWhatTheApiAnswersAndFollowsAKill) {
  Archive archive;
  archive.add(kTalks);
  const TempDir folder;
  const std::string out = folder.path() / "bundle";
  const Ended first = archive.index({"export", "--bundle", out});
  ASSERT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(first.out, "3 articles: 3 written, 0 removed, 0 unchanged, 0 failed\n");
  Server server(archive.path());
  Json answer = server.client().get("/v1/articles/round-two/read_next").json();
  ASSERT_FALSE(answer["items"].empty());
  answer.erase("index");
  EXPECT_EQ(Json::parse(text_of(out + "/read_next/round-two.json")), answer);

  ASSERT_EQ(archive.index({"withdraw", "talks", "--reason", "wrong"}).status, 0);
  const Ended second = archive.run_server({"export", "--bundle", out, "--json"});
  ASSERT_EQ(second.status, 0) << second.err;
  EXPECT_EQ(second.out,
            R"({"articles":2,"written":2,"removed":1,"unchanged":0,"failed":0})"
            "\n");
  EXPECT_FALSE(std::filesystem::exists(out + "/read_next/talks.json"));
  EXPECT_EQ(text_of(out + "/read_next/day.json").find("talks\""), std::string::npos);
  const Ended named = archive.run_server({"export", "--bundle", out, "--recommended", "talks"});
  EXPECT_EQ(named.out, "day\n");
  EXPECT_EQ(archive.run_server({"export", "--bundle", out}).out,
            "2 articles: 0 written, 0 removed, 2 unchanged, 0 failed\n");
}

// Whatever a killed export leaves, the next one makes the same of it as of nothing.
TEST(Bundle, IsFinishedAfterAKill) {
  Archive archive;
  archive.add(made_articles(0, kSanitized ? 60 : 300));
  const TempDir folder;
  const std::string whole = folder.path() / "whole";
  ASSERT_EQ(archive.run_server({"export", "--bundle", whole}).status, 0);
  const std::string killed = folder.path() / "killed";
  for (const int after : {20, 60, 120}) {
    Process process(archive.indexer_line({"export", "--bundle", killed}));
    process.kill_after(std::chrono::milliseconds(after));
  }
  ASSERT_EQ(archive.run_server({"export", "--bundle", killed}).status, 0);
  EXPECT_EQ(text_of(killed + "/manifest.json"), text_of(whole + "/manifest.json"));
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(whole + "/read_next")) {
    EXPECT_EQ(text_of(killed + "/read_next/" + file.path().filename().string()),
              text_of(file.path()));
    ++files;
  }
  const auto others = std::filesystem::directory_iterator(killed + "/read_next");
  EXPECT_EQ(std::distance(begin(others), end(others)), static_cast<std::ptrdiff_t>(files));
}

TEST(Bundle, SaysWhatIsWrong) {
  Archive archive;
  const TempDir folder;
  const std::string out = folder.path() / "bundle";
  const Ended empty = archive.run_server({"export", "--bundle", out});
  EXPECT_EQ(empty.status, 5);
  EXPECT_THAT(empty.err, HasSubstr("broadsheet-indexer"));
  archive.add(kTalks);
  EXPECT_EQ(archive.run_server({"export"}).status, 2);
  const Ended none = archive.run_server({"export", "--bundle", out, "--recommended", "talks"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("holds no bundle"));
  std::ofstream(folder.path() / "letters.txt") << "Dear all";
  const Ended other = archive.run_server({"export", "--bundle", folder.path()});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.err, HasSubstr("is no folder of a bundle"));
  EXPECT_EQ(text_of(folder.path() / "letters.txt"), "Dear all");
}

}  // namespace
}  // namespace broadsheet::tests
