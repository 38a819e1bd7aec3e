// The test sets on disk, found by the environment variable BROADSHEET_TEST_DATA. They are not part
// of the repository: what needs them is skipped where they are missing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/relevance/measures.h"

namespace broadsheet::relevance {

// The folder with a sub-folder for every set; empty when the variable is not set or names none.
[[nodiscard]] std::optional<std::filesystem::path> test_data_dir();

// What to tell whoever runs without it.
inline constexpr const char* kNoTestData =
    "no test data: set BROADSHEET_TEST_DATA to the folder with the sets (time, basil, ...)";

// The article files of a set.
[[nodiscard]] std::vector<std::filesystem::path> article_files(const std::filesystem::path& set);

struct Question {
  std::string id;
  std::string text;
};

// The files of a set: queries ({"id","text"} a line), judgments (`query 0 article relevance`) and
// stories (`article<TAB>story`). All throw std::runtime_error when a file cannot be read.
[[nodiscard]] std::vector<Question> read_questions(const std::filesystem::path& file);
[[nodiscard]] Truth read_judgments(const std::filesystem::path& file);

// Headlines as queries, each for the article that it stands above.
struct Headlines {
  std::vector<Question> questions;
  Truth truth;
};

// `count` of them, of articles with title and body, evenly out of the first 20,000.
[[nodiscard]] Headlines headlines_of(const std::vector<std::filesystem::path>& files,
                                     std::size_t count);

// Every article of a story is a query whose answers are the other articles of its story; by the ids
// that the indexer gives them.
[[nodiscard]] Truth truth_of_stories(const std::filesystem::path& file);

}  // namespace broadsheet::relevance
