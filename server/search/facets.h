// Counting what a search matches: facets, the histogram, and with them the exact total.
#pragma once

#include <map>
#include <unordered_set>
#include <vector>

#include "schema/result.h"
#include "server/search/facet_names.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// Whether a request asks for more than hits.
[[nodiscard]] bool wants_counts(const SearchRequest& request);

// Counts for one search in one session. Borrows everything; use one per request.
class MatchCounting {
 public:
  // The tree and its reading are those that the hits were found with; `gone`: articles taken down
  // since the index was written.
  struct Search {
    const SearchRequest& request;
    const QueryNode& root;
    Reading reading;
    const std::unordered_set<DocId>& gone;
  };

  MatchCounting(ReadSession& session, FacetNames& names, const Search& search);

  // Fills facets and histogram, and the total where it comes out exact. invalid_argument: the
  // histogram would have too many buckets.
  [[nodiscard]] Result<void> fill(SearchResponse& response);

 private:
  // All matches, or without the filters on a facet's own field.
  Result<const AllMatches*> matches_for(std::optional<Field> own);
  [[nodiscard]] bool has_filter_on(Field field) const;
  Result<Facet> facet(const FacetRow& row);
  Result<std::vector<FacetValue>> label_values(const AllMatches& matches, Field field);
  Result<std::vector<FacetValue>> year_values(const AllMatches& matches);

  ReadSession& session_;
  FacetNames& names_;
  const Search search_;
  const TimeZone zone_;
  Deadline deadline_;
  std::size_t sets_to_come_ = 0;  // of matches still to be gathered
  std::map<std::optional<Field>, AllMatches> gathered_;
};

}  // namespace broadsheet::server
