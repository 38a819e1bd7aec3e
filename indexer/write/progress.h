// How a long build tells how far it is.
#pragma once

#include <cstdint>
#include <functional>

namespace broadsheet::indexer {

// Told while an index is built: articles done and articles in all. Called from the building
// threads, one call at a time.
using BuildProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

}  // namespace broadsheet::indexer
