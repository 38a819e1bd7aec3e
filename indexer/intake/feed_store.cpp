// kColumns and read_row() belong together. What a poll changes and what the operator says are
// written by different statements, so that neither undoes the other.
#include "indexer/intake/feed_store.h"

#include <algorithm>

#include "indexer/intake/feed_address.h"
#include "indexer/intake/feed_schedule.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;

constexpr std::string_view kColumns =
    "SELECT feed_id, url, address, source, every, allow_private, etag, last_modified, interval, "
    "next_due, failures, last_poll, last_success, outcome, http_status, said, polls, articles, "
    "validated, body_hash "
    "FROM feed ";

FeedOutcome outcome_from(std::int64_t stored) {
  const auto last = static_cast<std::int64_t>(FeedOutcome::twin);
  return static_cast<FeedOutcome>(std::clamp<std::int64_t>(stored, 0, last));
}

FeedState read_row(const sqlite::Statement& row) {
  FeedState feed;
  feed.id = row.integer(0);
  feed.url = row.text(1);
  feed.address = row.text(2);
  feed.source = row.text(3);
  if (!row.is_null(4)) feed.every = seconds(row.integer(4));
  feed.allow_private = row.integer(5) != 0;
  feed.etag = row.text(6);
  feed.last_modified = row.text(7);
  feed.interval = seconds(row.integer(8));
  feed.next_due = row.optional_integer(9);
  feed.failures = static_cast<int>(row.integer(10));
  feed.last_poll = row.optional_integer(11);
  feed.last_success = row.optional_integer(12);
  feed.outcome = outcome_from(row.integer(13));
  feed.http_status = static_cast<int>(row.integer(14));
  feed.said = row.text(15);
  feed.polls = row.integer(16);
  feed.articles = row.integer(17);
  feed.validated = row.text(18);
  feed.body_hash = row.text(19);
  return feed;
}

// Runs a SELECT to its end; `bind` fills in its parameters.
template <typename Bind>
Result<std::vector<FeedState>> read_rows(sqlite::Database& catalog,
                                         std::string_view condition,
                                         Bind bind) {
  auto statement = catalog.statement(std::string(kColumns) + std::string(condition));
  if (!statement) return pass_on(statement.error());
  bind(**statement);
  std::vector<FeedState> feeds;
  auto done = (*statement)->for_each_row([&]() -> Result<void> {
    feeds.push_back(read_row(**statement));
    return {};
  });
  if (!done) return pass_on(done.error());
  return feeds;
}

std::optional<FeedState> first_of(std::vector<FeedState> feeds) {
  if (feeds.empty()) return std::nullopt;
  return std::move(feeds.front());
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> count_of(std::optional<seconds> time) {
  return time ? std::optional<std::int64_t>(time->count()) : std::nullopt;
}

}  // namespace

Result<FeedStore> FeedStore::open(const std::filesystem::path& data_dir) {
  auto catalog = open_catalog_for_writing(data_dir);
  if (!catalog) return pass_on(catalog.error());
  return FeedStore(*std::move(catalog));
}

Result<FeedStore> FeedStore::open_for_reading(const std::filesystem::path& data_dir) {
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return pass_on(catalog.error());
  return FeedStore(*std::move(catalog));
}

Result<AddedFeed> FeedStore::add(const FeedWish& wish, std::int64_t now) {
  auto there = find_address(wish.url);
  if (!there) return pass_on(there.error());
  return *there ? change(**there, wish, now) : insert(wish, now);
}

Result<AddedFeed> FeedStore::insert(const FeedWish& wish, std::int64_t now) {
  auto statement = catalog_.statement(
      "INSERT INTO feed (url, address, source, every, allow_private, interval, next_due) "
      "VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6)");
  if (!statement) return pass_on(statement.error());
  const std::string source = wish.source.value_or("");
  auto done = (*statement)
                  ->bind(1, wish.url)
                  .bind_text_or_null(2, source)
                  .bind(3, count_of(wish.every))
                  .bind(4, std::int64_t{wish.allow_private ? 1 : 0})
                  .bind(5, kFirstInterval.count())
                  .bind(6, now)
                  .run();
  if (!done) return pass_on(done.error());
  return AddedFeed{catalog_.last_row_id(), FeedAdded::added};
}

// Articles of another source are others: what is known of the last answer counts no more.
Result<AddedFeed> FeedStore::change(const FeedState& feed, const FeedWish& wish, std::int64_t now) {
  const std::string source = wish.source.value_or(feed.source);
  const auto every = wish.every ? wish.every : feed.every;
  const bool allow_private = wish.allow_private || feed.allow_private;
  const bool is_same = source == feed.source && every == feed.every &&
                       allow_private == feed.allow_private && feed.next_due;
  if (is_same) return AddedFeed{feed.id, FeedAdded::there};
  auto statement = catalog_.statement(
      "UPDATE feed SET etag = iif(source IS ?2, etag, NULL), "
      "last_modified = iif(source IS ?2, last_modified, NULL), "
      "body_hash = iif(source IS ?2, body_hash, NULL), "
      "source = ?2, every = ?3, allow_private = ?4, next_due = ?5 WHERE feed_id = ?1");
  if (!statement) return pass_on(statement.error());
  auto done = (*statement)
                  ->bind(1, feed.id)
                  .bind_text_or_null(2, source)
                  .bind(3, count_of(every))
                  .bind(4, std::int64_t{allow_private ? 1 : 0})
                  .bind(5, now)
                  .run();
  if (!done) return pass_on(done.error());
  return AddedFeed{feed.id, FeedAdded::changed};
}

