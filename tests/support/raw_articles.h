// Articles as a reader gives them, for tests: read from a file, and printed to be compared.
#pragma once

#include <string>
#include <vector>

#include "indexer/readers/reader.h"

namespace broadsheet::tests {

// Every record of a file, in the format told by its first bytes and name (or the one given).
// Records that were refused carry their refusal; where the file as a whole cannot be read, the last
// article's refusal says why.
[[nodiscard]] std::vector<indexer::RawArticle> read_raw_articles(
    const std::string& file,
    const std::string& format = "auto",
    indexer::ReaderOptions options = {});

// The same from bytes in memory.
[[nodiscard]] std::vector<indexer::RawArticle> read_raw_bytes(std::string bytes,
                                                              const std::string& format = "auto",
                                                              indexer::ReaderOptions options = {});

// One block an article, `member: value` a line, only members that are there; line ends in values as
// "\n".
[[nodiscard]] std::string to_text(const std::vector<indexer::RawArticle>& articles);

}  // namespace broadsheet::tests
