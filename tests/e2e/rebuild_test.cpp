// A rebuild beside searches and writers: nobody notices but the generation number.
#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;

// Searches on connections of its own until it is stopped, and counts.
class SearchLoad {
 public:
  // `expected`: the ids every answer must have; empty: any.
  SearchLoad(std::uint16_t port, std::string target, std::vector<std::string> expected, int threads)
      : target_(std::move(target)), expected_(std::move(expected)) {
    for (int i = 0; i < threads; ++i)
      threads_.emplace_back([this, port] { run(port); });
  }

  ~SearchLoad() { stop(); }

  void stop() {
    stopped_ = true;
    for (std::thread& thread : threads_)
      thread.join();
    threads_.clear();
  }

  [[nodiscard]] int requests() const { return requests_; }

  [[nodiscard]] int failures() const { return failures_; }

  [[nodiscard]] int differences() const { return differences_; }

 private:
  void run(std::uint16_t port) {
    HttpClient client(port);
    while (!stopped_) {
      const Answer answer = client.get(target_);
      ++requests_;
      if (answer.status != 200) ++failures_;
      if (!expected_.empty() && ids_of(answer.json()) != expected_) ++differences_;
    }
  }

  std::string target_;
  std::vector<std::string> expected_;
  std::atomic<bool> stopped_{false};
  std::atomic<int> requests_{0};
  std::atomic<int> failures_{0};
  std::atomic<int> differences_{0};
  std::vector<std::thread> threads_;
};

TEST(Rebuild, SearchesUnderLoadSeeNoDifference) {
  Archive archive;
  archive.add(made_articles(0, 800));
  archive.add(made_articles(800, 50));
  archive.index({"withdraw", "a7", "--reason", "no"});
  // Weights count what was withdrawn until a rebuild forgets it; the ones to come change nothing.
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  Server server(archive.path());
  const std::string target = "/v1/search?q=harvest+tariff+storm&limit=20";
  const Answer before = server.client().get(target);
  const int generation = before.json()["index"]["generation"];

  SearchLoad load(server.port(), target, ids_of(before.json()), 2);
  for (int i = 0; i < 3; ++i) {
    const Ended ended = archive.index({"rebuild"});
    ASSERT_EQ(ended.status, 0) << ended.err;
  }
  const int seen = load.requests();
  ASSERT_TRUE(eventually([&] { return load.requests() > seen + 10; }));
  load.stop();
  EXPECT_EQ(load.failures(), 0) << "of " << load.requests();
  EXPECT_EQ(load.differences(), 0) << "of " << load.requests();
  EXPECT_EQ(server.search("q=harvest")["index"]["generation"], generation + 3);
  archive.expect_clean(849);
  std::printf("%d requests during 3 rebuilds\n", load.requests());
}

TEST(Rebuild, CatchesUpWithWhatIsAddedMeanwhile) {
  Archive archive;
  archive.add(made_articles(0, 1500));
  Server server(archive.path());
  SearchLoad load(server.port(), "/v1/search?q=harvest&sort=newest", {}, 1);
  Process rebuild(archive.indexer_line({"rebuild"}));
  int added = 0;
  while (!rebuild.ends_within(std::chrono::milliseconds(0))) {
    archive.add(made_articles(2000 + added, 1));
    ++added;
  }
  EXPECT_EQ(rebuild.wait().status, 0);
  load.stop();
  EXPECT_EQ(load.failures(), 0) << "of " << load.requests();
  EXPECT_EQ(server.search("q=harvest")["index"]["generation"], 2);
  for (int i = 0; i < added; ++i) {
    EXPECT_EQ(server.found("q=" + unique_word(2000 + i)).size(), 1U) << i;
  }
  archive.expect_clean(1500 + added);
}

TEST(Rebuild, InterruptedLeavesTheLiveIndex) {
  Archive archive;
  archive.add(made_articles(0, 4000));
  const std::filesystem::path generation = archive.path() / "index" / "gen-000002";
  for (const auto& [number, status] : {std::pair{SIGTERM, 143}, std::pair{SIGINT, 130}}) {
    Process rebuild(archive.indexer_line({"rebuild"}));
    ASSERT_TRUE(
        eventually([&] { return std::filesystem::exists(generation / "part-000001.build"); }));
    rebuild.signal(number);
    const Ended ended = rebuild.wait();
    EXPECT_EQ(ended.status, status) << ended.err;
    EXPECT_THAT(ended.err, testing::HasSubstr("interrupted"));
    EXPECT_FALSE(std::filesystem::exists(generation));
  }
  EXPECT_EQ(archive.status()["generation"], 1);
  archive.expect_clean(4000);
}

TEST(Rebuild, WithoutSwapLeavesTheLiveIndex) {
  Archive archive;
  archive.add(made_articles(0, 20));
  ASSERT_EQ(archive.index({"rebuild", "--no-swap"}).status, 0);
  EXPECT_EQ(archive.status()["generation"], 1);
  archive.expect_clean(20);
}

}  // namespace
}  // namespace broadsheet::tests
