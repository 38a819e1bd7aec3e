// How often a feed of the RSS family says that it changes.
#pragma once

#include <chrono>

#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// The longer of <ttl> (minutes) and sy:updatePeriod with sy:updateFrequency (times a period); zero
// where the channel says neither, or nonsense. At most a year.
[[nodiscard]] std::chrono::minutes freshness_of(XmlNode channel);

}  // namespace broadsheet::indexer
