// `watch` with the real programs: files that arrive are searchable soon, go where they belong, and
// are neither lost nor taken twice, whatever ends the watcher.
#include <csignal>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

class Watch : public testing::Test {
 protected:
  Watch() { fs::create_directories(inbox()); }

  [[nodiscard]] fs::path inbox() const { return folder_.path() / "in"; }

  // A file that its writer closes, or renames in when `name` asks for that.
  void drop(const fs::path& name, std::string_view text) const {
    std::ofstream(inbox() / name) << text;
  }

  [[nodiscard]] std::vector<std::string> line() const {
    return archive_.indexer_line({"watch", "--dir", inbox().string(), "--progress", "json"});
  }

  // How many files lie in `done/`.
  [[nodiscard]] int done_files() const {
    std::error_code failed;  // not made yet
    const fs::directory_iterator files(inbox() / "done", failed);
    return static_cast<int>(std::distance(files, fs::directory_iterator()));
  }

  [[nodiscard]] bool is_done(const fs::path& name) const {
    return eventually([&] { return fs::exists(inbox() / "done" / name); });
  }

  static void end(Process& watch) {
    watch.signal(SIGTERM);
    const Ended ended = watch.wait();
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_NE(ended.err.find("read "), std::string::npos);
    expect_no_findings(ended.err);
  }

  TempDir folder_;
  Archive archive_;
};

TEST_F(Watch, FilesAreSearchableWithinTwoSecondsAndMoveToDone) {
  drop("early.jsonl", made_articles(0, 20));
  Process watch(line());
  ASSERT_TRUE(is_done("early.jsonl"));
  Server server(archive_.path());
  const auto sent = Clock::now();
  drop("late.jsonl.tmp", made_articles(100, 1));
  fs::rename(inbox() / "late.jsonl.tmp", inbox() / "late.jsonl");
  ASSERT_TRUE(eventually([&] { return server.found("q=" + unique_word(100)).size() == 1; }));
  EXPECT_LT(Clock::now() - sent, std::chrono::seconds(kSanitized ? 10 : 2));
  fs::create_directories(inbox() / "desk");
  drop("desk/deep.jsonl", made_articles(200, 1));
  EXPECT_TRUE(is_done("../desk/done/deep.jsonl"));
  end(watch);
  archive_.expect_clean(22);
}

TEST_F(Watch, WhatCannotBeReadMovesToFailedWithItsReason) {
  drop("odd.bin", "no format at all");
  drop("mixed.jsonl", made_articles(0, 1) + "{\"a\": 1}\n");
  drop(".hidden.jsonl", made_articles(1, 1));
  drop("unfinished.jsonl.part", made_articles(2, 1));
  fs::create_symlink("loop", inbox() / "loop");
  Process watch(line());
  // Some records refused: done, and the quarantine has them.
  EXPECT_TRUE(is_done("mixed.jsonl"));
  EXPECT_TRUE(eventually([&] { return fs::exists(inbox() / "failed" / "odd.bin.reason"); }));
  EXPECT_FALSE(fs::is_empty(archive_.path() / "quarantine"));
  // The same name again: nothing is overwritten.
  drop("mixed.jsonl", made_articles(3, 1));
  EXPECT_TRUE(eventually([&] { return done_files() == 2; }));
  end(watch);
  EXPECT_TRUE(fs::exists(inbox() / ".hidden.jsonl"));
  EXPECT_TRUE(fs::exists(inbox() / "unfinished.jsonl.part"));
  archive_.expect_clean(2);
}

TEST_F(Watch, SaysThatThereIsNoInboxYet) {
  std::vector<std::string> words = line();
  words.emplace_back("--inbox");
  Process watch(words);
  EXPECT_TRUE(watch.error_line("--inbox has no effect in this version"));
  end(watch);
}

TEST_F(Watch, OthersWriteInBetweenAndASecondWatcherIsRefused) {
  drop("a.jsonl", made_articles(0, 5));
  Process watch(line());
  ASSERT_TRUE(is_done("a.jsonl"));
  const Ended second = archive_.index({"watch", "--dir", inbox().string()});
  EXPECT_EQ(second.status, 3);
  EXPECT_NE(second.err.find(std::to_string(watch.id())), std::string::npos) << second.err;
  EXPECT_EQ(archive_.index({"withdraw", "a1", "--reason", "an error"}).status, 0);
  // Not even while it is idle.
  const std::string backup = (archive_.path().parent_path() / "backup-of-watched").string();
  EXPECT_EQ(archive_.index({"backup", backup}).status, 0);
  EXPECT_EQ(archive_.index({"restore", backup}).status, 3);
  archive_.add(made_articles(10, 5));
  drop("b.jsonl", made_articles(20, 5));
  EXPECT_TRUE(is_done("b.jsonl"));
  end(watch);
  EXPECT_EQ(archive_.exported().size(), 14U);
  archive_.expect_clean(14);
}

TEST_F(Watch, EmbargoesEndByThemselvesAlsoOfWhatOthersAdded) {
  Process watch(line());
  drop("a.jsonl", made_articles(0, 1));
  ASSERT_TRUE(is_done("a.jsonl"));
  Server server(archive_.path());
  nlohmann::json article = made_article(1);
  const auto soon = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()) + 3;
  std::tm parts{};
  gmtime_r(&soon, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  article["embargoed_until"] = text;
  archive_.add(article.dump() + "\n");
  EXPECT_TRUE(server.found("q=" + unique_word(1)).empty());
  EXPECT_TRUE(eventually([&] { return server.found("q=" + unique_word(1)).size() == 1; }));
  end(watch);
}

TEST_F(Watch, KilledWatchersLoseNothingAndTakeNothingTwice) {
  const int kills = count_from("BROADSHEET_E2E_KILLS", 50) / 5;
  int articles = 0;
  for (int i = 0; i < kills; ++i) {
    Process watch(line());
    for (int file = 0; file < 10; ++file, articles += 20)
      drop(std::to_string(articles) + ".jsonl", made_articles(articles, 20));
    const Ended ended = watch.kill_after(std::chrono::milliseconds(60 * i));
    expect_no_findings(ended.err);
  }
  Process watch(line());
  drop("last.jsonl", made_articles(articles++, 1));
  EXPECT_TRUE(eventually([&] { return done_files() == 10 * kills + 1; }));
  end(watch);
  EXPECT_EQ(archive_.exported().size(), static_cast<std::size_t>(articles));
  archive_.expect_clean(articles);
}

TEST_F(Watch, WrongUseIsNamed) {
  EXPECT_EQ(archive_.index({"watch"}).status, 2);
  EXPECT_EQ(archive_.index({"watch", "--dir", "/there/is/none"}).status, 2);
  EXPECT_EQ(archive_.index({"watch", "--dir", archive_.path().string()}).status, 2);
}

}  // namespace
}  // namespace broadsheet::tests
