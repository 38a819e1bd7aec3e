// A newsroom's day, shortened: files and feeds come in, articles are corrected and taken down, the
// index is rebuilt, clients search, and again and again a program dies at once.
// BROADSHEET_SOAK_SECONDS sets how long; each kill -9 comes after a third of a minute or so.
#include <csignal>
#include <fstream>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "tests/support/archive.h"
#include "tests/support/feed_server.h"
#include "tests/support/mixed_load.h"

namespace broadsheet::tests {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

constexpr int kFile = 10;    // new articles a file
constexpr int kFirst = 200;  // articles there are when the day begins; the load asks for some

class Soak : public testing::Test {
 protected:
  Soak() {
    fs::create_directories(inbox());
    archive_.add(made_articles(0, kFirst));
    for (int i = 0; i < kFirst; ++i)
      expected_.insert("a" + std::to_string(i));
    feed_.on("/f", http_answer(200, "", made_feed(0, 1)));
    EXPECT_EQ(archive_.index({"feeds", "add", feed_.url("/f"), "--allow-private"}).status, 0);
  }

  [[nodiscard]] fs::path inbox() const { return folder_.path() / "in"; }

  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }

  void start_watch() {
    watch_ = std::make_unique<Process>(
        archive_.indexer_line({"watch", "--dir", inbox().string(), "--feeds"}));
  }

  void start_rebuild() {
    rebuild_ =
        std::make_unique<Process>(archive_.indexer_line({"rebuild", "--lock-timeout", "60"}));
  }

  // New articles and a correction of an older one, renamed in as a careful writer does.
  void drop_file() {
    std::string lines = made_articles(next_, kFile);
    for (int i = next_; i < next_ + kFile; ++i)
      expected_.insert("a" + std::to_string(i));
    nlohmann::json corrected = made_article(next_ - 1);
    corrected["correction"] = "An earlier version had another number.";
    if (expected_.contains(corrected["id"])) lines += corrected.dump() + "\n";
    const fs::path file = inbox() / ("file" + std::to_string(next_) + ".jsonl");
    std::ofstream(file.string() + ".tmp") << lines;
    fs::rename(file.string() + ".tmp", file);
    next_ += kFile;
  }

  void poll_feed() {
    feed_articles_ += 2;
    feed_.on("/f", http_answer(200, "", made_feed(0, feed_articles_)));
    const Ended polled = archive_.index({"feeds", "poll", "1", "--lock-timeout", "60"});
    EXPECT_EQ(polled.status, 0) << polled.err;
  }

  // One that is surely in, and that the load does not ask for.
  void withdraw_one(Server& server) {
    const int number = 10 + below(kFirst - 10);
    const std::string id = "a" + std::to_string(number);
    if (expected_.erase(id) == 0) return;
    const Ended withdrawn =
        archive_.index({"withdraw", id, "--reason", "a test", "--lock-timeout", "60"});
    EXPECT_EQ(withdrawn.status, 0) << withdrawn.err;
    EXPECT_EQ(server.client().get("/v1/articles/" + id).status, 410);
    EXPECT_THAT(server.found("q=" + unique_word(number)), testing::IsEmpty());
  }

  // What was there in the morning is found at any time, and once.
  void ask_for_one(Server& server) {
    const int number = below(kFirst);
    const std::string id = "a" + std::to_string(number);
    const std::size_t hits = expected_.contains(id) ? 1 : 0;
    EXPECT_EQ(server.found("q=" + unique_word(number)).size(), hits) << id;
  }

  void kill_something() {
    ++kills_;
    if (below(3) == 0 && rebuild_) {
      rebuild_->kill_after(std::chrono::milliseconds(below(500)));
      rebuild_.reset();
    } else {
      watch_->kill_after(std::chrono::milliseconds(below(500)));
      start_watch();
    }
  }

  void look_after_rebuild() {
    if (!rebuild_ || !rebuild_->ends_within(std::chrono::milliseconds(0))) return;
    const Ended ended = rebuild_->wait();
    EXPECT_EQ(ended.status, 0) << ended.err;
    expect_no_findings(ended.err);
    rebuild_.reset();
    ++rebuilds_;
  }

  void round(Server& server) {
    drop_file();
    ask_for_one(server);
    if (below(3) == 0) poll_feed();
    if (below(4) == 0) withdraw_one(server);
    look_after_rebuild();
    if (below(6) == 0 && !rebuild_) start_rebuild();
    // The watcher is given the time to take what has come, else the day ends with a heap of files.
    eventually([&] { return waiting_files() < 20; });
  }

  [[nodiscard]] int waiting_files() const {
    int files = 0;
    for (const auto& entry : fs::directory_iterator(inbox()))
      if (entry.is_regular_file()) ++files;
    return files;
  }

  void close_down() {
    if (rebuild_) {
      EXPECT_EQ(rebuild_->wait().status, 0);
    }
    EXPECT_TRUE(eventually([&] { return waiting_files() == 0; }, seconds(120)));
    watch_->signal(SIGTERM);
    const Ended ended = watch_->wait();
    EXPECT_EQ(ended.status, 0) << ended.err;
    expect_no_findings(ended.err);
  }

  void expect_all_there() const {
    std::multiset<std::string> from_files;
    int from_feed = 0;
    for (const nlohmann::json& article : archive_.exported()) {
      const std::string id = article.at("id");
      if (id.starts_with("a"))
        from_files.insert(id);
      else
        ++from_feed;
    }
    EXPECT_EQ(from_files, std::multiset<std::string>(expected_.begin(), expected_.end()));
    EXPECT_EQ(from_feed, feed_articles_);
    archive_.expect_clean(static_cast<int>(expected_.size()) + feed_articles_);
  }

  TempDir folder_;
  Archive archive_;
  FeedServer feed_;
  std::minstd_rand random_{20250418};
  std::set<std::string> expected_;  // visible articles out of files
  int next_ = kFirst;
  int feed_articles_ = 1;
  int rebuilds_ = 0;
  int kills_ = 0;
  std::unique_ptr<Process> watch_;
  std::unique_ptr<Process> rebuild_;
};

TEST_F(Soak, NothingIsLostOrDoubledAndNoSearchFails) {
  const auto end = Clock::now() + seconds(count_from("BROADSHEET_SOAK_SECONDS", 60));
  Server server(archive_.path());
  MixedLoad load(server.port());
  start_watch();
  poll_feed();
  auto next_kill = Clock::now() + seconds(10);
  while (Clock::now() < end && !HasFailure()) {
    round(server);
    if (Clock::now() < next_kill) continue;
    kill_something();
    next_kill = Clock::now() + seconds(10 + below(20));
  }
  close_down();
  load.stop();
  EXPECT_THAT(load.failures(), testing::IsEmpty()) << server.process().error_so_far();
  expect_all_there();
  EXPECT_GT(kills_, 0);
  EXPECT_GT(rebuilds_, 0);
  std::printf("%zu articles, %d of feeds; %d rebuilds, %d kills, %d requests, none failed\n",
              expected_.size(),
              feed_articles_,
              rebuilds_,
              kills_,
              load.requests());
}

}  // namespace
}  // namespace broadsheet::tests
