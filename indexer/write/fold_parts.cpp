// Joining parts of an index. Compaction alone joins pieces whose numbers follow one another, and it
// is ten times faster than taking articles over one by one. So parts are first made into such
// pieces: of a newer part only what lies among the numbers of older ones is taken over.
#include "indexer/write/fold_parts.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <xapian.h>

#include "indexer/write/disk_room.h"
#include "schema/doc_id.h"
#include "schema/fields.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

const std::string& tombstone_term() {
  static const std::string kTerm(row_of(Field::tombstone).prefix);
  return kTerm;
}

using Numbers = std::vector<Xapian::docid>;

// In ascending order.
Numbers tombstones_of(const Xapian::Database& part) {
  return {part.postlist_begin(tombstone_term()), part.postlist_end(tombstone_term())};
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

// What becomes a stretch of the joined part's numbers. It is copied when it is first written to.
class Piece {
 public:
  Piece(fs::path part, fs::path copy) : path_(std::move(part)), copy_(std::move(copy)) {
    const Xapian::Database database(path_.string());
    const auto first = database.postlist_begin("");
    if (first != database.postlist_end("")) first_ = *first;
  }

  [[nodiscard]] Xapian::docid first() const { return first_; }

  void replace(Xapian::docid doc, const Xapian::Document& document) {
    writable().replace_document(doc, document);
    first_ = std::min(first_, doc);
  }

  void remove(Xapian::docid doc) {
    try {
      writable().delete_document(doc);
    } catch (const Xapian::DocNotFoundError&) {
      // Hidden in a part that is not there any more, or removed before.
    }
  }

  // Where it is to be read.
  [[nodiscard]] fs::path finish() {
    if (!database_) return path_;
    database_->commit();
    database_.reset();
    return copy_;
  }

 private:
  Xapian::WritableDatabase& writable() {
    if (!database_) {
      fs::remove_all(copy_);
      fs::copy(path_, copy_, fs::copy_options::recursive);
      // Nobody reads the copy before it is compacted, so it need not survive anything.
      database_ = std::make_unique<Xapian::WritableDatabase>(
          copy_.string(), Xapian::DB_OPEN | Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC);
    }
    if (++changes_ % kPourArticles == 0) database_->commit();
    return *database_;
  }

  fs::path path_;
  fs::path copy_;
  std::unique_ptr<Xapian::WritableDatabase> database_;
  Xapian::docid first_ = kLastDocId;
  std::size_t changes_ = 0;
};

// The pieces of a joined part, each with lower numbers than the one before it: what is newer has
// lower ones, so most of a newer part lies before all that is older.
class Pieces {
 public:
  Pieces(fs::path target, Oldest is_oldest, const std::atomic<bool>& stopped)
      : target_(std::move(target)), is_oldest_(is_oldest), stopped_(stopped) {}

  ~Pieces() {
    std::error_code ignored;
    for (std::size_t i = 0; i < made_; ++i)
      fs::remove_all(copy_path(i), ignored);
  }

  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;
  Pieces(Pieces&&) = delete;
  Pieces& operator=(Pieces&&) = delete;

  // Takes in a part that is newer than all before.
  void add(const fs::path& path) {
    if (pieces_.empty()) return append(path);
    const Xapian::Database newer(path.string());
    const auto [before, among] = split(newer, pieces_.back().first());
    const Numbers gone = is_oldest_ == Oldest::yes ? tombstones_of(newer) : Numbers();
    const bool is_piece = before.size() > among.size();
    pour(newer, among, gone);
    if (!is_piece) return pour(newer, before, gone);
    append(path);
    leave_out(among);
    leave_out(gone);
  }

  std::vector<fs::path> finish() {
    std::vector<fs::path> paths;
    for (Piece& piece : pieces_)
      paths.push_back(piece.finish());
    return paths;
  }

 private:
  // The numbers before `first`, and the others.
  static std::pair<Numbers, Numbers> split(const Xapian::Database& part, Xapian::docid first) {
    std::pair<Numbers, Numbers> numbers;
    for (auto doc = part.postlist_begin(""); doc != part.postlist_end(""); ++doc)
      (*doc < first ? numbers.first : numbers.second).push_back(*doc);
    return numbers;
  }

  [[nodiscard]] fs::path copy_path(std::size_t number) const {
    return target_.string() + ".copy" + std::to_string(number);
  }

  void append(const fs::path& path) { pieces_.emplace_back(path, copy_path(made_++)); }

  Piece& piece_for(Xapian::docid doc) {
    const auto found = std::find_if(
        pieces_.begin(), pieces_.end(), [doc](const Piece& piece) { return doc >= piece.first(); });
    return found == pieces_.end() ? pieces_.back() : *found;
  }

  void pour(const Xapian::Database& newer, const Numbers& numbers, const Numbers& gone) {
    for (const Xapian::docid doc : numbers) {
      if (stopped_) return;
      if (std::binary_search(gone.begin(), gone.end(), doc)) {
        piece_for(doc).remove(doc);
      } else {
        piece_for(doc).replace(doc, newer.get_document(doc));
      }
    }
  }

  // What the last piece has no more.
  void leave_out(const Numbers& numbers) {
    for (const Xapian::docid doc : numbers) {
      if (!stopped_) pieces_.back().remove(doc);
    }
  }

  fs::path target_;
  Oldest is_oldest_;
  const std::atomic<bool>& stopped_;
  std::vector<Piece> pieces_;
  std::size_t made_ = 0;
};

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
  Pieces pieces(target, is_oldest, stopped);
  for (auto part = newest_first.rbegin(); part != newest_first.rend(); ++part)
    pieces.add(*part);
  const std::vector<fs::path> paths = pieces.finish();
  if (!stopped) join_disjoint(paths, target);
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
  return or_disk_full(std::move(folded), target.parent_path());
}

std::uint64_t count_articles(const LiveIndex& live) {
  Numbers seen;  // in the newer parts, sorted
  std::uint64_t count = 0;
  for (const fs::path& path : live.parts) {
    const Xapian::Database part(path.string());
    const Numbers gone = tombstones_of(part);
    Numbers own;
    for (auto doc = part.postlist_begin(""); doc != part.postlist_end(""); ++doc) {
      own.push_back(*doc);
      if (std::binary_search(seen.begin(), seen.end(), *doc)) continue;
      if (!std::binary_search(gone.begin(), gone.end(), *doc)) ++count;
    }
    const auto middle = static_cast<std::ptrdiff_t>(seen.size());
    seen.insert(seen.end(), own.begin(), own.end());
    std::inplace_merge(seen.begin(), seen.begin() + middle, seen.end());
  }
  return count;
}

}  // namespace broadsheet::indexer
