// Postings of common words, decoded once and kept: walking an array is several times cheaper than
// walking Xapian's compressed blocks. What is asked of every term (how many articles hold it) is
// kept beside. A part that grows has another name after each commit.
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

// The articles of one part in ascending order of numbers. An article's place in it is its ordinal:
// numbers lie far apart, ordinals side by side. Immutable.
struct Roster {
  std::vector<DocId> docs;
  std::vector<std::uint32_t> lengths;  // in words

  // The place of a number that the part holds, sought from `from` on.
  [[nodiscard]] std::uint32_t ordinal_of(DocId doc, std::uint32_t from) const;
};

// Reads a part from end to end. May throw Xapian::Error.
[[nodiscard]] Roster roster_of(const Xapian::Database& part);

// All postings of one term in one part, in ascending order of numbers. Immutable.
struct DecodedPostings {
  std::vector<DocId> docs;
  std::vector<std::uint32_t> ordinals;     // of the same articles
  std::vector<std::uint16_t> occurrences;  // 65,535 stands for more
  // The shortest article for each number of occurrences: no posting can score higher than all of
  // these.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> peaks;  // occurrences, length

  [[nodiscard]] std::size_t bytes() const { return docs.size() * 10 + sizeof *this; }
};

using Postings = std::shared_ptr<const DecodedPostings>;

// What a part knows of a term without walking it.
struct TermFacts {
  std::uint32_t articles = 0;          // that hold it
  std::uint32_t most_occurrences = 0;  // in one article, at most; 0: an exact form, or a label
};

// May throw Xapian::Error.
[[nodiscard]] TermFacts facts_of(const Xapian::Database& part, const std::string& term);

class FacetCache;

// A bounded store, the least recently used going first. Safe from many threads.
class PostingCache {
 public:
  // Lists shorter than `min_postings` are as quick to walk in place.
  explicit PostingCache(std::size_t max_bytes, std::size_t min_postings = 256);

  struct Term {
    TermFacts facts;
    Postings postings;  // null where they are to be walked in place
  };

  // `part` names the database for as long as it lives. These may throw Xapian::Error.
  [[nodiscard]] std::shared_ptr<const Roster> roster(const std::string& part,
                                                     const Xapian::Database& database);
  [[nodiscard]] TermFacts facts(const std::string& part,
                                const Xapian::Database& database,
                                const std::string& term);
  // With its postings, decoded now when that is worth it.
  [[nodiscard]] Term find(const std::string& part,
                          const Xapian::Database& database,
                          const Roster& roster,
                          const std::string& term);

  // What is kept of articles' labels and times: twice `max_bytes` at most.
  [[nodiscard]] FacetCache& columns() { return *columns_; }

 private:
  struct Entry {
    std::string key;
    Term term;
    bool is_wanted = false;  // its postings were asked for before
  };

  Term look_up(const std::string& key,
               const Xapian::Database& database,
               const std::string& term,
               bool wants_postings,
               bool& was_wanted);
  void keep(const std::string& key, const Postings& postings);
  void make_room();

  std::size_t max_bytes_;
  std::size_t min_postings_;
  std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  std::unordered_map<std::string, std::weak_ptr<const Roster>> rosters_;
  std::shared_ptr<FacetCache> columns_;
};

}  // namespace broadsheet::server
