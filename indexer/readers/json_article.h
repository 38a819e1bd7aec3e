// The JSON of one article, and what becomes of its members.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "indexer/readers/field_map.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// How the members of a record are known where no map says so.
enum class NamesBy {
  shape,    // as README.md shows them, and no others
  synonyms  // also by the names that other writers use
};

// Takes every member of an object in the shape README.md shows; `object` is used up.
void take_members(nlohmann::json& object, RawArticle& raw);

// Reads one object. Never throws; a text that holds no article comes back with its refusal. `map`
// may be null.
[[nodiscard]] RawArticle parse_json_article(std::string_view text,
                                            NamesBy names = NamesBy::shape,
                                            const FieldMap* map = nullptr);

}  // namespace broadsheet::indexer
