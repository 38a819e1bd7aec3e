// Joining parts of an index. Compaction alone joins parts whose numbers do not overlap; otherwise a
// copy of the oldest takes the newer ones' documents and is compacted.
#include "indexer/write/fold_parts.h"

#include <algorithm>
#include <string>
#include <utility>

#include <xapian.h>

#include "schema/fields.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

const std::string& tombstone_term() {
  static const std::string kTerm(row_of(Field::tombstone).prefix);
  return kTerm;
}

bool is_tombstone(const Xapian::Database& part, Xapian::docid doc) {
  Xapian::PostingIterator found = part.postlist_begin(tombstone_term());
  if (found == part.postlist_end(tombstone_term())) return false;
  found.skip_to(doc);
  return found != part.postlist_end(tombstone_term()) && *found == doc;
}

// Whether compaction alone does it: no tombstones, and number ranges one after the other.
bool is_disjoint(const std::vector<fs::path>& parts) {
  std::vector<std::pair<Xapian::docid, Xapian::docid>> ranges;
  for (const fs::path& path : parts) {
    const Xapian::Database part(path.string());
    if (part.get_doccount() == 0 || part.term_exists(tombstone_term())) return false;
    ranges.emplace_back(*part.postlist_begin(""), part.get_lastdocid());
  }
  std::sort(ranges.begin(), ranges.end());
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first <= ranges[i - 1].second) return false;
  }
  return true;
}

// Beyond so many articles between two commits the engine's memory of changes slows down.
constexpr std::size_t kPourArticles = 100;

void pour(const Xapian::Database& newer,
          Xapian::WritableDatabase& into,
          Oldest is_oldest,
          const std::atomic<bool>& stopped) {
  std::size_t poured = 0;
  for (auto doc = newer.postlist_begin(""); doc != newer.postlist_end("") && !stopped; ++doc) {
    if (++poured % kPourArticles == 0) into.commit();
    if (is_oldest == Oldest::no || !is_tombstone(newer, *doc)) {
      into.replace_document(*doc, newer.get_document(*doc));
      continue;
    }
    try {
      into.delete_document(*doc);
    } catch (const Xapian::DocNotFoundError&) {
      // Hidden in a part that is not there any more.
    }
  }
}

void set_joined_metadata(const std::vector<fs::path>& newest_first, const fs::path& part) {
  Xapian::WritableDatabase joined(part.string(), Xapian::DB_OPEN);
  const Xapian::Database newest(newest_first.front().string());
  joined.set_metadata(kAppliedSeqKey, newest.get_metadata(kAppliedSeqKey));
  joined.set_metadata(kDisplacementKey, newest.get_metadata(kDisplacementKey));
  joined.set_metadata(kFrontKey, "");
  joined.commit();
}

void join_disjoint(const std::vector<fs::path>& parts, const fs::path& target) {
  Xapian::Database all;
  for (const fs::path& part : parts)
    all.add_database(Xapian::Database(part.string()));
  all.compact(target.string(), Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
}

void join_overlapping(const std::vector<fs::path>& newest_first,
                      const fs::path& target,
                      Oldest is_oldest,
                      const std::atomic<bool>& stopped) {
  const fs::path copy = target.string() + ".copy";
  fs::copy(newest_first.back(),
           copy,
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  {
    // Nobody reads the copy before it is compacted, so it need not survive anything.
    Xapian::WritableDatabase into(copy.string(),
                                  Xapian::DB_OPEN | Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC);
    for (auto part = newest_first.rbegin() + 1; part != newest_first.rend(); ++part) {
      pour(Xapian::Database(part->string()), into, is_oldest, stopped);
    }
    into.commit();
  }
  if (!stopped) join_disjoint({copy}, target);
  fs::remove_all(copy);
}

}  // namespace

Result<void> join_parts(const std::vector<fs::path>& parts, const fs::path& target) {
  return xapian_try([&] { join_disjoint(parts, target); });
}

Result<void> fold_parts(const std::vector<fs::path>& newest_first,
                        const fs::path& target,
                        Oldest is_oldest,
                        const std::atomic<bool>& stopped) {
  auto folded = xapian_try([&] {
    if (is_disjoint(newest_first)) {
      join_disjoint(newest_first, target);
    } else {
      join_overlapping(newest_first, target, is_oldest, stopped);
    }
    if (!stopped) set_joined_metadata(newest_first, target);
  });
  if (folded && stopped) return fail(ErrorCode::interrupted, "the join was interrupted");
  return folded;
}

std::uint64_t count_articles(const LiveIndex& live) {
  std::vector<Xapian::docid> seen;  // in the newer parts, sorted
  std::uint64_t count = 0;
  for (const fs::path& path : live.parts) {
    const Xapian::Database part(path.string());
    const bool has_tombstones = part.term_exists(tombstone_term());
    std::vector<Xapian::docid> own;
    for (auto doc = part.postlist_begin(""); doc != part.postlist_end(""); ++doc) {
      own.push_back(*doc);
      if (std::binary_search(seen.begin(), seen.end(), *doc)) continue;
      if (!has_tombstones || !is_tombstone(part, *doc)) ++count;
    }
    const auto middle = static_cast<std::ptrdiff_t>(seen.size());
    seen.insert(seen.end(), own.begin(), own.end());
    std::inplace_merge(seen.begin(), seen.begin() + middle, seen.end());
  }
  return count;
}

}  // namespace broadsheet::indexer
