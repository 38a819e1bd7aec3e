// Looking for a row: each word of the phrase names the first beginning at which it can stand, the
// farthest of these is asked of the others, until all name the same.
#include "server/store/phrase_cursor.h"

#include <algorithm>
#include <map>
#include <utility>

#include "server/store/meet.h"

namespace broadsheet::server {

bool TermPositions::read_one(std::uint64_t& steps) {
  if (!is_looked_up_) {
    next_ = term_->positions_begin();
    is_looked_up_ = true;
    steps += Deadline::kListSteps;
  }
  if (next_ == Xapian::PositionIterator()) return false;
  read_.push_back(*next_);
  ++next_;
  return true;
}

std::optional<std::uint32_t> TermPositions::at_or_after(std::uint32_t target,
                                                        std::size_t& index,
                                                        std::uint64_t& steps) {
  for (;; ++index) {
    ++steps;
    if (index == read_.size() && !read_one(steps)) return std::nullopt;
    if (read_[index] >= target) return read_[index];
  }
}

PhraseCursor::PhraseCursor(const PartView& part,
                           const std::vector<std::string>& terms,
                           const std::vector<std::uint32_t>& offsets,
                           std::uint32_t last_start)
    : last_start_(last_start) {
  std::map<std::string, std::vector<std::uint32_t>> offsets_of;
  for (std::size_t i = 0; i < terms.size(); ++i)
    offsets_of[terms[i]].push_back(offsets[i]);
  std::vector<std::pair<std::unique_ptr<TermCursor>, std::vector<std::uint32_t>>> words;
  words.reserve(offsets_of.size());
  for (auto& [term, places] : offsets_of)
    words.emplace_back(std::make_unique<TermCursor>(part, term), std::move(places));
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
    return a.first->size_bound() < b.first->size_bound();
  });
  for (auto& [cursor, places] : words) {
    for (const std::uint32_t offset : places)
      places_.push_back({terms_.size(), offset});
    terms_.push_back(std::move(cursor));
  }
  positions_.resize(terms_.size());
  size_bound_ = terms_.front()->size_bound();
  is_exact_ = false;
  doc_ = meet(terms_);
}

bool PhraseCursor::matches(Deadline& deadline) {
  if (judged_ == doc_) return judgment_;
  std::uint64_t steps = 0;
  judged_ = doc_;
  judgment_ = stands_in_a_row(steps);
  deadline.spend(steps);
  return judgment_;
}

// A word that disagrees sends the search back to the rarest ones, so that the lists of common words
// are looked up only where the rare ones stand right.
bool PhraseCursor::stands_in_a_row(std::uint64_t& steps) {
  for (std::size_t i = 0; i < terms_.size(); ++i)
    positions_[i].open(*terms_[i]);
  for (Place& place : places_)
    place.index = 0;
  std::uint32_t start = 0;
  for (std::size_t i = 0; i < places_.size();) {
    Place& place = places_[i];
    const auto found = positions_[place.term].at_or_after(start + place.offset, place.index, steps);
    if (!found) return false;
    const std::uint32_t wanted = *found - place.offset;
    if (wanted > last_start_) return false;
    i = i == 0 || wanted == start ? i + 1 : 0;
    start = wanted;
  }
  return true;
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

void PhraseCursor::rewind() {
  for (const auto& term : terms_)
    term->rewind();
  doc_ = meet(terms_);
}

}  // namespace broadsheet::server
