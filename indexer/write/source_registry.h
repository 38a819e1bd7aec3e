// What an operator says of the sources: their names and homes, their usual language, how much they
// weigh, and whose articles are not shown.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// What is to be set; what is absent stays. Texts must be clean; an empty one takes away.
struct SourceSettings {
  std::optional<std::string> name;
  std::optional<std::string> home;      // a URL
  std::optional<std::string> language;  // ISO 639-1
  std::optional<double> weight;
  std::optional<bool> blocked;
};

struct RegisteredSource {
  std::string id;
  std::string name;
  std::string home;
  std::string language;
  double weight = 1;
  bool blocked = false;
  std::int64_t articles = 0;  // erased ones apart, shown or not
};

// All of them by id.
[[nodiscard]] Result<std::vector<RegisteredSource>> list_sources(sqlite::Database& catalog);

// Sets what the settings name; false when there is no such source. One that is given a name is
// made, so that it can be set up before its first article. Its articles get a new change each when
// they are to be shown otherwise: under another name, no more, or again. A language is given to
// those of its articles whose text did not tell theirs.
[[nodiscard]] Result<bool> set_source(sqlite::Database& catalog,
                                      std::string_view id,
                                      const SourceSettings& settings,
                                      std::int64_t& change_seq);

// The usual languages by id, of sources that have one.
[[nodiscard]] Result<std::map<std::string, std::string>> source_languages(
    sqlite::Database& catalog);

// A change for every article of a source (source.source_id): the index holds what is said of it
// with each.
[[nodiscard]] Result<void> touch_articles_of(sqlite::Database& catalog,
                                             std::int64_t source,
                                             std::int64_t& change_seq);

}  // namespace broadsheet::indexer
