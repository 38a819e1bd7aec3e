// Whole sentences as passages: they read better than cut ones and mostly show as much.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "server/search/snippets_passages.h"
#include "server/search/snippets_scan.h"

namespace broadsheet::server {

// One run of sentences or two, in the order of the text; none when no sentence with a mark fits.
struct WholeSentences {
  std::vector<Passage> passages;
  std::uint64_t terms = 0;  // marked in them
};

// Those that with an ellipsis between two of them take at most `chars` code points and hold most of
// the query by worth. `marks` in the order of their ends.
[[nodiscard]] WholeSentences choose_sentences(std::string_view text,
                                              const std::vector<Mark>& marks,
                                              const TermScanner& scanner,
                                              std::size_t chars);

}  // namespace broadsheet::server
