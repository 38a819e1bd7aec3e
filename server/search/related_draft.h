// Links for a text that nobody has stored: what is related, what the archive says already, and
// where in the draft to link.
#pragma once

#include "schema/result.h"
#include "schema/text.h"
#include "server/search/related_types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// Nothing of the draft is kept. It is read in its own language where that can be told, else in that
// of the archive's whose words it has most of. Errors as find_related().
[[nodiscard]] Result<RelatedResponse> find_related_to_draft(ReadSession& session,
                                                            TextAnalyzer& analyzer,
                                                            const Draft& draft,
                                                            const RelatedRequest& request);

}  // namespace broadsheet::server
