// Phrases: the articles that hold all words are walked like any others; whether the words stand in
// a row is looked up for the few that matter, for it costs a hundred times as much.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "server/store/cursor.h"

namespace broadsheet::server {

// Where one term stands in one article, read as far as somebody asks.
class TermPositions {
 public:
  // Of the article `term` stands on; looked up when first asked for.
  void open(const TermCursor& term) {
    term_ = &term;
    is_looked_up_ = false;
    read_.clear();
  }

  // The first position at or after `target`; `index`, from where it is sought, moves there. Adds to
  // `steps` what it cost.
  [[nodiscard]] std::optional<std::uint32_t> at_or_after(std::uint32_t target,
                                                         std::size_t& index,
                                                         std::uint64_t& steps);

 private:
  [[nodiscard]] bool read_one(std::uint64_t& steps);

  const TermCursor* term_ = nullptr;
  bool is_looked_up_ = false;
  Xapian::PositionIterator next_;
  std::vector<std::uint32_t> read_;
};

// Articles in which the terms' exact forms stand `offsets` apart from the first, which stands at or
// before `last_start`. Walks the articles that hold all terms; matches() looks at the positions.
class PhraseCursor final : public Cursor {
 public:
  PhraseCursor(const PartView& part,
               const std::vector<std::string>& terms,
               const std::vector<std::uint32_t>& offsets,
               std::uint32_t last_start);
  void next() override;
  void skip_to(DocId target) override;
  void rewind() override;
  [[nodiscard]] bool matches(Deadline& deadline) override;

 private:
  // A word of the phrase.
  struct Place {
    std::size_t term = 0;
    std::uint32_t offset = 0;
    std::size_t index = 0;  // in the term's positions
  };

  [[nodiscard]] bool stands_in_a_row(std::uint64_t& steps);

  std::vector<std::unique_ptr<TermCursor>> terms_;  // each once, rarest first
  std::vector<TermPositions> positions_;            // theirs
  std::vector<Place> places_;                       // those of the rarest term first
  std::uint32_t last_start_;
  DocId judged_ = 0;  // the article matches() was last asked for, and its answer
  bool judgment_ = false;
};

}  // namespace broadsheet::server
