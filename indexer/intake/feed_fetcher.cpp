// A redirect is part of its feed's request: it goes on at once, and the gap of the first host
// counts.
#include "indexer/intake/feed_fetcher.h"

#include <algorithm>
#include <array>

#include "indexer/intake/feed_address.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

enum class Redirect { none, temporary, permanent };

struct StatusRow {
  int status;
  FeedOutcome outcome;
  Redirect redirect;
  const char* said;
};

// What is not in the table is judged by its hundred.
constexpr std::array kStatuses = {
    StatusRow{200, FeedOutcome::fresh, Redirect::none, ""},
    StatusRow{301, FeedOutcome::refused, Redirect::permanent, "redirected"},
    StatusRow{302, FeedOutcome::refused, Redirect::temporary, "redirected"},
    StatusRow{303, FeedOutcome::refused, Redirect::temporary, "redirected"},
    StatusRow{304, FeedOutcome::unchanged, Redirect::none, "not changed"},
    StatusRow{307, FeedOutcome::refused, Redirect::temporary, "redirected"},
    StatusRow{308, FeedOutcome::refused, Redirect::permanent, "redirected"},
    StatusRow{401, FeedOutcome::refused, Redirect::none, "it asks for a password"},
    StatusRow{403, FeedOutcome::refused, Redirect::none, "forbidden"},
    StatusRow{404, FeedOutcome::refused, Redirect::none, "not found"},
    StatusRow{408, FeedOutcome::failed, Redirect::none, "the server lost patience"},
    StatusRow{410, FeedOutcome::gone, Redirect::none, "gone for good"},
    StatusRow{425, FeedOutcome::failed, Redirect::none, "too early"},
    StatusRow{429, FeedOutcome::failed, Redirect::none, "too many requests"},
    StatusRow{503, FeedOutcome::failed, Redirect::none, "the server is not available"},
};

StatusRow judge(int status) {
  const auto* row = std::find_if(kStatuses.begin(), kStatuses.end(), [&](const StatusRow& known) {
    return known.status == status;
  });
  if (row != kStatuses.end()) return *row;
  if (status >= 500) return {status, FeedOutcome::failed, Redirect::none, "the server has failed"};
  return {status, FeedOutcome::refused, Redirect::none, "an answer without a feed"};
}

FeedAnswer answer_of(TransferResult&& result, const StatusRow& row) {
  FeedAnswer answer;
  answer.http_status = result.status;
  if (result.end == TransferEnd::answered) {
    answer.outcome = row.outcome;
    answer.said = row.said;
  } else {
    const bool is_refused = result.end == TransferEnd::refused;
    answer.outcome = is_refused ? FeedOutcome::refused : FeedOutcome::failed;
    answer.said = std::move(result.why);
  }
  answer.body = std::move(result.body);
  answer.content_type = std::move(result.content_type);
  answer.etag = std::move(result.etag);
  answer.last_modified = std::move(result.last_modified);
  answer.retry_after = std::move(result.retry_after);
  answer.cache_control = std::move(result.cache_control);
  return answer;
}

bool is_secure(std::string_view address) {
  return address.starts_with("https:");
}

}  // namespace

FeedFetcher::FeedFetcher(const FetchOptions& options)
    : options_(options), transfers_(options.limits), gaps_(options.host_gap) {}

void FeedFetcher::add(FeedRequest request) {
  queue_.push_back(std::move(request));
}

std::vector<FeedAnswer> FeedFetcher::wait(milliseconds longest) {
  const milliseconds until = start_ready(longest);
  std::vector<FeedAnswer> answers;
  for (TransferResult& result : transfers_.wait(until)) {
    for (FeedAnswer& answer : settle(std::move(result)))
      answers.push_back(std::move(answer));
  }
  return answers;
}

// Starts what may start; returns how long to wait at most until more may.
milliseconds FeedFetcher::start_ready(milliseconds longest) {
  const auto now = Clock::now();
  for (auto at = queue_.begin(); at != queue_.end() && fetches_.size() < options_.at_once;) {
    const std::string host = host_of(at->address);
    const auto ready = gaps_.ready_at(host);
    if (ready > now) {
      // One that is busy tells by its end.
      const bool is_busy = ready == HostGaps::Time::max();
      if (!is_busy) longest = std::min(longest, std::chrono::ceil<milliseconds>(ready - now));
      ++at;
      continue;
    }
    const std::uint64_t tag = ++last_tag_;
    Fetch& fetch = fetches_[tag];
    fetch.request = std::move(*at);
    fetch.address = fetch.request.address;
    fetch.host = host;
    at = queue_.erase(at);
    gaps_.begin(host);
    send(tag);
  }
  return longest;
}

void FeedFetcher::send(std::uint64_t tag) {
  Fetch& fetch = fetches_[tag];
  fetch.seen.push_back(fetch.address);
  TransferRequest request;
  request.tag = tag;
  request.address = fetch.address;
  request.etag = fetch.request.etag;
  request.last_modified = fetch.request.last_modified;
  request.allow_private = fetch.request.allow_private;
  transfers_.start(request);
}

std::vector<FeedAnswer> FeedFetcher::settle(TransferResult result) {
  const auto found = fetches_.find(result.tag);
  Fetch& fetch = found->second;
  const StatusRow row = judge(result.status);
  std::string refusal;
  if (result.end == TransferEnd::answered && row.redirect != Redirect::none) {
    fetch.all_permanent = fetch.all_permanent && row.redirect == Redirect::permanent;
    refusal = follow(fetch, result);
    if (refusal.empty()) {
      send(result.tag);
      return {};
    }
  }
  FeedAnswer answer = answer_of(std::move(result), row);
  if (!refusal.empty()) answer.said = std::move(refusal);
  answer.feed = fetch.request.feed;
  answer.final_address = fetch.address;
  answer.moved_to = std::move(fetch.moved_to);
  gaps_.end(fetch.host, Clock::now());
  fetches_.erase(found);
  return {std::move(answer)};
}

// Goes on to where an answer points; else says why not.
std::string FeedFetcher::follow(Fetch& fetch, const TransferResult& result) const {
  if (result.redirect.empty()) return "redirected, but it does not say where to";
  if (fetch.seen.size() > static_cast<std::size_t>(options_.most_redirects)) {
    return "redirected more than " + std::to_string(options_.most_redirects) + " times";
  }
  const auto target = checked_address(result.redirect);
  if (!target) return "redirected to where it may not go: " + target.error().message;
  const std::string next = with_credentials_of(*target, fetch.address);
  if (std::find(fetch.seen.begin(), fetch.seen.end(), next) != fetch.seen.end()) {
    return "redirected in a circle";
  }
  // A permanent step away from encryption is taken, but not remembered.
  if (is_secure(fetch.address) && !is_secure(next)) fetch.all_permanent = false;
  if (fetch.all_permanent) fetch.moved_to = next;
  fetch.address = next;
  return {};
}

}  // namespace broadsheet::indexer
