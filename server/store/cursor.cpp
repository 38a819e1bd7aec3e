// The cursors. Each keeps its current number in doc_, so that comparing cursors costs no call.
#include "server/store/cursor.h"

#include <algorithm>
#include <utility>

#include "server/store/meet.h"

namespace broadsheet::server {

TermCursor::TermCursor(const PartView& part, std::string term)
    : part_(part), term_(std::move(term)) {
  PostingCache::Term known = part.find(term_);
  size_bound_ = known.facts.articles;
  most_occurrences_ = known.facts.most_occurrences;
  decoded_ = std::move(known.postings);
  TermCursor::rewind();
}

// Copies of one Xapian iterator move together, so that is not copied.
TermCursor::TermCursor(const TermCursor& other)
    : Cursor(other),
      part_(other.part_),
      term_(other.term_),
      most_occurrences_(other.most_occurrences_),
      decoded_(other.decoded_) {
  TermCursor::rewind();
}

void TermCursor::rewind() {
  if (decoded_) {
    go_to(0);
  } else if (size_bound_ > 0) {
    postings_ = part_.database.postlist_begin(term_);
    stand();
  }
}

double TermCursor::bound(const Bm25Weight& weight) const {
  if (!decoded_) return weight.bound(most_occurrences_);
  double bound = 0;
  for (const auto& [occurrences, length] : decoded_->peaks) {
    bound = std::max(bound, weight.score(occurrences, length));
  }
  return bound;
}

void TermCursor::skip_to(DocId target) {
  if (doc_ >= target) return;
  if (!decoded_) {
    postings_.skip_to(target);
    stand();
    return;
  }
  // Gallops: most targets lie near.
  const std::vector<DocId>& docs = decoded_->docs;
  std::size_t step = 1;
  std::size_t low = at_;
  while (low + step < docs.size() && docs[low + step] < target) {
    low += step;
    step *= 2;
  }
  const auto begin = docs.begin() + static_cast<std::ptrdiff_t>(low);
  const auto end =
      docs.begin() + static_cast<std::ptrdiff_t>(std::min(low + step + 1, docs.size()));
  go_to(static_cast<std::size_t>(std::lower_bound(begin, end, target) - docs.begin()));
}

UnionCursor::UnionCursor(std::vector<std::unique_ptr<Cursor>> children)
    : children_(std::move(children)) {
  // Where one that costs nothing to ask matches, the others need not be asked.
  std::stable_partition(
      children_.begin(), children_.end(), [](const auto& child) { return child->is_exact(); });
  for (const auto& child : children_) {
    size_bound_ += child->size_bound();
    is_exact_ = is_exact_ && child->is_exact();
  }
  stand();
}

void UnionCursor::stand() {
  doc_ = kNoMoreDocs;
  for (const auto& child : children_)
    doc_ = std::min(doc_, child->doc());
}

void UnionCursor::next() {
  const DocId current = doc_;
  for (const auto& child : children_) {
    if (child->doc() == current) child->next();
  }
  stand();
}

void UnionCursor::skip_to(DocId target) {
  if (doc_ >= target) return;
  for (const auto& child : children_)
    child->skip_to(target);
  stand();
}

void UnionCursor::rewind() {
  for (const auto& child : children_)
    child->rewind();
  stand();
}

bool UnionCursor::matches(Deadline& deadline) {
  return std::any_of(children_.begin(), children_.end(), [&](const auto& child) {
    return child->doc() == doc_ && child->matches(deadline);
  });
}

IntersectionCursor::IntersectionCursor(std::vector<std::unique_ptr<Cursor>> children)
    : children_(std::move(children)) {
  std::sort(children_.begin(), children_.end(), [](const auto& a, const auto& b) {
    return a->size_bound() < b->size_bound();
  });
  size_bound_ = children_.front()->size_bound();
  is_exact_ = std::all_of(
      children_.begin(), children_.end(), [](const auto& child) { return child->is_exact(); });
  agree();
}

void IntersectionCursor::agree() {
  doc_ = meet(children_);
}

void IntersectionCursor::next() {
  children_.front()->next();
  agree();
}

void IntersectionCursor::skip_to(DocId target) {
  if (doc_ >= target) return;
  children_.front()->skip_to(target);
  agree();
}

void IntersectionCursor::rewind() {
  for (const auto& child : children_)
    child->rewind();
  agree();
}

bool IntersectionCursor::matches(Deadline& deadline) {
  return std::all_of(children_.begin(), children_.end(), [&](const auto& child) {
    return child->matches(deadline);
  });
}

DifferenceCursor::DifferenceCursor(std::unique_ptr<Cursor> base, std::unique_ptr<Cursor> excluded)
    : base_(std::move(base)), excluded_(std::move(excluded)) {
  size_bound_ = base_->size_bound();
  is_exact_ = base_->is_exact() && excluded_->is_exact();
  pass_excluded();
}

void DifferenceCursor::pass_excluded() {
  while (excluded_->is_exact() && base_->doc() != kNoMoreDocs) {
    excluded_->skip_to(base_->doc());
    if (excluded_->doc() != base_->doc()) break;
    base_->next();
  }
  doc_ = base_->doc();
}

bool DifferenceCursor::matches(Deadline& deadline) {
  if (!base_->matches(deadline)) return false;
  if (excluded_->is_exact()) return true;
  excluded_->skip_to(doc_);
  return excluded_->doc() != doc_ || !excluded_->matches(deadline);
}

void DifferenceCursor::rewind() {
  base_->rewind();
  excluded_->rewind();
  pass_excluded();
}

void DifferenceCursor::next() {
  base_->next();
  pass_excluded();
}

void DifferenceCursor::skip_to(DocId target) {
  if (doc_ >= target) return;
  base_->skip_to(target);
  pass_excluded();
}

}  // namespace broadsheet::server
