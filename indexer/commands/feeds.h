// The parts of `feeds`: one file a word.
#pragma once

#include <string>
#include <vector>

#include "indexer/commands/commands.h"
#include "indexer/intake/feed_store.h"
#include "schema/result.h"

namespace broadsheet::indexer {

void add_feeds_list_command(Command& feeds, Session& session);
void add_feeds_poll_command(Command& feeds, Session& session);

// The feeds that the user named by number or address, each once. not_found: which of them is none.
[[nodiscard]] Result<std::vector<FeedState>> find_feeds(FeedStore& store,
                                                        const std::vector<std::string>& named);

}  // namespace broadsheet::indexer
