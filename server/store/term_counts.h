// How many articles hold a term, remembered by the term's hash: one flat table, because comparing
// articles asks for tens of thousands of terms in a few milliseconds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace broadsheet::server {

// Open addressing with linear probing. Not thread-safe.
class TermCounts {
 public:
  // `hash`: fnv1a_64() of the term; two terms with one hash would share a count, which is rarer
  // than a damaged disk.
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash) const {
    if (entries_.empty()) return std::nullopt;
    for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
      if (entries_[i].hash == hash) return entries_[i].count;
      if (entries_[i].hash == 0) return std::nullopt;
    }
  }

  // Forgets everything first when there are kMaxTerms.
  void add(std::uint64_t hash, std::uint32_t count) {
    if (used_ == kMaxTerms) clear();
    if (2 * (used_ + 1) > entries_.size()) grow();
    place({hash, count});
    ++used_;
  }

  void clear() {
    entries_.clear();
    used_ = 0;
  }

 private:
  // 32 MiB when full; an archive of some hundred thousand articles has fewer terms.
  static constexpr std::size_t kMaxTerms = std::size_t{1} << 20U;
  static constexpr std::size_t kFirstSize = std::size_t{1} << 14U;

  struct Entry {
    std::uint64_t hash = 0;  // 0: free
    std::uint32_t count = 0;
  };

  [[nodiscard]] std::size_t mask() const { return entries_.size() - 1; }

  void place(Entry entry) {
    std::size_t i = entry.hash & mask();
    while (entries_[i].hash != 0)
      i = (i + 1) & mask();
    entries_[i] = entry;
  }

  void grow() {
    std::vector<Entry> old(entries_.empty() ? kFirstSize : 2 * entries_.size());
    old.swap(entries_);
    for (const Entry& entry : old) {
      if (entry.hash != 0) place(entry);
    }
  }

  std::vector<Entry> entries_;
  std::size_t used_ = 0;
};

}  // namespace broadsheet::server