Result<std::optional<FeedState>> FeedStore::find(std::string_view named) {
  if (!is_number(named)) return find_address(named);
  auto feeds = select("WHERE feed_id = ?1", std::stoll(std::string(named)));
  if (!feeds) return pass_on(feeds.error());
  return first_of(*std::move(feeds));
}

Result<std::optional<FeedState>> FeedStore::find_address(std::string_view address) {
  auto feeds = read_rows(catalog_,
                         "WHERE url = ?1 OR address = ?1 ORDER BY url != ?1, feed_id",
                         [&](auto& row) { row.bind(1, address); });
  if (!feeds) return pass_on(feeds.error());
  return first_of(*std::move(feeds));
}

Result<std::vector<FeedState>> FeedStore::all() {
  return read_rows(catalog_, "ORDER BY feed_id", [](auto&) {});
}

Result<std::vector<FeedState>> FeedStore::due(std::int64_t now) {
  return select("WHERE next_due <= ?1 ORDER BY next_due, feed_id", now);
}

Result<std::vector<FeedState>> FeedStore::select(std::string_view condition, std::int64_t value) {
  return read_rows(catalog_, condition, [value](auto& row) { row.bind(1, value); });
}

Result<std::optional<std::int64_t>> FeedStore::next_due(std::int64_t now) {
  return catalog_.query_integer("SELECT min(next_due) FROM feed WHERE next_due > " +
                                std::to_string(now));
}

Result<bool> FeedStore::remove(FeedId id) {
  auto statement = catalog_.statement("DELETE FROM feed WHERE feed_id = ?1");
  if (!statement) return pass_on(statement.error());
  if (auto done = (*statement)->bind(1, id).run(); !done) return pass_on(done.error());
  return catalog_.changes() > 0;
}

Result<std::vector<FeedState>> FeedStore::record(std::vector<FeedState> feeds) {
  if (feeds.empty()) return feeds;
  auto transaction = sqlite::Transaction::begin(catalog_, sqlite::Transaction::Kind::immediate);
  if (!transaction) return pass_on(transaction.error());
  for (FeedState& feed : feeds) {
    if (auto done = retire_twin(feed); !done) return pass_on(done.error());
    if (auto done = update(feed); !done) return pass_on(done.error());
  }
  if (auto done = transaction->commit(); !done) return pass_on(done.error());
  return feeds;
}

// Of two feeds with one address the one that has just come there goes, else the younger one.
Result<void> FeedStore::retire_twin(FeedState& feed) {
  if (!feed.next_due || !went_well(feed.outcome)) return {};
  auto before = select("WHERE feed_id = ?1", feed.id);
  if (!before) return pass_on(before.error());
  if (before->empty()) return {};
  const bool is_new_there = before->front().address != feed.address;
  auto others = read_rows(catalog_,
                          "WHERE address = ?1 AND feed_id <> ?2 AND next_due IS NOT NULL "
                          "ORDER BY feed_id LIMIT 1",
                          [&](auto& row) { row.bind(1, feed.address).bind(2, feed.id); });
  if (!others) return pass_on(others.error());
  if (others->empty() || !(is_new_there || others->front().id < feed.id)) return {};
  feed.outcome = FeedOutcome::twin;
  feed.next_due.reset();
  feed.said = "it is the same as feed " + std::to_string(others->front().id) + ", " +
              shown_address(others->front().url) + "; " + feed.said;
  return {};
}

// As in change(): what came under another source than the feed has by now is to come again.
Result<void> FeedStore::update(const FeedState& feed) {
  auto statement = catalog_.statement(
      "UPDATE feed SET address = ?2, etag = iif(source IS ?17, ?3, NULL), "
      "last_modified = iif(source IS ?17, ?4, NULL), interval = ?5, next_due = ?6, "
      "failures = ?7, last_poll = ?8, last_success = ?9, outcome = ?10, http_status = ?11, "
      "said = ?12, polls = ?13, articles = ?14, validated = ?15, "
      "body_hash = iif(source IS ?17, ?16, NULL) WHERE feed_id = ?1");
  if (!statement) return pass_on(statement.error());
  return (*statement)
      ->bind(1, feed.id)
      .bind(2, feed.address)
      .bind_text_or_null(3, feed.etag)
      .bind_text_or_null(4, feed.last_modified)
      .bind(5, feed.interval.count())
      .bind(6, feed.next_due)
      .bind(7, std::int64_t{feed.failures})
      .bind(8, feed.last_poll)
      .bind(9, feed.last_success)
      .bind(10, static_cast<std::int64_t>(feed.outcome))
      .bind(11, std::int64_t{feed.http_status})
      .bind_text_or_null(12, feed.said)
      .bind(13, feed.polls)
      .bind(14, feed.articles)
      .bind_text_or_null(15, feed.validated)
      .bind_text_or_null(16, feed.body_hash)
      .bind_text_or_null(17, feed.source)
      .run();
}

Result<std::string> FeedStore::source_name(std::string_view source_id) {
  auto statement = catalog_.statement("SELECT name FROM source WHERE id = ?1");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  auto row = (*statement)->bind(1, source_id).step();
  if (!row) return pass_on(row.error());
  return *row ? std::string((*statement)->text(0)) : std::string();
}

}  // namespace broadsheet::indexer
