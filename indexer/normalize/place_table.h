// The gazetteer: countries and territories, how news writes them, and what stands for them.
#pragma once

#include <span>
#include <string_view>

namespace broadsheet::indexer {

struct Place {
  std::string_view label;  // as a kicker has it; empty: a name that looks like a place and is none
  // Names, adjectives, people, capitals and seats of government that stand for it, split by "|".
  // Lower case, matched where the text has a capital, the longest name first. "=US" is matched in
  // exactly these letters; "?jordan" counts only where another name of the place stands as well.
  std::string_view names;
};

// The two halves of the table.
[[nodiscard]] std::span<const Place> places_of_the_west();  // Europe and the Americas
[[nodiscard]] std::span<const Place> places_of_the_east();  // Africa, Asia, Oceania; and no places

}  // namespace broadsheet::indexer
