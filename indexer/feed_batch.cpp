// A feed is read twice, here to be judged and by the import: that keeps one road for articles, and
// costs little beside fetching it.
#include "indexer/feed_batch.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "indexer/intake/feed_address.h"
#include "indexer/intake/feed_schedule.h"
#include "indexer/intake/http_times.h"
#include "indexer/readers/feed.h"
#include "indexer/readers/html_feed_links.h"
#include "schema/hash.h"
#include "schema/time.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;

constexpr std::size_t kLongestSaid = 500;
constexpr int kNotModified = 304;

// A body that is no feed is not kept.
void end_as(FeedAnswer& answer, FeedOutcome outcome, std::string why) {
  answer.outcome = outcome;
  answer.said = std::move(why);
  answer.body = {};
}

// Why a body is no feed, and where the feed may be.
std::string why_no_feed(const FeedAnswer& answer,
                        const ReaderOptions& options,
                        const Error& error) {
  if (!is_web_page(answer.body)) return error.message;
  const auto links = feed_links_of(answer.body, options);
  if (links.empty()) return "a web page, no feed, and it names none";
  std::string list;
  for (const std::string& link : links)
    list.append(list.empty() ? "" : ", ").append(shown_address(link));
  return "a web page, no feed; it names " + list;
}

std::string counted(std::uint64_t count, const char* what) {
  return std::to_string(count) + " " + what;
}

std::string words_for(const FileResult& result) {
  std::string said = counted(result.accepted + result.refused,
                             result.accepted + result.refused == 1 ? "article" : "articles");
  said += ": " + counted(result.added, "new") + ", " + counted(result.updated, "updated");
  if (result.refused > 0) said += ", " + counted(result.refused, "refused");
  return said;
}

// How the answer went, with what the import made of it.
void take_result(const FileResult& result, FeedAnswer& answer) {
  answer.said = result.failure.empty() ? words_for(result) : result.failure;
  if (answer.is_cut) answer.said = "the answer is truncated; " + answer.said;
  if (!result.failure.empty()) answer.outcome = FeedOutcome::refused;
}

void take_success(const FeedAnswer& answer, bool may_be_cut, FeedState& feed) {
  feed.failures = 0;
  if (!answer.moved_to.empty()) feed.address = answer.moved_to;
  // Of a 304 only what it says anew.
  const bool is_whole_answer = answer.http_status != kNotModified;
  if (is_whole_answer || !answer.etag.empty()) feed.etag = answer.etag;
  if (is_whole_answer || !answer.last_modified.empty()) feed.last_modified = answer.last_modified;
  feed.validated = answer.final_address;
  // With these the rest of a feed that was cut off would never be asked for.
  if (is_whole_answer && may_be_cut) {
    feed.etag.clear();
    feed.last_modified.clear();
  }
}

// Of all that decides which articles an answer becomes.
std::string hash_of(const FeedAnswer& answer, std::string_view base_url) {
  std::string all = answer.content_type + "\n" + std::string(base_url) + "\n";
  return sha256_hex(all.append(answer.body));
}

// What came of a feed whose end is missing, up to its last whole article; empty without one.
std::string_view whole_part(std::string_view body) {
  std::size_t end = 0;
  for (const std::string_view tag : {"</item>", "</entry>"}) {
    const std::size_t at = body.rfind(tag);
    if (at != std::string_view::npos) end = std::max(end, at + tag.size());
  }
  return body.substr(0, end);
}

}  // namespace

FeedRequest request_for(const FeedState& feed) {
  FeedRequest request;
  request.feed = feed.id;
  request.address = feed.address;
  request.etag = feed.etag;
  request.last_modified = feed.last_modified;
  request.validated = feed.validated;
  request.allow_private = feed.allow_private;
  return request;
}

FeedBatch::FeedBatch(std::vector<PolledFeed> polled) {
  entries_.reserve(polled.size());
  for (PolledFeed& one : polled) {
    Entry& entry = entries_.emplace_back();
    entry.polled = std::move(one);
    if (entry.polled.answer.outcome == FeedOutcome::fresh) judge_body(entry);
  }
}

