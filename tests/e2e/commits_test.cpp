// A server that answers while the index is written to, commit after commit.
// BROADSHEET_E2E_COMMITS sets how many.
#include <algorithm>

#include <gmock/gmock.h>

#include "tests/support/archive.h"
#include "tests/support/mixed_load.h"

namespace broadsheet::tests {
namespace {

using Clock = std::chrono::steady_clock;

TEST(CommitsSlow, NoRequestFailsHoweverOftenTheIndexChanges) {
  const int commits = count_from("BROADSHEET_E2E_COMMITS", kSanitized ? 60 : 150);
  Archive archive;
  archive.add(made_articles(0, 300));
  Server server(archive.path());
  MixedLoad first(server.port());
  MixedLoad second(server.port());
  for (int i = 0; i < commits; ++i) {
    archive.add(made_articles(1000 + i, 1));
    if (HasFatalFailure()) return;
    // What a run acknowledged is searchable when it has ended.
    ASSERT_EQ(server.found("q=" + unique_word(1000 + i)).size(), 1U) << "commit " << i;
  }
  first.stop();
  second.stop();
  EXPECT_THAT(first.failures(), ::testing::IsEmpty()) << server.process().error_so_far();
  EXPECT_THAT(second.failures(), ::testing::IsEmpty()) << server.process().error_so_far();
  archive.expect_clean(300 + commits);
  std::printf("%d commits, %d requests, none failed\n",
              commits,
              first.requests() + second.requests() + commits);
}

// Many articles through one run, so that parts grow, are frozen and joined under the searches.
TEST(CommitsSlow, NoRequestFailsWhilePartsAreJoined) {
  Archive archive;
  archive.add(made_articles(0, 100));
  Server server(archive.path());
  MixedLoad load(server.port());
  constexpr int kArticles = kSanitized ? 2500 : 20'000;
  Process add(archive.indexer_line({"add", "-"}), Process::Input::pipe);
  add.write(made_articles(1000, kArticles));
  const Ended ended = add.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  load.stop();
  EXPECT_THAT(load.failures(), ::testing::IsEmpty()) << server.process().error_so_far();
  EXPECT_EQ(server.search("q=harvest&sort=newest&limit=100")["hits"].size(), 100U);
  archive.expect_clean(100 + kArticles);
  std::printf("%d requests beside %d articles, none failed\n", load.requests(), kArticles);
}

TEST(CommitsSlow, EachArticleOfALongRunIsFoundWithinTwoSeconds) {
  Archive archive;
  archive.add(made_articles(0, 50));
  Server server(archive.path());
  Process add(archive.indexer_line({"add", "-"}), Process::Input::pipe);
  constexpr auto kPromised = std::chrono::seconds(kSanitized ? 10 : 2);
  Clock::duration longest{};
  for (int i = 1000; i < 1010; ++i) {
    const auto sent = Clock::now();
    ASSERT_TRUE(add.write(made_articles(i, 1)));
    ASSERT_TRUE(eventually([&] { return server.found("q=" + unique_word(i)).size() == 1; }));
    longest = std::max(longest, Clock::now() - sent);
  }
  EXPECT_LT(longest, kPromised);
  EXPECT_EQ(add.wait().status, 0);
  std::printf("found after %lld ms at most\n",
              static_cast<long long>(
                  std::chrono::duration_cast<std::chrono::milliseconds>(longest).count()));
}

}  // namespace
}  // namespace broadsheet::tests
