// From operand to operand: of the places of the next one those remain that lie close to a place
// that remained before, so the work grows with the number of places alone.
#include "server/store/near_cursor.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "schema/text.h"

namespace broadsheet::server {
namespace {

// Positions of a term in the article it stands on; cut short where the query's share is used up.
std::vector<std::uint32_t> positions_of(const TermCursor& term, Deadline& deadline) {
  // Between two looks at the deadline: an article may hold a word a million times.
  constexpr std::uint64_t kStretch = 4096;
  // Twice what a phrase's list costs: each of a wildcard's forms lies on a page of its own.
  constexpr std::uint64_t kListSteps = 2 * Deadline::kListSteps;
  std::vector<std::uint32_t> positions;
  deadline.spend(kListSteps);
  std::uint64_t unspent = 0;
  for (auto at = term.positions_begin(); at != Xapian::PositionIterator(); ++at) {
    positions.push_back(*at);
    if (++unspent < kStretch) continue;
    deadline.spend(std::exchange(unspent, 0));
    if (deadline.has_passed()) break;
  }
  deadline.spend(unspent);
  return positions;
}

// Whether an ascending list has a number in [first, last].
bool has_between(const std::vector<std::uint32_t>& list, std::uint64_t first, std::uint64_t last) {
  const auto found = std::lower_bound(list.begin(), list.end(), first);
  return found != list.end() && *found <= last;
}

}  // namespace

NearCursor::NearCursor(const PartView& part, const QueryNode& near) : steps_(near.steps) {
  std::vector<std::unique_ptr<Cursor>> all;
  for (const QueryNode& node : near.operands) {
    Operand operand;
    add_sequences(part, node, operand);
    all.push_back(holding(operand));
    operands_.push_back(std::move(operand));
  }
  candidates_ = std::make_unique<IntersectionCursor>(std::move(all));
  size_bound_ = candidates_->size_bound();
  is_exact_ = false;
  doc_ = candidates_->doc();
}

void NearCursor::add_sequences(const PartView& part, const QueryNode& node, Operand& operand) {
  // As in a phrase: what stands lower than the body's first word is in the title.
  const std::uint32_t last_start =
      node.field == Field::title ? kTitleGap : std::numeric_limits<std::uint32_t>::max();
  const auto add_word = [&](const std::string& term) {
    Sequence sequence{{}, {0}, last_start};
    sequence.terms.push_back(std::make_unique<TermCursor>(part, term));
    operand.push_back(std::move(sequence));
  };
  if (node.kind == NodeKind::group) {
    for (const QueryNode& child : node.children)
      add_sequences(part, child, operand);
  } else if (node.kind == NodeKind::word) {
    for (const std::string& term : node.starts_with.empty() ? std::vector{node.exact} : node.terms)
      add_word(term);
  } else {
    Sequence sequence{{}, node.offsets, last_start};
    for (const std::string& term : node.terms)
      sequence.terms.push_back(std::make_unique<TermCursor>(part, term));
    operand.push_back(std::move(sequence));
  }
}

std::unique_ptr<Cursor> NearCursor::holding(const Operand& operand) {
  std::vector<std::unique_ptr<Cursor>> any;
  for (const Sequence& sequence : operand) {
    std::vector<std::unique_ptr<Cursor>> all;
    for (const auto& term : sequence.terms)
      all.push_back(std::make_unique<TermCursor>(*term));
    any.push_back(all.size() == 1 ? std::move(all.front())
                                  : std::make_unique<IntersectionCursor>(std::move(all)));
  }
  return any.size() == 1 ? std::move(any.front()) : std::make_unique<UnionCursor>(std::move(any));
}

// Adds the places where the words stand in a row.
void NearCursor::find(Sequence& sequence, Deadline& deadline, std::vector<Stretch>& found) const {
  for (const auto& term : sequence.terms) {
    term->skip_to(doc_);
    if (term->doc() != doc_) return;
  }
  std::vector<std::uint32_t> starts = positions_of(*sequence.terms.front(), deadline);
  for (std::size_t i = 1; i < sequence.terms.size() && !starts.empty(); ++i) {
    const std::vector<std::uint32_t> others = positions_of(*sequence.terms[i], deadline);
    std::erase_if(starts, [&](std::uint32_t start) {
      const std::uint64_t wanted = std::uint64_t{start} + sequence.offsets[i];
      return !has_between(others, wanted, wanted);
    });
  }
  for (const std::uint32_t start : starts) {
    if (start <= sequence.last_start) found.push_back({start, start + sequence.offsets.back()});
  }
}

std::vector<NearCursor::Stretch> NearCursor::find_any(Operand& operand, Deadline& deadline) const {
  std::vector<Stretch> found;
  for (Sequence& sequence : operand)
    find(sequence, deadline, found);
  return found;
}

// Leaves of `next` what lies close enough to one of `before`.
void NearCursor::keep_close(const std::vector<Stretch>& before,
                            const NearStep& step,
                            std::vector<Stretch>& next) {
  std::vector<std::uint32_t> begins;
  std::vector<std::uint32_t> ends;
  for (const Stretch& stretch : before) {
    begins.push_back(stretch.begin);
    ends.push_back(stretch.end);
  }
  std::sort(begins.begin(), begins.end());
  std::sort(ends.begin(), ends.end());
  std::erase_if(next, [&](const Stretch& place) {
    const std::uint64_t distance = step.distance;
    const std::uint64_t first = place.begin > distance ? place.begin - distance : 0;
    const bool is_behind = has_between(ends, first, std::uint64_t{place.begin} - 1);
    const bool is_ahead =
        !step.is_ordered && has_between(begins, std::uint64_t{place.end} + 1, place.end + distance);
    return !is_behind && !is_ahead;
  });
}

bool NearCursor::stand_close(Deadline& deadline) {
  std::vector<Stretch> reached = find_any(operands_.front(), deadline);
  for (std::size_t i = 0; i < steps_.size() && !reached.empty(); ++i) {
    if (deadline.has_passed()) return false;
    std::vector<Stretch> next = find_any(operands_[i + 1], deadline);
    keep_close(reached, steps_[i], next);
    reached = std::move(next);
  }
  return !reached.empty();
}

bool NearCursor::matches(Deadline& deadline) {
  if (judged_ == doc_) return judgment_;
  judged_ = doc_;
  judgment_ = stand_close(deadline);
  return judgment_;
}

void NearCursor::next() {
  candidates_->next();
  doc_ = candidates_->doc();
}

void NearCursor::skip_to(DocId target) {
  if (doc_ >= target) return;
  candidates_->skip_to(target);
  doc_ = candidates_->doc();
}

void NearCursor::rewind() {
  candidates_->rewind();
  for (Operand& operand : operands_) {
    for (Sequence& sequence : operand) {
      for (const auto& term : sequence.terms)
        term->rewind();
    }
  }
  doc_ = candidates_->doc();
}

}  // namespace broadsheet::server
