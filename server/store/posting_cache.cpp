// Reading and decoding happen outside the lock: two sessions may decode the same term at once, and
// the second result wins.
#include "server/store/posting_cache.h"

#include <algorithm>
#include <limits>
#include <map>

#include "server/store/facet_column.h"

namespace broadsheet::server {
namespace {

// One list may take this share of the cache at most.
constexpr std::size_t kMaxShare = 4;
// What an entry without postings costs, roughly.
constexpr std::size_t kEntryBytes = 200;
// Longer lists are decoded when they are asked for again: it takes milliseconds.
constexpr std::uint32_t kDecodeAtOnce = 40'000;

std::string key_of(const std::string& part, const std::string& term) {
  std::string key;
  key.reserve(part.size() + 1 + term.size());
  return key.append(part).append(1, '\n').append(term);
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> peaks_of(const DecodedPostings& postings,
                                                              const Roster& roster) {
  std::map<std::uint32_t, std::uint32_t> shortest;
  for (std::size_t i = 0; i < postings.docs.size(); ++i) {
    const std::uint32_t length = roster.lengths[postings.ordinals[i]];
    const auto [entry, is_new] = shortest.try_emplace(postings.occurrences[i], length);
    if (!is_new) entry->second = std::min(entry->second, length);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> peaks;
  std::uint32_t length = std::numeric_limits<std::uint32_t>::max();
  // Fewer occurrences only count in a shorter article.
  for (auto entry = shortest.rbegin(); entry != shortest.rend(); ++entry) {
    if (entry->second < length) peaks.emplace_back(entry->first, entry->second);
    length = std::min(length, entry->second);
  }
  return peaks;
}

Postings decode(const Xapian::Database& database,
                const Roster& roster,
                const std::string& term,
                std::size_t size) {
  auto decoded = std::make_shared<DecodedPostings>();
  decoded->docs.reserve(size);
  decoded->ordinals.reserve(size);
  decoded->occurrences.reserve(size);
  std::uint32_t ordinal = 0;
  const Xapian::PostingIterator end = database.postlist_end(term);
  for (Xapian::PostingIterator posting = database.postlist_begin(term); posting != end; ++posting) {
    const Xapian::termcount occurrences =
        std::min<Xapian::termcount>(posting.get_wdf(), std::numeric_limits<std::uint16_t>::max());
    ordinal = roster.ordinal_of(*posting, ordinal);
    decoded->docs.push_back(*posting);
    decoded->ordinals.push_back(ordinal);
    decoded->occurrences.push_back(static_cast<std::uint16_t>(occurrences));
  }
  decoded->peaks = peaks_of(*decoded, roster);
  return decoded;
}

}  // namespace

PostingCache::PostingCache(std::size_t max_bytes, std::size_t min_postings)
    : max_bytes_(max_bytes),
      min_postings_(min_postings),
      columns_(std::make_shared<FacetCache>(2 * max_bytes)) {}

std::uint32_t Roster::ordinal_of(DocId doc, std::uint32_t from) const {
  // Gallops: most lie near.
  std::size_t low = from;
  std::size_t step = 1;
  while (low + step < docs.size() && docs[low + step] <= doc) {
    low += step;
    step *= 2;
  }
  const auto begin = docs.begin() + static_cast<std::ptrdiff_t>(low);
  const auto end = docs.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, docs.size()));
  return static_cast<std::uint32_t>(std::lower_bound(begin, end, doc) - docs.begin());
}

Roster roster_of(const Xapian::Database& part) {
  Roster roster;
  roster.docs.reserve(part.get_doccount());
  roster.lengths.reserve(part.get_doccount());
  for (auto doc = part.postlist_begin(""); doc != part.postlist_end(""); ++doc) {
    roster.docs.push_back(*doc);
    roster.lengths.push_back(doc.get_doclength());
  }
  return roster;
}

TermFacts facts_of(const Xapian::Database& part, const std::string& term) {
  return {part.get_termfreq(term), part.get_wdf_upper_bound(term)};
}

std::shared_ptr<const Roster> PostingCache::roster(const std::string& part,
                                                   const Xapian::Database& database) {
  {
    const std::scoped_lock lock(mutex_);
    std::erase_if(rosters_, [](const auto& entry) { return entry.second.expired(); });
    const auto found = rosters_.find(part);
    if (found != rosters_.end()) {
      if (auto roster = found->second.lock()) return roster;
    }
  }
  auto roster = std::make_shared<const Roster>(roster_of(database));
  const std::scoped_lock lock(mutex_);
  rosters_[part] = roster;
  return roster;
}

TermFacts PostingCache::facts(const std::string& part,
                              const Xapian::Database& database,
                              const std::string& term) {
  bool was_wanted = false;
  return look_up(key_of(part, term), database, term, false, was_wanted).facts;
}

PostingCache::Term PostingCache::find(const std::string& part,
                                      const Xapian::Database& database,
                                      const Roster& roster,
                                      const std::string& term) {
  const std::string key = key_of(part, term);
  bool was_wanted = false;
  Term found = look_up(key, database, term, true, was_wanted);
  const std::size_t size = found.facts.articles;
  const bool is_worth_it = size >= min_postings_ && size * 10 <= max_bytes_ / kMaxShare &&
                           (was_wanted || size <= kDecodeAtOnce);
  if (found.postings || !is_worth_it) return found;
  found.postings = decode(database, roster, term, size);
  keep(key, found.postings);
  return found;
}

PostingCache::Term PostingCache::look_up(const std::string& key,
                                         const Xapian::Database& database,
                                         const std::string& term,
                                         bool wants_postings,
                                         bool& was_wanted) {
  {
    const std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(key);
    if (found != by_key_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      Entry& entry = *found->second;
      was_wanted = std::exchange(entry.is_wanted, entry.is_wanted || wants_postings);
      return entry.term;
    }
  }
  Term fresh{facts_of(database, term), nullptr};
  const std::scoped_lock lock(mutex_);
  if (by_key_.contains(key)) return fresh;
  entries_.push_front({key, fresh, wants_postings});
  by_key_.emplace(key, entries_.begin());
  bytes_ += kEntryBytes + key.size();
  make_room();
  return fresh;
}

void PostingCache::keep(const std::string& key, const Postings& postings) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  Postings& kept = found->second->term.postings;
  if (!kept) bytes_ += postings->bytes();
  kept = postings;
  make_room();
}

void PostingCache::make_room() {
  while (bytes_ > max_bytes_ && entries_.size() > 1) {
    const Entry& last = entries_.back();
    bytes_ -= kEntryBytes + last.key.size();
    if (last.term.postings) bytes_ -= last.term.postings->bytes();
    by_key_.erase(last.key);
    entries_.pop_back();
  }
}

}  // namespace broadsheet::server
