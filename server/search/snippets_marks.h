// What of a query is marked in titles and snippets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/fields.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// A word or phrase to mark.
struct MarkedTerm {
  std::vector<std::string> terms;  // word: any of them, as term or stem; phrase: exact, in a row
  std::vector<std::uint32_t> offsets;  // phrase: positions relative to the first; empty for a word
  Field field = Field::body;           // title: marked in titles alone
  double weight = 1;                   // how much finding it is worth, such as its idf
};

// Words and phrases that an article may hold because of the query: what is excluded is left out,
// and so are stop words unless there is nothing else. Terms carry no field prefix. At most 64.
[[nodiscard]] std::vector<MarkedTerm> marked_terms(const QueryNode& root);

}  // namespace broadsheet::server
