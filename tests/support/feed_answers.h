// What our model of a feed answers to the paths that other feed readers use.
#pragma once

#include <string>
#include <vector>

#include "indexer/readers/feed.h"

namespace broadsheet::tests {

struct FeedAnswer {
  std::vector<std::string> values;  // each would be right: with and without markup, for example
  std::string not_applicable;       // why the model has no such member; empty when it has
};

[[nodiscard]] FeedAnswer answer_of(const indexer::Feed& feed, const std::string& path);

}  // namespace broadsheet::tests
