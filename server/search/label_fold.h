// Folding by source or story: which of them an article is of, and how many matches each has.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "schema/result.h"
#include "server/search/facet_names.h"
#include "server/store/session.h"

namespace broadsheet::server {

// Of one search in one session. Borrows everything; use one per request.
class LabelFold {
 public:
  // `field`: Field::source or Field::story.
  LabelFold(ReadSession& session, FacetNames& names, Field field)
      : session_(session), names_(names), field_(field) {}

  [[nodiscard]] Field field() const { return field_; }

  // The folded id of an article's source or story; empty when it has none.
  [[nodiscard]] Result<std::string> label_of(DocId doc);

  // Counts the matches of each label, once.
  [[nodiscard]] Result<void> count(const GatherPlan& plan, Deadline& deadline);

  // How many hits a list has at most: one a label, and what has none.
  [[nodiscard]] std::size_t most_hits() const { return most_hits_; }

  // Matches of a label beside the one that is shown.
  [[nodiscard]] std::uint64_t others_of(const std::string& label) const;

 private:
  Result<bool> is_id(const std::string& folded);

  ReadSession& session_;
  FacetNames& names_;
  Field field_;
  bool is_counted_ = false;
  std::unordered_map<std::string, std::uint64_t> counts_;
  std::unordered_map<std::string, bool> is_id_;
  std::size_t most_hits_ = 0;
};

}  // namespace broadsheet::server
