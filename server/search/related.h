// Related links: what came before, what is new, what was already covered. See schema/README.md for
// what of an article the index keeps, and RelatedFinder's source for the ranking and where its
// numbers come from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/text.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// What links are looked for: an article of the archive (doc_id not 0) or a draft (doc_id 0, in
// article.title and article.body).
using RelatedSubject = StoredArticle;

// Finds links in one session; neither subject nor draft is kept. `analyzer` serves drafts and
// near-duplicate checks. unavailable with kModifiedMessage: refresh the session and ask again.
[[nodiscard]] Result<RelatedResponse> find_related(ReadSession& session,
                                                   TextAnalyzer& analyzer,
                                                   const RelatedSubject& subject,
                                                   const RelatedRequest& request);

}  // namespace broadsheet::server
