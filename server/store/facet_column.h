// Columns: the values of one field, article by article of a part, so that counting what many
// matches hold is a walk over arrays. Made from the index alone, in one pass over a prefix or slot.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "schema/fields.h"
#include "server/store/date_field.h"
#include "server/store/posting_cache.h"

namespace broadsheet::server {

// The labels of each article by ordinal. Immutable.
struct LabelColumn {
  std::vector<std::uint32_t> begins;  // into `values`; one more than there are articles
  std::vector<std::uint32_t> values;  // places in `names`
  std::vector<std::string> names;     // folded, as terms have them, ascending

  [[nodiscard]] std::size_t bytes() const;
};

// One time of each article by ordinal. Immutable.
struct TimeColumn {
  std::vector<ArticleTime> times;

  [[nodiscard]] std::size_t bytes() const { return times.size() * sizeof(ArticleTime); }
};

// Read from a part. Throw Xapian::Error.
[[nodiscard]] LabelColumn label_column(const Xapian::Database& part,
                                       const Roster& roster,
                                       Field field);
[[nodiscard]] TimeColumn time_column(const Xapian::Database& part,
                                     const Roster& roster,
                                     DateField field);

// A bounded store of columns, the least recently used going first. Safe from many threads. A part
// that grows has another name after each commit, so only what changed is read again.
class FacetCache {
 public:
  explicit FacetCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // `part` names the database for as long as it lives. Throw Xapian::Error.
  [[nodiscard]] std::shared_ptr<const LabelColumn> labels(const std::string& part,
                                                          const Xapian::Database& database,
                                                          const Roster& roster,
                                                          Field field);
  [[nodiscard]] std::shared_ptr<const TimeColumn> times(const std::string& part,
                                                        const Xapian::Database& database,
                                                        const Roster& roster,
                                                        DateField field);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const void> column;
    std::size_t bytes = 0;
  };

  std::shared_ptr<const void> find(const std::string& key);
  void keep(const std::string& key, std::shared_ptr<const void> column, std::size_t bytes);

  std::size_t max_bytes_;
  std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace broadsheet::server
