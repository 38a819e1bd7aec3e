// Folding by source: which source an article is of, and how many matches each source has.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "schema/result.h"
#include "server/search/facet_names.h"
#include "server/store/session.h"

namespace broadsheet::server {

// Of one search in one session. Borrows everything; use one per request.
class SourceFold {
 public:
  SourceFold(ReadSession& session, FacetNames& names) : session_(session), names_(names) {}

  // The folded id of an article's source; empty when it has none.
  [[nodiscard]] Result<std::string> source_of(DocId doc);

  // Counts the matches of each source, once.
  [[nodiscard]] Result<void> count(const GatherPlan& plan, Deadline& deadline);

  // How many hits a list has at most: one a source, and what has none.
  [[nodiscard]] std::size_t most_hits() const { return most_hits_; }

  // Matches of a source beside the one that is shown.
  [[nodiscard]] std::uint64_t others_of(const std::string& source) const;

 private:
  Result<bool> is_id(const std::string& folded);

  ReadSession& session_;
  FacetNames& names_;
  bool is_counted_ = false;
  std::unordered_map<std::string, std::uint64_t> counts_;
  std::unordered_map<std::string, bool> is_id_;
  std::size_t most_hits_ = 0;
};

}  // namespace broadsheet::server
