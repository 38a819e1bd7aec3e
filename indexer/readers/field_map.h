// Which member or column of a foreign record means which of our fields: what --map says, and the
// names that are known without.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace broadsheet::indexer {

enum class SourceUse {
  first_present,  // a|b: the first that says something
  joined          // a+b: all of them, one behind the other
};

struct FieldRule {
  std::string target;                // "title"; a part of an object as "image.alt"
  std::vector<std::string> sources;  // "headline", or dotted: "content.text"
  SourceUse use = SourceUse::first_present;
};

struct FieldMap {
  std::vector<FieldRule> rules;  // at most one a target
};

// Reads "title=headline,body=intro+content.text,published=date|created". invalid_argument: what is
// wrong, with the nearest field where one is misspelt.
[[nodiscard]] Result<FieldMap> parse_field_map(std::string_view text);

// What a name means by itself, whatever its case and dashes: "pubDate" is published, "Web URL" is
// url. `rank` tells how sure that is, 0 the surest: the field's own name. Empty target: unknown.
struct KnownName {
  std::string_view target;
  int rank = 0;
};

[[nodiscard]] KnownName known_name(std::string_view name);

// Rules for the names that are known, the surest first.
[[nodiscard]] FieldMap map_of_names(const std::vector<std::string>& names);

// Whether an article can be told by a member or column of this name (a dotted one with a map).
enum class Tells { nothing, title, body };

[[nodiscard]] Tells told_by(std::string_view name, const FieldMap* map);

}  // namespace broadsheet::indexer
