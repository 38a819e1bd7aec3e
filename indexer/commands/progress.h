// How an import tells what it does: a bar for people, a line of JSON for programs.
#pragma once

#include "indexer/import.h"

namespace broadsheet::indexer {

// One line on the terminal (standard error), written over again and again.
[[nodiscard]] ImportProgress bar_progress();

// One JSON object a line on standard error: the members of the summary and `phase` (reading or
// indexing), `committed` (records that are safe), `indexed` and `to_index` (of a first load).
[[nodiscard]] ImportProgress json_progress();

}  // namespace broadsheet::indexer
