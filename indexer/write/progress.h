// How long work on the index tells how far it is, and hears that it should end.
#pragma once

#include <cstdint>
#include <functional>

namespace broadsheet::indexer {

enum class GoOn { no, yes };

// Told while articles are indexed: how many are done, and how many there are in all, 0 when that is
// not known. Called every few hundred articles, from the building threads, one call at a time.
// GoOn::no ends the work with ErrorCode::interrupted.
using BuildProgress = std::function<GoOn(std::uint64_t done, std::uint64_t total)>;

// Asked again and again by who waits: GoOn::no ends the waiting.
using KeepWaiting = std::function<GoOn()>;

}  // namespace broadsheet::indexer
