// `feeds list`: every subscription, how it went the last time, and when it is next.
#include <array>
#include <memory>

#include <nlohmann/json.hpp>

#include "indexer/commands/durations.h"
#include "indexer/commands/feeds.h"
#include "indexer/intake/feed_address.h"
#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::ordered_json;

// In the order of FeedOutcome.
constexpr std::array<const char*, 7> kOutcomes = {
    "never", "fresh", "unchanged", "failed", "refused", "gone", "twin"};

const char* name_of(FeedOutcome outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)];
}

Json time_json(const std::optional<std::int64_t>& time) {
  return time ? Json(format_utc(*time)) : Json(nullptr);
}

Json text_json(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json json_of(const FeedState& feed) {
  return {{"feed", feed.id},
          {"url", shown_address(feed.url)},
          {"address", shown_address(feed.address)},
          {"source", text_json(feed.source)},
          {"every", feed.every ? Json(feed.every->count()) : Json(nullptr)},
          {"allow_private", feed.allow_private},
          {"interval", feed.interval.count()},
          {"outcome", name_of(feed.outcome)},
          {"http_status", feed.http_status == 0 ? Json(nullptr) : Json(feed.http_status)},
          {"said", text_json(feed.said)},
          {"failures", feed.failures},
          {"last_poll", time_json(feed.last_poll)},
          {"last_success", time_json(feed.last_success)},
          {"next_due", time_json(feed.next_due)},
          {"polls", feed.polls},
          {"articles", feed.articles}};
}

std::string how_often(const FeedState& feed) {
  if (feed.every) return "every " + format_duration(*feed.every);
  return "about every " + std::to_string((feed.interval.count() + 30) / 60) + "m";
}

void print_feed(const FeedState& feed) {
  print_line(std::to_string(feed.id) + "  " + shown_address(feed.url));
  if (feed.address != feed.url) print_line("   moved to " + shown_address(feed.address));
  if (!feed.source.empty()) print_line("   source " + feed.source);
  if (feed.last_poll) {
    const std::string status = feed.http_status == 0 ? "" : " " + std::to_string(feed.http_status);
    print_line("   " + format_utc(*feed.last_poll) + " " + name_of(feed.outcome) + status + ": " +
               feed.said);
  } else {
    print_line("   not polled yet");
  }
  if (feed.failures > 0) {
    print_line("   failures in a row " + std::to_string(feed.failures) + ", last success " +
               (feed.last_success ? format_utc(*feed.last_success) : "never"));
  }
  print_line(feed.next_due ? "   next " + format_utc(*feed.next_due) + ", " + how_often(feed)
                           : "   polled no more: remove it, or add it again");
}

int run_list(bool as_json, Session& session) {
  auto store = FeedStore::open_for_reading(session.data_dir);
  if (!store) return report_error(store.error());
  auto feeds = store->all();
  if (!feeds) return report_error(feeds.error());
  if (as_json) {
    Json list = Json::array();
    for (const FeedState& feed : *feeds)
      list.push_back(json_of(feed));
    print_line(list.dump(-1, ' ', false, Json::error_handler_t::replace));
    return exit_well;
  }
  for (const FeedState& feed : *feeds)
    print_feed(feed);
  if (feeds->empty()) print_line("no feeds: subscribe with broadsheet-indexer feeds add URL");
  return exit_well;
}

}  // namespace

void add_feeds_list_command(Command& feeds, Session& session) {
  auto as_json = std::make_shared<bool>(false);
  Command command = feeds.add("list", "Show the feeds and how they went");
  command.flag("--json", *as_json, "Print them as a JSON array");
  command.runs([as_json, &session] { session.exit_status = run_list(*as_json, session); });
}

}  // namespace broadsheet::indexer
