// Which places an English article is about.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::indexer {

struct PlaceScore {
  std::string_view label;  // as a kicker has it: "U.S.", "South Korea"
  double score = 0;
};

// The places of an article, the one named most first: the title counts four times, the first three
// sentences three times, the rest of the body once. Countries and territories by name, adjective,
// people, or a capital that stands for them. Thread-safe.
[[nodiscard]] std::vector<PlaceScore> find_places(std::string_view title, std::string_view body);

// "Japan-U.S." where the second weighs nearly as much as the first, else the first alone; empty
// without any.
[[nodiscard]] std::string place_label(const std::vector<PlaceScore>& places);

}  // namespace broadsheet::indexer
