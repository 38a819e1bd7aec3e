// Runs in memory are what was looked up or given out; SQLite is asked only behind them.
#include "indexer/write/doc_id_allocator.h"

#include <algorithm>
#include <iterator>

namespace broadsheet::indexer {

Result<DocId> DocIdAllocator::allocate(DocId wanted) {
  DocId candidate = wanted;
  while (true) {
    candidate = behind_known_run(candidate);
    if (candidate > kLastDocId) {
      return fail(ErrorCode::internal, "no number in the index is left for this date");
    }
    auto end = end_of_stored_run(candidate);
    if (!end) return end;
    if (*end == candidate) break;
    add_run(candidate, *end);
  }
  add_run(candidate, candidate + 1);
  return candidate;
}

DocId DocIdAllocator::behind_known_run(DocId wanted) const {
  const auto next = runs_.upper_bound(wanted);
  if (next == runs_.begin()) return wanted;
  const auto& [first, end] = *std::prev(next);
  return wanted < end ? end : wanted;
}

// The number behind the run of taken ones that begins at `first`; `first` itself when it is free.
Result<DocId> DocIdAllocator::end_of_stored_run(DocId first) {
  auto prepared = catalog_->statement(
      "SELECT doc_id FROM article WHERE doc_id >= ?1 UNION ALL "
      "SELECT doc_id FROM retired_doc WHERE doc_id >= ?1 ORDER BY doc_id");
  if (!prepared) return pass_on(prepared.error());
  sqlite::Statement& rows = **prepared;
  const sqlite::StatementReset reset(rows);
  rows.bind(1, std::int64_t{first});
  DocId end = first;
  while (true) {
    auto row = rows.step();
    if (!row) return pass_on(row.error());
    if (!*row || rows.integer(0) != std::int64_t{end}) return end;
    ++end;
  }
}

void DocIdAllocator::add_run(DocId first, DocId end) {
  auto next = runs_.lower_bound(first);
  if (next != runs_.begin() && std::prev(next)->second >= first) {
    --next;
    first = next->first;
    end = std::max(end, next->second);
    next = runs_.erase(next);
  }
  while (next != runs_.end() && next->first <= end) {
    end = std::max(end, next->second);
    next = runs_.erase(next);
  }
  runs_.emplace(first, end);
}

}  // namespace broadsheet::indexer
