// `feeds add` and `feeds remove`: subscriptions. Nothing is fetched here.
#include "indexer/commands/feeds.h"

#include <algorithm>
#include <memory>

#include "indexer/clock.h"
#include "indexer/commands/durations.h"
#include "indexer/intake/feed_address.h"
#include "indexer/intake/feed_schedule.h"
#include "indexer/normalize/ids.h"
#include "indexer/normalize/text.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

struct FeedsAddFlags {
  std::vector<std::string> addresses;
  std::string source;
  std::string every;
  bool allow_private = false;
};

std::string fault_of_every(const std::string& text) {
  const auto every = parse_duration(text);
  if (!every) return every.error().message + ": " + every.error().hint;
  if (*every >= kShortestEvery && *every <= kLongestEvery) return "";
  return "must be from " + format_duration(kShortestEvery) + " to " +
         format_duration(kLongestEvery);
}

Result<std::vector<FeedWish>> wishes_from(const FeedsAddFlags& flags) {
  std::vector<FeedWish> wishes;
  for (const std::string& text : flags.addresses) {
    auto address = checked_address(text);
    if (!address) return pass_on(address.error());
    FeedWish wish;
    wish.url = *std::move(address);
    wish.allow_private = flags.allow_private;
    const std::string source = clean_line(repair_utf8(flags.source)).text;
    if (!source.empty()) wish.source = source;
    if (!flags.every.empty()) wish.every = *parse_duration(flags.every);
    wishes.push_back(std::move(wish));
  }
  return wishes;
}

std::string line_about(const AddedFeed& added, const std::string& url) {
  const std::string name = "feed " + std::to_string(added.id) + ", " + shown_address(url);
  if (added.what == FeedAdded::added) return "added " + name;
  if (added.what == FeedAdded::changed) return "changed " + name + ", which was there";
  return name + " is there already";
}

// A source that the catalog knows keeps its name.
Result<void> name_source(FeedStore& store, FeedWish& wish) {
  if (!wish.source) return {};
  auto name = store.source_name(source_id_from(*wish.source));
  if (!name) return pass_on(name.error());
  if (!name->empty()) wish.source = *std::move(name);
  return {};
}

int run_add(const FeedsAddFlags& flags, Session& session) {
  auto wishes = wishes_from(flags);
  if (!wishes) return report_error(wishes.error());
  auto lock = session.lock("feeds add");
  if (!lock) return session.report(lock.error());
  auto store = FeedStore::open(session.data_dir);
  if (!store) return report_error(store.error());
  for (FeedWish& wish : *wishes) {
    if (auto done = name_source(*store, wish); !done) return report_error(done.error());
    auto added = store->add(wish, unix_now());
    if (!added) return report_error(added.error());
    print_line(line_about(*added, wish.url));
  }
  return exit_well;
}

int run_remove(const std::vector<std::string>& named, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  auto lock = session.lock("feeds remove");
  if (!lock) return session.report(lock.error());
  auto store = FeedStore::open(session.data_dir);
  if (!store) return report_error(store.error());
  auto feeds = find_feeds(*store, named);
  if (!feeds) return report_error(feeds.error());
  for (const FeedState& feed : *feeds) {
    auto removed = store->remove(feed.id);
    if (!removed) return report_error(removed.error());
    print_line("removed feed " + std::to_string(feed.id) + ", " + shown_address(feed.url) +
               "; its articles stay");
  }
  return exit_well;
}

void add_feeds_add_command(Command& feeds, Session& session) {
  auto flags = std::make_shared<FeedsAddFlags>();
  Command command = feeds.add("add", "Subscribe to feeds, or change how");
  command.option("URL", flags->addresses, "Addresses of RSS, RDF, Atom or JSON feeds").required();
  command.option("--source", flags->source, "Whose articles these are (default: as they say)");
  command.option("--every", flags->every, "Poll in this interval, such as 15m (default: ours)")
      .check(fault_of_every, "DURATION");
  command.flag("--allow-private",
               flags->allow_private,
               "The feed may lie inside a private network or on this machine");
  command.runs([flags, &session] { session.exit_status = run_add(*flags, session); });
}

void add_feeds_remove_command(Command& feeds, Session& session) {
  auto named = std::make_shared<std::vector<std::string>>();
  Command command = feeds.add("remove", "End subscriptions; articles stay");
  command.option("FEED", *named, "Numbers or addresses").required();
  command.runs([named, &session] { session.exit_status = run_remove(*named, session); });
}

}  // namespace

Result<std::vector<FeedState>> find_feeds(FeedStore& store, const std::vector<std::string>& named) {
  std::vector<FeedState> feeds;
  for (const std::string& name : named) {
    auto feed = store.find(checked_address(name).value_or(name));
    if (!feed) return pass_on(feed.error());
    if (!*feed) {
      return fail(ErrorCode::not_found,
                  "there is no feed " + shown_address(name),
                  "see broadsheet-indexer feeds list");
    }
    const bool is_new = std::none_of(feeds.begin(), feeds.end(), [&](const FeedState& known) {
      return known.id == (*feed)->id;
    });
    if (is_new) feeds.push_back(**std::move(feed));
  }
  return feeds;
}

void add_feeds_command(Command& program, Session& session) {
  Command feeds = program.add("feeds", "Subscribe to feeds: add, list, remove, poll");
  feeds.needs_command();
  add_feeds_add_command(feeds, session);
  add_feeds_list_command(feeds, session);
  add_feeds_remove_command(feeds, session);
  add_feeds_poll_command(feeds, session);
}

}  // namespace broadsheet::indexer
