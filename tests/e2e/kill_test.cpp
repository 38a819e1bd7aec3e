// kill -9 at random moments: what was acknowledged is there, the next run heals the rest.
// BROADSHEET_E2E_KILLS sets the number of kills, BROADSHEET_E2E_SEED their moments.
#include <algorithm>
#include <csignal>
#include <map>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

unsigned seed() {
  return static_cast<unsigned>(count_from("BROADSHEET_E2E_SEED", 20250418));
}

// What the indexer acknowledged on standard error: the highest `committed` in whole lines.
std::size_t acknowledged(const std::string& err) {
  std::size_t most = 0;
  std::istringstream lines(err.substr(0, err.rfind('\n') + 1));
  for (std::string line; std::getline(lines, line);) {
    const Json progress = Json::parse(line, nullptr, false);
    if (progress.is_object()) most = std::max<std::size_t>(most, progress.value("committed", 0U));
  }
  return most;
}

// Rounds of additions and changes, each cut off by a kill. Every article carries the round that
// wrote it last, so that a lost change shows as well as a lost article.
class KilledRounds {
 public:
  explicit KilledRounds(const Archive& archive) : archive_(archive), random_(seed()) {}

  // One run, killed after `most` at the latest.
  void run(int round, milliseconds most) {
    const std::vector<std::string> ids = choose_ids();
    Process process(archive_.indexer_line({"add", "-", "--progress", "json"}),
                    Process::Input::pipe);
    const milliseconds life(random_() % static_cast<unsigned>(most.count()));
    const auto end = std::chrono::steady_clock::now() + life;
    // Some rounds come in one go, others in drips: commits by count and by age.
    const std::size_t portion = random_() % 2 == 0 ? ids.size() : 5 + random_() % 40;
    for (std::size_t i = 0; i < ids.size() && std::chrono::steady_clock::now() < end; ++i) {
      if (!process.write(version(ids[i], round).dump() + "\n")) break;
      if (i % portion == portion - 1 && process.ends_within(milliseconds(20))) break;
    }
    const auto rest = duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
    const Ended ended = process.kill_after(std::max(rest, milliseconds(0)));
    EXPECT_EQ(ended.signal, SIGKILL) << ended.err;
    expect_no_findings(ended.err);
    keep_acknowledged(ids, acknowledged(ended.err), round);
  }

  // Every acknowledged article is there, as it was acknowledged or newer.
  void expect_nothing_lost() const {
    std::map<std::string, int> stored;
    for (const Json& article : archive_.exported())
      stored[article.at("id")] = article.at("extra").at("round");
    for (const auto& [id, round] : acknowledged_) {
      ASSERT_TRUE(stored.contains(id)) << id << " of round " << round << " is lost";
      ASSERT_GE(stored[id], round) << id;
    }
  }

  [[nodiscard]] std::size_t acknowledgements() const { return acknowledgements_; }

 private:
  static constexpr std::size_t kRoundArticles = 700;

  static Json version(const std::string& id, int round) {
    const int number = std::stoi(id.substr(1));
    return {{"id", id},
            {"title", fmt::format("{} in round {}", id, round)},
            {"body", fmt::format("The harvest of {} in round{}.", unique_word(number), round)},
            // Some changes move the article in time.
            {"published", fmt::format("2025-04-{:02}T10:00:00Z", 1 + (number + round % 3) % 28)},
            {"round", round}};
  }

  // New articles and, among them, some that are there.
  std::vector<std::string> choose_ids() {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < kRoundArticles; ++i) {
      const bool is_change = next_ > 0 && random_() % 4 == 0;
      ids.push_back(fmt::format("a{}", is_change ? static_cast<int>(random_()) % next_ : next_++));
    }
    return ids;
  }

  void keep_acknowledged(const std::vector<std::string>& ids, std::size_t count, int round) {
    ASSERT_LE(count, ids.size());
    for (std::size_t i = 0; i < count; ++i)
      acknowledged_[ids[i]] = round;
    acknowledgements_ += count;
  }

  const Archive& archive_;
  std::minstd_rand random_;
  int next_ = 0;
  std::map<std::string, int> acknowledged_;
  std::size_t acknowledgements_ = 0;
};

TEST(KillSlow, IndexerLosesNothingThatWasAcknowledged) {
  const int kills = count_from("BROADSHEET_E2E_KILLS", 50);
  Archive archive;
  KilledRounds rounds(archive);
  for (int round = 1; round <= kills; ++round) {
    // Progress is told once a second: every fifth round lives long enough to tell.
    rounds.run(round, milliseconds(round % 5 == 0 ? 2500 : 500));
    if (round % 10 == 0) {
      rounds.expect_nothing_lost();
    }
    if (testing::Test::HasFailure()) return;
  }
  const Ended healed = archive.index({"index"});
  EXPECT_EQ(healed.status, 0) << healed.err;
  rounds.expect_nothing_lost();
  const int articles = archive.status()["articles"];
  archive.expect_clean(articles);
  EXPECT_GT(rounds.acknowledgements(), 0U) << "no round lived long enough to prove anything";
  RecordProperty("kills", kills);
  RecordProperty("acknowledged", static_cast<int>(rounds.acknowledgements()));
  std::printf(
      "%d kills, %zu acknowledgements, %d articles\n", kills, rounds.acknowledgements(), articles);
}

TEST(KillSlow, FirstLoadIsBegunAnew) {
  std::minstd_rand random(seed());
  const std::string lines = made_articles(0, 400);
  for (int i = 0; i < 8; ++i) {
    Archive archive;
    Process process(archive.indexer_line({"add", "-"}), Process::Input::pipe);
    process.write(lines);
    process.close_input();
    process.kill_after(milliseconds(random() % 600));
    archive.add(lines);
    archive.expect_clean(400);
    EXPECT_EQ(archive.status()["visible"], 400);
  }
}

std::size_t entries_of(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder),
                                                std::filesystem::directory_iterator()));
}

TEST(KillSlow, RebuildLeavesTheLiveIndexAsItWas) {
  const int kills = count_from("BROADSHEET_E2E_KILLS", 50) / 5;
  Archive archive;
  archive.add(made_articles(0, 1500));
  Server server(archive.path());
  const auto before = server.found("q=harvest+tariff&limit=50");
  const auto began = std::chrono::steady_clock::now();
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  const auto whole = duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
  std::minstd_rand random(seed());
  for (int i = 0; i < kills; ++i) {
    Process process(archive.indexer_line({"rebuild"}));
    process.kill_after(milliseconds(random() % static_cast<unsigned>(whole.count())));
    EXPECT_EQ(server.found("q=harvest+tariff&limit=50"), before) << "after kill " << i;
  }
  archive.expect_clean(1500);
  const int live = archive.status()["generation"];
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  EXPECT_GT(archive.status()["generation"], live);
  EXPECT_EQ(server.found("q=harvest+tariff&limit=50"), before);
  archive.expect_clean(1500);
  // The stub, the lock, the live generation and the one before it.
  EXPECT_LE(entries_of(archive.path() / "index"), 4U);
  const Json status = archive.status();
  EXPECT_EQ(entries_of(archive.path() / "index" /
                       fmt::format("gen-{:06}", status["generation"].get<int>())),
            1U);
}

}  // namespace
}  // namespace broadsheet::tests
