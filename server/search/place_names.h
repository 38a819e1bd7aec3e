// What news calls a place and its people: who asks for Japan is served by Japanese, too.
#pragma once

#include "server/search/query_terms.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// Gives each word that names a country, a continent or its people, as it was typed, its kin: the
// other names of it. What matches stays as it was. Quoted words, those of NEAR, wildcards, title:
// and what is excluded have none. `terms`: those of the query.
void add_place_names(QueryNode& root, QueryTerms& terms);

}  // namespace broadsheet::server
