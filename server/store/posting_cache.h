// Postings of common words, decoded once and kept: walking an array is several times cheaper than
// walking Xapian's compressed blocks, and the article lengths lie beside. Only parts that never
// change are cached.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xapian.h>

#include "schema/doc_id.h"

namespace broadsheet::server {

// All postings of one term in one part, in ascending order of numbers. Immutable.
struct DecodedPostings {
  std::vector<DocId> docs;
  std::vector<std::uint32_t> lengths;      // words of the article
  std::vector<std::uint16_t> occurrences;  // 65,535 stands for more
  // The shortest article for each number of occurrences: no posting can score higher than all of
  // these.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> peaks;  // occurrences, length

  [[nodiscard]] std::size_t bytes() const { return docs.size() * 10 + sizeof *this; }
};

// A bounded store of decoded postings, the least recently used going first. Safe from many threads.
class PostingCache {
 public:
  using Postings = std::shared_ptr<const DecodedPostings>;

  // Lists shorter than `min_postings` are as quick to walk in place.
  explicit PostingCache(std::size_t max_bytes, std::size_t min_postings = 256)
      : max_bytes_(max_bytes), min_postings_(min_postings) {}

  // The postings of a term, decoded now when the term was asked for before and is common enough to
  // be worth it; null otherwise. `part` names the database for as long as it lives. May throw
  // Xapian::Error.
  [[nodiscard]] Postings find(const std::string& part,
                              const Xapian::Database& database,
                              const std::string& term);

 private:
  struct Entry {
    std::string key;
    Postings postings;  // null: asked for once, not decoded yet
  };

  Postings look_up(const std::string& key, bool& is_worth_it);
  void keep(const std::string& key, const Postings& postings);

  std::size_t max_bytes_;
  std::size_t min_postings_;
  std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace broadsheet::server
