// Decoding happens outside the lock: two sessions may decode the same term at once, and the second
// result wins.
#include "server/store/posting_cache.h"

#include <algorithm>
#include <limits>
#include <map>

namespace broadsheet::server {
namespace {

// One list may take this share of the cache at most.
constexpr std::size_t kMaxShare = 4;
// What an entry without postings costs, roughly.
constexpr std::size_t kEntryBytes = 160;

std::vector<std::pair<std::uint32_t, std::uint32_t>> peaks_of(const DecodedPostings& postings) {
  std::map<std::uint32_t, std::uint32_t> shortest;
  for (std::size_t i = 0; i < postings.docs.size(); ++i) {
    const auto [entry, is_new] = shortest.try_emplace(postings.occurrences[i], postings.lengths[i]);
    if (!is_new) entry->second = std::min(entry->second, postings.lengths[i]);
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

std::shared_ptr<const DecodedPostings> decode(const Xapian::Database& database,
                                              const std::string& term) {
  auto decoded = std::make_shared<DecodedPostings>();
  const std::size_t size = database.get_termfreq(term);
  decoded->docs.reserve(size);
  decoded->lengths.reserve(size);
  decoded->occurrences.reserve(size);
  const Xapian::PostingIterator end = database.postlist_end(term);
  for (Xapian::PostingIterator posting = database.postlist_begin(term); posting != end; ++posting) {
    const Xapian::termcount occurrences =
        std::min<Xapian::termcount>(posting.get_wdf(), std::numeric_limits<std::uint16_t>::max());
    decoded->docs.push_back(*posting);
    decoded->lengths.push_back(posting.get_doclength());
    decoded->occurrences.push_back(static_cast<std::uint16_t>(occurrences));
  }
  decoded->peaks = peaks_of(*decoded);
  return decoded;
}

}  // namespace

PostingCache::Postings PostingCache::find(const std::string& part,
                                          const Xapian::Database& database,
                                          const std::string& term) {
  const Xapian::doccount size = database.get_termfreq(term);
  if (size < min_postings_ || std::size_t{size} * 10 > max_bytes_ / kMaxShare) return nullptr;
  std::string key;
  key.reserve(part.size() + 1 + term.size());
  key.append(part).append(1, '\n').append(term);
  bool is_worth_it = false;
  if (Postings found = look_up(key, is_worth_it); found || !is_worth_it) return found;
  Postings decoded = decode(database, term);
  keep(key, decoded);
  return decoded;
}

PostingCache::Postings PostingCache::look_up(const std::string& key, bool& is_worth_it) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    is_worth_it = true;
    return found->second->postings;
  }
  entries_.push_front({key, nullptr});
  by_key_.emplace(key, entries_.begin());
  bytes_ += kEntryBytes + key.size();
  return nullptr;
}

void PostingCache::keep(const std::string& key, const Postings& postings) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  if (!found->second->postings) bytes_ += postings->bytes();
  found->second->postings = postings;
  while (bytes_ > max_bytes_ && entries_.size() > 1) {
    const Entry& last = entries_.back();
    bytes_ -= kEntryBytes + last.key.size() + (last.postings ? last.postings->bytes() : 0);
    by_key_.erase(last.key);
    entries_.pop_back();
  }
}

}  // namespace broadsheet::server
