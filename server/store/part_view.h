// One part of the live index as a reader sees it: its database, and which of its numbers newer
// parts hide.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "schema/doc_id.h"
#include "server/store/facet_column.h"
#include "server/store/posting_cache.h"

namespace broadsheet::server {

// Belongs to one session; not thread-safe.
struct PartView {
  Xapian::Database database;
  std::string name;               // of what is open: under one name nothing changes
  PostingCache* cache = nullptr;  // null: nothing is kept; outlives the part
  std::shared_ptr<const Roster> roster;
  std::shared_ptr<const std::vector<DocId>>
      hidden_numbers;            // ascending: all numbers of newer parts
  std::uint64_t hidden = 0;      // articles of this part that are hidden
  std::uint64_t tombstones = 0;  // documents that only hide
  bool has_undated = false;

  // Articles that can be found in this part.
  [[nodiscard]] std::uint64_t articles() const {
    return database.get_doccount() - hidden - tombstones;
  }

  // What the part knows of a term. May throw Xapian::Error, as the next.
  [[nodiscard]] TermFacts facts(const std::string& term) const;
  [[nodiscard]] PostingCache::Term find(const std::string& term) const;
  // Read when first asked for, then kept where there is a cache.
  [[nodiscard]] std::shared_ptr<const LabelColumn> labels(Field field) const;
  [[nodiscard]] std::shared_ptr<const TimeColumn> times(DateField field) const;
};

// Tells which numbers of a part are hidden, asked in ascending order.
class HiddenWalk {
 public:
  explicit HiddenWalk(const PartView& part) : numbers_(*part.hidden_numbers) {}

  [[nodiscard]] bool hides(DocId doc) {
    while (next_ < numbers_.size() && numbers_[next_] < doc)
      ++next_;
    return next_ < numbers_.size() && numbers_[next_] == doc;
  }

 private:
  const std::vector<DocId>& numbers_;
  std::size_t next_ = 0;
};

// The exact publication times of a part's articles, asked in ascending order of numbers.
class PublishedWalk {
 public:
  explicit PublishedWalk(const Xapian::Database& part);

  // Seconds since 1970 UTC; empty when undated.
  [[nodiscard]] std::optional<std::int64_t> at(DocId doc);

 private:
  const Xapian::Database& part_;
  std::optional<Xapian::ValueIterator> values_;  // opened when first asked
};

// Which publication times are a day only, asked in ascending order of numbers.
class WholeDayWalk {
 public:
  explicit WholeDayWalk(const Xapian::Database& part) : part_(part) {}

  [[nodiscard]] bool is_published(DocId doc);

 private:
  const Xapian::Database& part_;
  std::optional<Xapian::ValueIterator> values_;  // opened when first asked
};

}  // namespace broadsheet::server