void FeedBatch::judge_body(Entry& entry) {
  FeedAnswer& answer = entry.polled.answer;
  const FeedState& known = entry.polled.feed;
  if (answer.body.find_first_not_of(" \t\r\n") == std::string::npos)
    return end_as(answer, FeedOutcome::failed, "the answer is empty");
  ReaderOptions options;
  options.content_type = answer.content_type;
  options.base_url = base_of(answer.final_address);
  if (!answer.is_cut) entry.body_hash = hash_of(answer, options.base_url);
  if (answer.is_cut) answer.body = std::string(whole_part(answer.body));
  if (answer.is_cut && answer.body.empty()) {
    const char* why = "the answer is truncated, and no article in it is whole";
    return end_as(answer, FeedOutcome::failed, why);
  }
  for (const std::string& address : {known.url, known.address, answer.final_address})
    answer.body = without_secrets_of(address, std::move(answer.body));
  auto feed = read_feed(answer.body, options);
  if (!feed)
    return end_as(answer, FeedOutcome::refused, why_no_feed(answer, options, feed.error()));
  entry.fresh_for = feed->fresh_for;
  entry.may_be_cut = feed->is_ill_formed || answer.is_cut;
  if (!entry.body_hash.empty() && entry.body_hash == known.body_hash)
    return end_as(answer, FeedOutcome::unchanged, "the same as the last time");
  hand_on(entry, options);
}

void FeedBatch::hand_on(Entry& entry, const ReaderOptions& options) {
  entry.has_file = true;
  auto received = std::make_shared<Received>();
  received->bytes = std::exchange(entry.polled.answer.body, {});
  received->content_type = options.content_type;
  received->base_url = options.base_url;
  received->source = entry.polled.feed.source;
  InputFile file;
  file.path = shown_address(entry.polled.feed.url);
  file.received = std::move(received);
  files_.push_back(std::move(file));
}

std::vector<FeedState> FeedBatch::conclude(const std::vector<FileResult>& results,
                                           const PollMoment& moment) const {
  std::vector<FeedState> feeds;
  std::size_t next_file = 0;
  for (const Entry& entry : entries_) {
    const FileResult* result = entry.has_file ? &results[next_file++] : nullptr;
    if (result != nullptr && !result->is_whole) continue;
    feeds.push_back(concluded(entry, result, moment));
  }
  return feeds;
}

FeedState FeedBatch::concluded(const Entry& entry,
                               const FileResult* result,
                               const PollMoment& moment) {
  FeedState feed = entry.polled.feed;
  FeedAnswer answer = entry.polled.answer;
  if (result != nullptr) take_result(*result, answer);
  feed.outcome = answer.outcome;
  feed.http_status = answer.http_status;
  feed.said = repair_utf8(std::string_view(answer.said).substr(0, kLongestSaid));
  feed.last_poll = moment.now;
  ++feed.polls;
  if (went_well(feed.outcome)) {
    feed.last_success = moment.now;
    take_success(answer, entry.may_be_cut, feed);
    if (answer.http_status != kNotModified) feed.body_hash = entry.body_hash;
  } else {
    ++feed.failures;
  }
  PollFacts facts;
  facts.outcome = feed.outcome;
  facts.retry_after = parse_retry_after(answer.retry_after, moment.now);
  const auto max_age = parse_max_age(answer.cache_control).value_or(seconds(0));
  facts.fresh_for = std::max(max_age, entry.fresh_for);
  // The first poll finds all that is there: that says nothing about how often more comes.
  if (entry.polled.feed.last_success) facts.had_news = result != nullptr && result->added > 0;
  if (result != nullptr) {
    feed.articles += static_cast<std::int64_t>(result->added);
  }
  const NextPoll next = next_poll(feed, facts, moment.now, moment.chance());
  feed.interval = next.interval;
  feed.next_due = next.due;
  return feed;
}

std::string line_about(const FeedState& feed) {
  std::string line = std::to_string(feed.id) + " " + shown_address(feed.url) + ": ";
  if (feed.http_status != 0) line += std::to_string(feed.http_status) + ", ";
  line += feed.said;
  if (!feed.next_due) return line + "; polled no more: remove it";
  if (feed.next_due) line += "; next " + format_utc(*feed.next_due);
  return line;
}

}  // namespace broadsheet::indexer
