// A few hundred entries: a list walked from its end is quicker to read than an index over it.
#include "server/search/fixed_lists.h"

#include <algorithm>

namespace broadsheet::server {

std::uint64_t FixedLists::keep(List list, std::uint64_t fingerprint, std::int64_t clock) {
  const std::scoped_lock lock(mutex_);
  if (entries_.size() == kMaxLists) entries_.pop_front();
  entries_.push_back({next_, fingerprint, clock, std::move(list)});
  return next_++;
}

FixedLists::List FixedLists::find(std::uint64_t number,
                                  std::uint64_t fingerprint,
                                  std::int64_t clock) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::find_if(entries_.rbegin(), entries_.rend(), [&](const Entry& entry) {
    return entry.number == number && entry.fingerprint == fingerprint;
  });
  if (found == entries_.rend() || found->kept_at + kKeepSeconds < clock) return nullptr;
  return found->list;
}

}  // namespace broadsheet::server
