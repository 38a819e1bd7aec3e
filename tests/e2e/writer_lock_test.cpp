// One writer at a time: the second waits as long as it may, then says who is there.
#include <csignal>

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using ::testing::HasSubstr;

// An `add` that waits for its input and holds the lock meanwhile.
class WaitingWriter {
 public:
  explicit WaitingWriter(const Archive& archive)
      : process_(archive.indexer_line({"add", "-", "--progress", "json"}), Process::Input::pipe) {
    process_.write(made_articles(0, 1));
    // The first line comes after a second: by then it is at work.
    EXPECT_TRUE(process_.error_line("\"read\""));
  }

  Process& process() { return process_; }

 private:
  Process process_;
};

// Whether a program has a file open: who waits for the lock has, and listens to signals by then.
bool holds_open(const Process& process, const std::filesystem::path& file) {
  std::error_code ignored;
  const auto folder = fmt::format("/proc/{}/fd", process.id());
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (std::filesystem::read_symlink(entry.path(), ignored) == file) return true;
  }
  return false;
}

TEST(WriterLock, SecondWriterIsToldWhoHoldsIt) {
  Archive archive;
  WaitingWriter first(archive);
  const std::string holder = fmt::format("process {} (add)", first.process().id());
  for (const std::vector<std::string>& command : {std::vector<std::string>{"add", "-"},
                                                  {"index"},
                                                  {"withdraw", "a0", "--reason", "x"},
                                                  {"check", "--repair"}}) {
    std::vector<std::string> line = {"--lock-timeout", "0"};
    line.insert(line.end(), command.begin(), command.end());
    const Ended ended = archive.index(line);
    EXPECT_EQ(ended.status, 3) << command.front();
    EXPECT_THAT(ended.err, HasSubstr(holder));
    EXPECT_THAT(ended.err, HasSubstr("--lock-timeout"));
  }
  EXPECT_EQ(first.process().wait().status, 0);
  archive.expect_clean(1);
}

TEST(WriterLock, SecondWriterWaitsItsTurn) {
  Archive archive;
  WaitingWriter first(archive);
  Process second(archive.indexer_line({"--lock-timeout", "60", "add", "-"}), Process::Input::pipe);
  second.write(made_articles(10, 1));
  second.close_input();
  EXPECT_FALSE(second.ends_within(std::chrono::milliseconds(300)));
  EXPECT_EQ(first.process().wait().status, 0);
  const Ended ended = second.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  archive.expect_clean(2);
}

TEST(WriterLock, WaitingForItEndsAtASignal) {
  Archive archive;
  archive.add(made_articles(10, 1));
  WaitingWriter first(archive);
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"add", "-"}, {"withdraw", "a10", "--reason", "x"}}) {
    std::vector<std::string> line = {"--lock-timeout", "600"};
    line.insert(line.end(), command.begin(), command.end());
    Process second(archive.indexer_line(line), Process::Input::pipe);
    ASSERT_TRUE(eventually([&] { return holds_open(second, archive.path() / "writer.lock"); }));
    second.signal(SIGINT);
    ASSERT_TRUE(second.ends_within(std::chrono::seconds(60))) << command.front();
    EXPECT_EQ(second.wait().status, 130) << command.front();
  }
  EXPECT_EQ(first.process().wait().status, 0);
}

TEST(WriterLock, GoesWithAKilledHolder) {
  Archive archive;
  {
    WaitingWriter first(archive);
    first.process().signal(SIGKILL);
    first.process().wait();
  }
  EXPECT_EQ(archive.index({"--lock-timeout", "0", "add", "-"}, made_articles(5, 1)).status, 0);
}

// Readers of the archive need no lock.
TEST(WriterLock, StatusCheckAndExportGoOnBesideAWriter) {
  Archive archive;
  archive.add(made_articles(10, 3));
  WaitingWriter first(archive);
  for (const char* command : {"status", "export"}) {
    EXPECT_EQ(archive.index({"--lock-timeout", "0", command}).status, 0) << command;
  }
  EXPECT_EQ(first.process().wait().status, 0);
  archive.expect_clean(4);
}

TEST(WriterLock, OneRebuildAtATime) {
  Archive archive;
  archive.add(made_articles(0, 1500));
  const int before = archive.status()["generation"];
  Process first(archive.indexer_line({"rebuild"}));
  ASSERT_TRUE(eventually([&] {
    return std::filesystem::exists(archive.path() / "index" /
                                   fmt::format("gen-{:06}", before + 1)) ||
           first.ends_within(std::chrono::milliseconds(0));
  }));
  const Ended second = archive.index({"--lock-timeout", "0", "rebuild"});
  const Ended done = first.wait();
  EXPECT_EQ(done.status, 0) << done.err;
  // The first may have been quick: then there was nobody to be refused by.
  EXPECT_TRUE(second.status == 3 || second.status == 0) << second.err;
  if (second.status == 3) {
    EXPECT_THAT(second.err, HasSubstr("(rebuild)"));
  }
  archive.expect_clean(1500);
}

}  // namespace
}  // namespace broadsheet::tests
