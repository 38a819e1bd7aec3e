// What an editor expects of a list, as a text file that needs no code: tests/relevance/*.rel.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/search/searcher.h"

namespace broadsheet::relevance {

// The words of a file:
//
//   # Blank lines and lines with # are skipped. Ids are those of scripts/sample.
//   query    japan tariff          a search; or
//   related  20250418-japan-talks  the links of an article
//   match    all                   of the search: auto (default), all or any
//   first    ID                    stands first
//   above    ID ID ...             all are there, each above the next
//   present  ID ...                are among the first ten
//   absent   ID ...                are not among the first ten
//   kind     ID update             the link's relation
//
// Expectations belong to the last `query` or `related` above them.

// What a file asks of an archive and does not get: one line each, "file:line: what". Empty when all
// holds. A file that cannot be read or holds another word is a failure too.
[[nodiscard]] std::vector<std::string> failures_of(const std::filesystem::path& file,
                                                   server::Searcher& searcher);

}  // namespace broadsheet::relevance
