// Builds index parts out of articles in memory, without a catalog: for tests of the read side
// alone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "schema/article.h"

namespace broadsheet::tests {

// One part: its articles, and the numbers it only hides.
struct PartContent {
  std::vector<StoredArticle> articles;
  std::vector<DocId> tombstones;
};

// An article published at `seconds` (none when empty), with the number and row id given.
[[nodiscard]] StoredArticle article_at(std::optional<std::int64_t> seconds,
                                       std::string body,
                                       DocId doc);

// The words of a plain body, apart at blanks, as often as ranking counts them: those of its opening
// twice.
[[nodiscard]] std::vector<std::string> counted_words(const std::string& body);

// Writes generation 1 with these parts, newest first, and the stub that names them.
void write_index(const std::filesystem::path& data_dir,
                 const std::vector<PartContent>& newest_first);

}  // namespace broadsheet::tests
