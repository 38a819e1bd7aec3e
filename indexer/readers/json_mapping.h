// Foreign records brought into the shape that json_article.cpp reads.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "indexer/readers/field_map.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// Takes the members of an object by a map, or, without one (null), by the names that are known.
// What no rule took goes to `extra`. A body with tags in it is taken as HTML. `object` is used up.
void take_mapped(nlohmann::json& object, const FieldMap* map, RawArticle& raw);

}  // namespace broadsheet::indexer
