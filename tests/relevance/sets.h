// The measurements: which set, over which archive, asked how.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "server/search/searcher.h"
#include "tests/relevance/archive.h"
#include "tests/relevance/measures.h"

namespace broadsheet::relevance {

// What is asked for each query of a set.
enum class Ask {
  search,    // the set's own queries
  headline,  // headlines of its articles
  related,   // articles, whose links are looked at
  read_next  // every tenth article, whose finished list is looked at
};

struct Measurement {
  std::string_view name;         // on the command line
  std::string_view set;          // the folder with queries and truth
  std::string_view distractors;  // another set in the same archive, or empty
  std::string_view archive;      // sets with the same name share one data folder
  Ask ask;
  Titles titles;
  server::MatchMode match;  // for searches
};

[[nodiscard]] std::span<const Measurement> measurements();

// A run, what it should have been, and how long each answer took, in milliseconds, ascending.
struct Outcome {
  Run run;
  Truth truth;
  std::vector<double> milliseconds;

  // The time within which this share of the answers was there.
  [[nodiscard]] double within(double share) const;
};

// Builds the archive under `work_dir` unless it is there, and asks. `data`: the folder of all sets.
[[nodiscard]] Result<Outcome> measure(const Measurement& measurement,
                                      const std::filesystem::path& data,
                                      const std::filesystem::path& work_dir);

}  // namespace broadsheet::relevance
