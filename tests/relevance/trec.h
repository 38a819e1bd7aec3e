// Ranked lists as files in the form of TREC, which every tool of the field reads.
#pragma once

#include <filesystem>
#include <string_view>

#include "tests/relevance/measures.h"

namespace broadsheet::relevance {

// Appends "query Q0 article rank score tag" lines, best first.
void append_run(const std::filesystem::path& file, std::string_view tag, const Run& run);

// Of each query the articles by falling score; equal scores by falling id, as trec_eval reads them.
// Throws std::runtime_error naming the line that is none of a run.
[[nodiscard]] Run read_run(const std::filesystem::path& file);

}  // namespace broadsheet::relevance
