// Cursors: walking the numbers of matching articles in ascending order, newest first. The matcher
// is ours, so that several parts, hidden numbers, deadlines and exact counts need no detours
// through the engine's own.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "schema/doc_id.h"
#include "server/store/bm25.h"
#include "server/store/deadline.h"
#include "server/store/part_view.h"

namespace broadsheet::server {

// Where every cursor stands when it has no more articles.
inline constexpr DocId kNoMoreDocs = std::numeric_limits<DocId>::max();

// A forward walk over ascending document numbers of one part. It stands on its first article when
// made. Functions may throw Xapian::Error.
class Cursor {
 public:
  virtual ~Cursor() = default;
  Cursor() = default;
  Cursor& operator=(const Cursor&) = delete;

  [[nodiscard]] DocId doc() const { return doc_; }

  // Goes to the next article.
  virtual void next() = 0;
  // Goes to the first article at or after `target`; stays where it is when already there or beyond.
  virtual void skip_to(DocId target) = 0;

  // Goes back to its first article.
  virtual void rewind() = 0;

  // Whether the article it stands on really matches; ask before taking one. Costlier than walking
  // unless is_exact(); what it costs is told to the deadline.
  [[nodiscard]] virtual bool matches(Deadline& /*deadline*/) { return true; }

  // Whether matches() is always true.
  [[nodiscard]] bool is_exact() const { return is_exact_; }

  // How many articles it may give, at most; cheap, for ordering the work.
  [[nodiscard]] std::uint64_t size_bound() const { return size_bound_; }

 protected:
  Cursor(const Cursor&) = default;

  DocId doc_ = kNoMoreDocs;
  std::uint64_t size_bound_ = 0;
  bool is_exact_ = true;
};

// The articles that hold one term: over decoded postings where the part has them cached, else over
// Xapian's.
class TermCursor final : public Cursor {
 public:
  TermCursor(const PartView& part, std::string term);
  // A walk of its own over the same postings, from their beginning.
  TermCursor(const TermCursor& other);

  void next() override {
    if (decoded_) {
      go_to(at_ + 1);
    } else {
      ++postings_;
      stand();
    }
  }

  void skip_to(DocId target) override;
  void rewind() override;

  // The decoded postings it walks, null when it walks Xapian's; where it stands in them; and the
  // way on to another place there.
  [[nodiscard]] const DecodedPostings* decoded() const { return decoded_.get(); }

  [[nodiscard]] std::size_t place() const { return at_; }

  void go_to(std::size_t place) {
    at_ = place;
    doc_ = at_ < decoded_->docs.size() ? decoded_->docs[at_] : kNoMoreDocs;
  }

  // Occurrences in the article it stands on.
  [[nodiscard]] std::uint32_t occurrences() const {
    return decoded_ ? decoded_->occurrences[at_] : postings_.get_wdf();
  }

  // Words in the article it stands on.
  [[nodiscard]] std::uint32_t article_length() const {
    return decoded_ ? part_.roster->lengths[decoded_->ordinals[at_]] : postings_.get_doclength();
  }

  // No article scores higher for this term under `weight`.
  [[nodiscard]] double bound(const Bm25Weight& weight) const;

  // Where the term stands in that article, ascending; empty when only its inflections occur.
  [[nodiscard]] Xapian::PositionIterator positions_begin() const {
    return part_.database.positionlist_begin(doc_, term_);
  }

 private:
  void stand() { doc_ = postings_ == Xapian::PostingIterator() ? kNoMoreDocs : *postings_; }

  const PartView& part_;
  std::string term_;
  std::uint32_t most_occurrences_ = 0;
  Postings decoded_;
  std::size_t at_ = 0;                // in decoded_
  Xapian::PostingIterator postings_;  // without decoded_
};

// Articles any child gives.
class UnionCursor final : public Cursor {
 public:
  explicit UnionCursor(std::vector<std::unique_ptr<Cursor>> children);
  void next() override;
  void skip_to(DocId target) override;
  void rewind() override;
  [[nodiscard]] bool matches(Deadline& deadline) override;

 private:
  void stand();

  std::vector<std::unique_ptr<Cursor>> children_;
};

// Articles every child gives, the rarest child leading.
class IntersectionCursor final : public Cursor {
 public:
  explicit IntersectionCursor(std::vector<std::unique_ptr<Cursor>> children);
  void next() override;
  void skip_to(DocId target) override;
  void rewind() override;
  [[nodiscard]] bool matches(Deadline& deadline) override;

 private:
  void agree();

  std::vector<std::unique_ptr<Cursor>> children_;
};

// Articles of `base` that `excluded` does not give. Whether `excluded` really matches is left to
// matches() where it is costly to know.
class DifferenceCursor final : public Cursor {
 public:
  DifferenceCursor(std::unique_ptr<Cursor> base, std::unique_ptr<Cursor> excluded);
  void next() override;
  void skip_to(DocId target) override;
  void rewind() override;
  [[nodiscard]] bool matches(Deadline& deadline) override;

 private:
  void pass_excluded();

  std::unique_ptr<Cursor> base_;
  std::unique_ptr<Cursor> excluded_;
};

}  // namespace broadsheet::server
