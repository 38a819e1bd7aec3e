// An archive for a measurement: files through the indexer's own road into a data folder.
#pragma once

#include <filesystem>
#include <vector>

#include "schema/result.h"

namespace broadsheet::relevance {

// Whether articles keep their headlines. Left out where queries are headlines, so that the body
// alone must answer.
enum class Titles { kept, left_out };

// Reads the files into catalog and index at `data_dir`; one that is there already is used as it is.
[[nodiscard]] Result<void> build_archive(const std::filesystem::path& data_dir,
                                         const std::vector<std::filesystem::path>& files,
                                         Titles titles);

}  // namespace broadsheet::relevance
