// A redirect within one host goes on at once, as part of its feed's request; one to another host
// waits for that host's turn.
#include "indexer/intake/feed_fetcher.h"

#include <algorithm>
#include <array>
#include <utility>

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
  Fetch& fetch = queue_.emplace_back();
  fetch.address = request.address;
  fetch.request = std::move(request);
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
  for (auto at = queue_.begin();
       at != queue_.end() && fetches_.size() < options_.at_once && has_room();) {
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
    fetches_.emplace(tag, std::move(*at));
    at = queue_.erase(at);
    gaps_.begin(host);
    send(tag);
  }
  return longest;
}

// For one more body, and those of all that are under way.
bool FeedFetcher::has_room() const {
  return held_ + (fetches_.size() + 1) * options_.body_bytes <= options_.memory_bytes;
}

// What is known of a feed is told to the address alone that it came from: others have no business
// with it, and do not know it.
void FeedFetcher::send(std::uint64_t tag) {
  Fetch& fetch = fetches_[tag];
  fetch.seen.push_back(fetch.address);
  const FeedRequest& asked = fetch.request;
  const bool is_known = !asked.etag.empty() || !asked.last_modified.empty();
  fetch.is_conditional = is_known && fetch.address == asked.validated;
  TransferRequest request;
  request.tag = tag;
  request.address = fetch.address;
  if (fetch.is_conditional) {
    request.etag = asked.etag;
    request.last_modified = asked.last_modified;
  }
  request.allow_private = asked.allow_private;
  transfers_.start(request);
}

std::vector<FeedAnswer> FeedFetcher::settle(TransferResult result) {
  const auto found = fetches_.find(result.tag);
  Fetch& fetch = found->second;
  const StatusRow row = judge(result.status);
  std::string refusal;
  if (result.end == TransferEnd::answered && row.redirect != Redirect::none) {
    const std::string from = fetch.address;
    fetch.all_permanent = fetch.all_permanent && row.redirect == Redirect::permanent;
    refusal = follow(fetch, result);
    if (refusal.empty()) {
      go_on(result.tag, from);
      return {};
    }
  }
  const std::string codings = std::exchange(result.content_encoding, {});
  FeedAnswer answer = answer_of(std::move(result), row);
  if (!refusal.empty()) answer.said = std::move(refusal);
  if (answer.outcome == FeedOutcome::unchanged && !fetch.is_conditional) {
    answer.outcome = FeedOutcome::failed;
    answer.said = "it says \"not changed\", but was not asked whether";
  }
  if (answer.outcome == FeedOutcome::fresh) unpack(answer, codings);
  answer.feed = fetch.request.feed;
  answer.final_address = fetch.address;
  answer.moved_to = std::move(fetch.moved_to);
  gaps_.end(host_of(fetch.address), Clock::now());
  fetches_.erase(found);
  return {std::move(answer)};
}

void FeedFetcher::go_on(std::uint64_t tag, const std::string& from) {
  Fetch& fetch = fetches_[tag];
  const std::string host = host_of(from);
  if (host_of(fetch.address) == host) return send(tag);
  gaps_.end(host, Clock::now());
  queue_.push_front(std::move(fetch));
  fetches_.erase(tag);
}

void FeedFetcher::unpack(FeedAnswer& answer, const std::string& codings) const {
  if (options_.unpack == nullptr) return;
  auto unpacked = options_.unpack(codings, std::exchange(answer.body, {}), options_.body_bytes);
  if (unpacked) {
    answer.body = std::move(unpacked->bytes);
    answer.is_cut = unpacked->is_cut;
    return;
  }
  const bool is_final = unpacked.error().code == ErrorCode::invalid_argument;
  answer.outcome = is_final ? FeedOutcome::refused : FeedOutcome::failed;
  answer.said = "the answer cannot be unpacked: " + unpacked.error().message;
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
