// How well stories are found, measured against what people say belongs together.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::relevance {

using StoryOf = std::map<std::string, std::string>;  // by article id

// BCubed (Bagga and Baldwin, 1998): for each article the share of its found story that is of its
// true one, and of its true story that is in its found one; the means over all articles of `truth`.
// One that was found in no story is alone.
struct BCubed {
  double precision = 0;
  double recall = 0;
  std::size_t articles = 0;

  [[nodiscard]] double f1() const;
};

[[nodiscard]] BCubed bcubed(const StoryOf& found, const StoryOf& truth);

struct ClusterMeasurement {
  std::string_view name;     // on the command line
  std::string_view set;      // the folder with stories.tsv
  std::string_view stream;   // a set that is in the archive before, or empty
  std::string_view archive;  // of Measurement
};

[[nodiscard]] std::span<const ClusterMeasurement> cluster_measurements();

// Builds the archive under `work_dir` unless it is there, and judges the stories of the set's
// articles. `data`: the folder of all sets.
[[nodiscard]] Result<BCubed> measure(const ClusterMeasurement& measurement,
                                     const std::filesystem::path& data,
                                     const std::filesystem::path& work_dir);

}  // namespace broadsheet::relevance
