// NEAR and ADJ: the articles that hold all operands are walked like any others; whether they stand
// close enough is looked up for the few that matter, as phrases are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "server/store/cursor.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// Articles in which each operand of a near node stands as close to the one before it as the steps
// ask. Of words the exact forms count, since stems have no positions.
class NearCursor final : public Cursor {
 public:
  NearCursor(const PartView& part, const QueryNode& near);
  void next() override;
  void skip_to(DocId target) override;
  void rewind() override;
  [[nodiscard]] bool matches(Deadline& deadline) override;

 private:
  // Words in a row; of one word, that.
  struct Sequence {
    std::vector<std::unique_ptr<TermCursor>> terms;
    std::vector<std::uint32_t> offsets;
    std::uint32_t last_start = 0;
  };

  // Where an operand stands: the positions of its first and its last word.
  struct Stretch {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  using Operand = std::vector<Sequence>;  // any of them

  static void add_sequences(const PartView& part, const QueryNode& node, Operand& operand);
  [[nodiscard]] static std::unique_ptr<Cursor> holding(const Operand& operand);
  void find(Sequence& sequence, Deadline& deadline, std::vector<Stretch>& found) const;
  [[nodiscard]] std::vector<Stretch> find_any(Operand& operand, Deadline& deadline) const;
  static void keep_close(const std::vector<Stretch>& before,
                         const NearStep& step,
                         std::vector<Stretch>& next);
  [[nodiscard]] bool stand_close(Deadline& deadline);

  std::vector<Operand> operands_;
  std::vector<NearStep> steps_;
  std::unique_ptr<Cursor> candidates_;  // articles that hold a word or row of each operand
  DocId judged_ = 0;                    // the article matches() was last asked for, and its answer
  bool judgment_ = false;
};

}  // namespace broadsheet::server
