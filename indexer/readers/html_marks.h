// Everything a page says about itself by name, whatever the vocabulary.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// Values are in one line (readers/ascii.h) and never empty. Names are the name or property
// of a <meta> in lower case; "link:" and the rel of a <link>; "item:" and an itemprop; "text:" and
// a mark in the text (title, h1, time, pubdate, rel, byline, lang).
struct HtmlMarks {
  std::unordered_map<std::string, std::vector<std::string>> said;
  std::vector<std::string> json_ld;  // the texts of the scripts

  // The values of a name in the order of the page; empty for a name not there.
  [[nodiscard]] const std::vector<std::string>& values_of(std::string_view name) const;
};

[[nodiscard]] HtmlMarks gather_marks(const XmlNode& root);

// Adds the parts of a list with commas, each in one line.
void split_list(std::vector<std::string>& parts, std::string_view list);

}  // namespace broadsheet::indexer
