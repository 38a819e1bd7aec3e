// What a query with a slip in it was probably meant to be.
#pragma once

#include <string>
#include <string_view>

#include "schema/result.h"
#include "server/store/deadline.h"
#include "server/store/index_reader.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

struct Spelling {
  std::string mended;    // the query with other words; empty when there is nothing to mend
  bool is_known = true;  // some article holds each of the words looked at
};

// The query with other words for those that no article holds, or far fewer than hold a word one
// step away. A word is mended to one that is written in the
// archive, is one step away (two for seven letters or more; see are_alike()), and of those to the
// one that most articles hold together with the rest of the query. Words under four letters, with
// digits, of scripts without blanks, in labels, excluded or with a wildcard are left alone. Where
// every word is known it costs a look at their counts. `plan` was parsed from `text`.
[[nodiscard]] Result<Spelling> did_you_mean(const QueryPlan& plan,
                                            std::string_view text,
                                            IndexReader& index,
                                            Deadline::Clock::time_point until);

}  // namespace broadsheet::server
