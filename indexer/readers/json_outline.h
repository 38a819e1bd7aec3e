// Where the articles lie in a JSON document: told by the names of members, without building it.
#pragma once

#include <optional>
#include <string_view>

#include "indexer/readers/field_map.h"

namespace broadsheet::indexer {

// An array of objects that lies in objects alone.
struct JsonArrayPlace {
  std::size_t at = 0;      // of its bracket
  std::size_t levels = 0;  // brackets open around it
};

// What can be told of the first object of a text.
struct JsonOutline {
  bool is_whole = false;   // it ends within the text
  std::size_t end = 0;     // what is behind it, where it is whole
  bool is_spread = false;  // over several lines
  bool has_title = false;  // the object itself has a member that is an article's title
  bool has_body = false;
  // The array that holds the articles; without one the object is an article itself, if anything.
  std::optional<JsonArrayPlace> articles;
};

// `json` begins with a brace and may be cut off anywhere. The largest array whose first object has
// a title or a body is taken for the articles, unless the object has a body itself; where nothing
// has a title or a body, the largest array of objects. Arrays within arrays do not count.
[[nodiscard]] JsonOutline outline_of(std::string_view json, const FieldMap* map);

}  // namespace broadsheet::indexer
