// The disk runs full under the indexer: it says so and ends, the server goes on, and with space
// again nothing is missing. Needs the right to mount a small tmpfs; skipped without.
#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sched.h>
#include <spdlog/fmt/fmt.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using ::testing::AnyOf;
using ::testing::HasSubstr;

// A tmpfs that only this process and its children see, so that it is gone with them.
class SmallDisk {
 public:
  explicit SmallDisk(int megabytes) {
    const std::string size = fmt::format("size={}m", megabytes);
    is_mounted_ = ::unshare(CLONE_NEWNS) == 0 &&
                  ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                  ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, size.c_str()) == 0;
  }

  ~SmallDisk() {
    if (is_mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }

  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] bool is_mounted() const { return is_mounted_; }

  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }

  // Takes all space but so many kilobytes.
  void fill(std::uintmax_t leave_kb) {
    const auto free = std::filesystem::space(folder_.path()).available;
    if (free <= leave_kb * 1024) return;
    const int file = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const auto size = static_cast<off_t>(free - leave_kb * 1024);
    EXPECT_EQ(::posix_fallocate(file, 0, size), 0);
    ::close(file);
  }

  void free() { std::filesystem::remove(ballast()); }

 private:
  [[nodiscard]] std::filesystem::path ballast() const { return folder_.path() / "ballast"; }

  TempDir folder_;
  bool is_mounted_ = false;
};

class FullDiskSlow : public testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.is_mounted()) GTEST_SKIP() << "needs the right to mount a tmpfs (root)";
  }

  static void expect_says_full(const Ended& ended) {
    EXPECT_EQ(ended.status, 5) << ended.err;
    EXPECT_THAT(ended.err, AnyOf(HasSubstr("full"), HasSubstr("No space"), HasSubstr("disk")));
    EXPECT_THAT(ended.err, HasSubstr("error: "));
  }

  SmallDisk disk_{160};
};

// The number of records that a failed run calls safe: "(N articles are safe in the catalog)".
int called_safe(const std::string& err) {
  const std::size_t mark = err.find(" articles are safe");
  if (mark == std::string::npos) return 0;
  return std::stoi(err.substr(err.rfind('(', mark) + 1));
}

TEST_F(FullDiskSlow, LiveAddsStopAndGoOn) {
  Archive archive(disk_.data());
  archive.add(made_articles(0, 200));
  Server server(archive.path());
  int next = 200;
  int lost_nothing_of = 0;
  // From no room at all to room for some commits: each limit meets another write.
  for (const unsigned room_kb : {0U, 40U, 150U, 400U, 900U, 2000U}) {
    disk_.fill(room_kb);
    Ended ended;
    const int first = next;
    while (next < first + 6000) {
      ended = archive.index({"add", "-"}, made_articles(next, 1500));
      if (ended.status != 0) break;
      next += 1500;
    }
    ASSERT_NE(ended.status, 0) << "the disk was never full with " << room_kb << " kB left";
    expect_says_full(ended);
    const int safe = next + called_safe(ended.err);
    EXPECT_EQ(server.search("q=harvest&limit=3")["hits"].size(), 3U) << room_kb;
    EXPECT_EQ(server.client().get("/v1/articles/a3").status, 200) << room_kb;

    disk_.free();
    const Ended healed = archive.index({"index"});
    ASSERT_EQ(healed.status, 0) << healed.err << "\nafter " << room_kb << " kB";
    const int articles = archive.status()["articles"];
    EXPECT_GE(articles, safe) << room_kb;
    archive.expect_clean(articles);
    lost_nothing_of += called_safe(ended.err);
    archive.add(made_articles(next, 1500));
    next += 1500;
    archive.expect_clean(next);
    EXPECT_EQ(server.search("q=" + unique_word(next - 1))["total"]["value"], 1);
  }
  std::printf(
      "6 full disks, %d articles, %d acknowledged by failing runs\n", next, lost_nothing_of);
}

TEST_F(FullDiskSlow, FirstLoadIsRefusedInTimeAndBegunAnew) {
  Archive archive(disk_.data());
  std::filesystem::create_directories(archive.path());
  disk_.fill(30'000);
  // From a file: what comes by a pipe is shown after some seconds, whether all has come or not.
  const TempDir inputs;
  const std::filesystem::path file = inputs.path() / "articles.jsonl";
  std::ofstream(file) << made_articles(0, 3000);
  const Ended ended = archive.index({"add", file.string()});
  expect_says_full(ended);
  EXPECT_EQ(called_safe(ended.err), 3000) << ended.err;
  Server server(archive.path());
  EXPECT_EQ(server.client().get("/readyz").status, 503);
  disk_.free();
  const Ended healed = archive.index({"index"});
  EXPECT_EQ(healed.status, 0) << healed.err;
  archive.expect_clean(3000);
  EXPECT_EQ(server.search("q=harvest&limit=1")["hits"].size(), 1U);
}

TEST_F(FullDiskSlow, RebuildFailsAndTheLiveIndexStays) {
  Archive archive(disk_.data());
  archive.add(made_articles(0, 4000));
  Server server(archive.path());
  const auto before = server.found("q=harvest+tariff");
  const std::filesystem::path generation = archive.path() / "index" / "gen-000002";
  for (const unsigned room_kb : {0U, 100U, 600U}) {
    Process rebuild(archive.indexer_line({"rebuild"}));
    // Full only after the first check for room; it stands still meanwhile.
    while (!std::filesystem::exists(generation / "part-000001.build") &&
           !rebuild.ends_within(std::chrono::milliseconds(0))) {
    }
    rebuild.pause();
    disk_.fill(room_kb);
    rebuild.signal(SIGCONT);
    const Ended ended = rebuild.wait();
    expect_no_findings(ended.err);
    expect_says_full(ended);
    EXPECT_EQ(server.found("q=harvest+tariff"), before);
    EXPECT_FALSE(std::filesystem::exists(generation));
    disk_.free();
    archive.expect_clean(4000);
  }
  const Ended rebuilt = archive.index({"rebuild"});
  EXPECT_EQ(rebuilt.status, 0) << rebuilt.err;
  EXPECT_EQ(server.found("q=harvest+tariff"), before);
  archive.expect_clean(4000);
}

}  // namespace
}  // namespace broadsheet::tests
