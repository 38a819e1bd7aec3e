// The cursors. Each keeps its current number in doc_, so that comparing cursors costs no call.
#include "server/store/cursor.h"

#include <algorithm>
#include <utility>

namespace broadsheet::server {
namespace {

// Brings all cursors to one number at or after the first one's; kNoMoreDocs when there is none.
template <typename CursorPointer>
DocId meet(std::vector<CursorPointer>& cursors) {
  DocId target = cursors.front()->doc();
  std::size_t agreed = 1;
  std::size_t i = 0;
  while (agreed < cursors.size() && target != kNoMoreDocs) {
    i = (i + 1) % cursors.size();
    Cursor& cursor = *cursors[i];
    cursor.skip_to(target);
    if (cursor.doc() == target) {
      ++agreed;
    } else {
      target = cursor.doc();
      agreed = 1;
    }
  }
  return target;
}

}  // namespace

TermCursor::TermCursor(const PartView& part, std::string term)
    : part_(part), term_(std::move(term)) {
  size_bound_ = part.database.get_termfreq(term_);
  if (part.cache != nullptr) decoded_ = part.cache->find(part.name, part.database, term_);
  if (decoded_) {
    doc_ = decoded_->docs.front();
  } else {
    postings_ = part.database.postlist_begin(term_);
    stand();
  }
}

double TermCursor::bound(const Bm25Weight& weight) const {
  if (!decoded_) return weight.bound(part_.database.get_wdf_upper_bound(term_));
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
  at_ = static_cast<std::size_t>(std::lower_bound(begin, end, target) - docs.begin());
  doc_ = at_ < docs.size() ? docs[at_] : kNoMoreDocs;
}

UnionCursor::UnionCursor(std::vector<std::unique_ptr<Cursor>> children)
    : children_(std::move(children)) {
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

bool UnionCursor::matches() {
  return std::any_of(children_.begin(), children_.end(), [this](const auto& child) {
    return child->doc() == doc_ && child->matches();
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

bool IntersectionCursor::matches() {
  return std::all_of(
      children_.begin(), children_.end(), [](const auto& child) { return child->matches(); });
}

DifferenceCursor::DifferenceCursor(std::unique_ptr<Cursor> base, std::unique_ptr<Cursor> excluded)
    : base_(std::move(base)), excluded_(std::move(excluded)) {
  size_bound_ = base_->size_bound();
  is_exact_ = base_->is_exact();
  pass_excluded();
}

void DifferenceCursor::pass_excluded() {
  while (base_->doc() != kNoMoreDocs) {
    excluded_->skip_to(base_->doc());
    if (excluded_->doc() != base_->doc() || !excluded_->matches()) break;
    base_->next();
  }
  doc_ = base_->doc();
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

PhraseCursor::PhraseCursor(const PartView& part,
                           const std::vector<std::string>& terms,
                           const std::vector<std::uint32_t>& offsets,
                           std::uint32_t last_start)
    : last_start_(last_start) {
  std::vector<std::pair<std::unique_ptr<TermCursor>, std::uint32_t>> pairs;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    pairs.emplace_back(std::make_unique<TermCursor>(part, terms[i]), offsets[i]);
  }
  std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) {
    return a.first->size_bound() < b.first->size_bound();
  });
  for (auto& [cursor, offset] : pairs) {
    terms_.push_back(std::move(cursor));
    offsets_.push_back(offset);
  }
  size_bound_ = terms_.front()->size_bound();
  is_exact_ = false;
  doc_ = meet(terms_);
}

bool PhraseCursor::matches() {
  if (judged_ != doc_) {
    judged_ = doc_;
    judgment_ = stands_in_a_row();
  }
  return judgment_;
}

// Whether each of the other terms stands at its distance from `start`.
bool PhraseCursor::all_stand(std::vector<Xapian::PositionIterator>& others,
                             std::uint32_t start) const {
  const Xapian::PositionIterator end;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const std::uint32_t wanted = start + offsets_[i + 1];
    if (others[i] != end) others[i].skip_to(wanted);
    if (others[i] == end || *others[i] != wanted) return false;
  }
  return true;
}

// Walks the positions of the rarest term and looks for the others at their distance.
bool PhraseCursor::stands_in_a_row() {
  const Xapian::PositionIterator end;
  auto lead = terms_.front()->positions_begin();
  std::vector<Xapian::PositionIterator> others;
  for (std::size_t i = 1; i < terms_.size() && lead != end; ++i) {
    others.push_back(terms_[i]->positions_begin());
    if (others.back() == end) return false;
  }
  for (; lead != end; ++lead) {
    if (*lead < offsets_.front()) continue;
    const std::uint32_t start = *lead - offsets_.front();
    if (start > last_start_) return false;
    if (all_stand(others, start)) return true;
  }
  return false;
}

void PhraseCursor::next() {
  terms_.front()->next();
  doc_ = meet(terms_);
}

void PhraseCursor::skip_to(DocId target) {
  if (doc_ >= target) return;
  terms_.front()->skip_to(target);
  doc_ = meet(terms_);
}

}  // namespace broadsheet::server
