// The finished "Read next" list under an article: the latest on its story, what came before, what
// else is new on the beat; varied, explained, ready to be shown.
#pragma once

#include "schema/result.h"
#include "schema/text.h"
#include "server/search/related.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// No kicker stands above more items of one list, compared folded. A third article of one kicker is
// shown under another label that it has (section, tag, a name that ties it to the article), else
// left out.
inline constexpr std::size_t kMostOfOneKicker = 2;

// Never holds the article, a near-duplicate of it or of another item, or what is not visible at
// `request.clock`. Of the article's own story come three items in five unless there is nothing
// else; of any other story one. What the desk has pinned stays whatever these rules say. Errors as
// find_related().
[[nodiscard]] Result<ReadNextResponse> find_read_next(ReadSession& session,
                                                      TextAnalyzer& analyzer,
                                                      const StoredArticle& article,
                                                      const ReadNextRequest& request);

}  // namespace broadsheet::server
