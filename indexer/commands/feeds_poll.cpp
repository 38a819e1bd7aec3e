// `feeds poll`: asks feeds now. The lock is held only while answers are stored.
#include <array>
#include <cstdio>
#include <deque>
#include <memory>
#include <random>

#include <poll.h>

#include "indexer/clock.h"
#include "indexer/commands/feeds.h"
#include "indexer/feed_batch.h"
#include "indexer/feed_polling.h"

namespace broadsheet::indexer {
namespace {

struct FeedsPollFlags {
  std::vector<std::string> named;
  bool all = false;
  bool due = false;
  int jobs = default_jobs();
  bool json = false;
};

class Poll {
 public:
  Poll(const FeedsPollFlags& flags, Session& session)
      : flags_(flags), session_(session), random_(std::random_device()()) {}

  int run() {
    if (auto done = choose(); !done) return session_.report(done.error());
    const std::int64_t began = unix_now();
    while (!session_.stop.raised() && !(waiting_.empty() && polling_.is_idle())) {
      for (; !waiting_.empty() && polling_.room() > 0; waiting_.pop_front())
        polling_.ask(waiting_.front());
      std::array<pollfd, 2> watched = {
          {{session_.stop.descriptor(), POLLIN, 0}, {polling_.descriptor(), POLLIN, 0}}};
      ::poll(watched.data(), watched.size(), -1);
      auto polled = polling_.take();
      if (polled.empty()) continue;
      if (auto done = store(std::move(polled)); !done) return session_.report(done.error());
    }
    total_.seconds = static_cast<double>(unix_now() - began);
    return finish();
  }

 private:
  Result<void> choose() {
    if (auto there = session_.require_catalog(); !there) return there;
    auto lock = session_.lock("feeds poll");
    if (!lock) return pass_on(lock.error());
    auto store = FeedStore::open(session_.data_dir);
    if (!store) return pass_on(store.error());
    auto feeds = chosen(*store);
    if (!feeds) return pass_on(feeds.error());
    waiting_.assign(feeds->begin(), feeds->end());
    return {};
  }

  Result<std::vector<FeedState>> chosen(FeedStore& store) const {
    if (!flags_.named.empty()) return find_feeds(store, flags_.named);
    if (!flags_.all) return store.due(unix_now());
    auto feeds = store.all();
    if (feeds) std::erase_if(*feeds, [](const FeedState& feed) { return !feed.next_due; });
    return feeds;
  }

  Result<void> store(std::vector<PolledFeed> polled) {
    std::vector<FeedId> ids;
    ids.reserve(polled.size());
    for (const PolledFeed& one : polled)
      ids.push_back(one.feed.id);
    const FeedBatch batch(std::move(polled));
    auto lock = session_.lock("feeds poll");
    if (!lock) return pass_on(lock.error());
    auto outcome = import(batch.files());
    if (!outcome) return pass_on(outcome.error());
    std::uniform_real_distribution<double> chance;
    const auto feeds =
        batch.conclude(outcome->files, {unix_now(), [&] { return chance(random_); }});
    auto store = FeedStore::open(session_.data_dir);
    if (!store) return pass_on(store.error());
    auto recorded = store->record(feeds);
    if (!recorded) return pass_on(recorded.error());
    for (const FeedState& feed : *recorded)
      tell(feed);
    for (const FeedId id : ids)
      polling_.done(id);
    return {};
  }

  Result<ImportOutcome> import(const std::vector<InputFile>& files) {
    if (files.empty()) return ImportOutcome();
    ImportOptions options;
    options.data_dir = session_.data_dir;
    options.files = files;
    options.format = kFeedFormat;
    options.jobs = flags_.jobs;
    ImportOutcome outcome = import_articles(options, session_.stop, {});
    session_.stop.forget_request();
    if (outcome.error) return pass_on(*outcome.error);
    total_ += outcome.report;
    return outcome;
  }

  void tell(const FeedState& feed) {
    if (!went_well(feed.outcome)) ++failed_;
    print_line(line_about(feed));
  }

  int finish() const {
    std::fprintf(stderr, "%s\n", total_.summary().c_str());
    if (!total_.quarantine.empty()) {
      std::fprintf(stderr, "refused records are in %s\n", total_.quarantine.c_str());
    }
    if (flags_.json) print_line(total_.to_json());
    if (session_.stop.number() != 0) return exit_signalled + session_.stop.number();
    return failed_ > 0 ? exit_refused : exit_well;
  }

  const FeedsPollFlags& flags_;
  Session& session_;
  std::mt19937 random_;
  std::deque<FeedState> waiting_;
  FeedPolling polling_{FetchOptions()};
  ImportReport total_;
  int failed_ = 0;
};

}  // namespace

void add_feeds_poll_command(Command& feeds, Session& session) {
  auto flags = std::make_shared<FeedsPollFlags>();
  Command command = feeds.add("poll", "Ask feeds now, by default those that are due");
  const CommandOption named = command.option("FEED", flags->named, "Numbers or addresses");
  CommandOption all = command.flag("--all", flags->all, "All feeds that are not gone");
  CommandOption due = command.flag("--due", flags->due, "Those that are due");
  all.excludes(named).excludes(due);
  due.excludes(named);
  command.option("--jobs", flags->jobs, "Threads (default: one for each processor)").range(1, 256);
  command.flag("--json", flags->json, "Print the summary as JSON to standard output");
  command.runs([flags, &session] { session.exit_status = Poll(*flags, session).run(); });
}

}  // namespace broadsheet::indexer
