// What commands do after they have changed the catalog.
#pragma once

#include "indexer/commands/commands.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Brings the index up to the catalog; the caller holds DATA/writer.lock. The error's hint says how
// to go on.
[[nodiscard]] Result<void> follow_in_index(const Session& session);

}  // namespace broadsheet::indexer
