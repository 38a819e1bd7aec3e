// Ranked lists fixed for clients that page through them, kept a while so that no page shifts.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "server/store/match.h"

namespace broadsheet::server {

// A bounded cache of ranked lists. Safe from many threads.
class FixedLists {
 public:
  using List = std::shared_ptr<const std::vector<FoundDoc>>;

  // Keeps a list under a new number, never 0. `fingerprint`: of the request it answers. `clock` in
  // seconds; the oldest go when there are too many.
  std::uint64_t keep(List list, std::uint64_t fingerprint, std::int64_t clock);

  // The list, or null when it was never kept for this request or is older than ten minutes. Another
  // server, or this one before a restart, gave out the same numbers.
  [[nodiscard]] List find(std::uint64_t number, std::uint64_t fingerprint, std::int64_t clock);

 private:
  struct Entry {
    std::uint64_t number;
    std::uint64_t fingerprint;
    std::int64_t kept_at;
    List list;
  };

  static constexpr std::int64_t kKeepSeconds = 600;
  static constexpr std::size_t kMaxLists = 256;  // of at most 1,000 hits: about 6 MB

  std::mutex mutex_;
  std::list<Entry> entries_;  // oldest first
  std::uint64_t next_ = 1;
};

}  // namespace broadsheet::server
