// How good snippets are, measured over headlines as queries: whether they show what was asked for,
// and whether they read as sentences.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::relevance {

struct SnippetFigures {
  // Of the query's distinct words that stand in the body, stop words left out: the share that the
  // snippet shows, averaged over snippets.
  double words_shown = 0;
  double at_bounds = 0;  // the share of snippets that begin and end where a sentence does
  std::size_t snippets = 0;
};

// Asks for `queries` headlines of a set over its bodies (titles are left out), ten hits each with
// snippets of the usual length. Builds the archive under `work_dir` unless it is there. `data`: the
// folder of all sets.
[[nodiscard]] Result<SnippetFigures> measure_snippets(std::string_view set,
                                                      std::size_t queries,
                                                      const std::filesystem::path& data,
                                                      const std::filesystem::path& work_dir);

}  // namespace broadsheet::relevance
