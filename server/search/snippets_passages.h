// Which passages of a body make the snippet: those that hold most of the query's distinct words,
// tight together and early, grown to whole sentences where these fit.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/search/snippets_scan.h"

namespace broadsheet::server {

// The bytes [begin, end) of a text, and whether a sentence had to be cut there.
struct Passage {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_cut_before = false;
  bool is_cut_after = false;
};

// One passage or two, in the order of the text, which with ellipses take at most `chars` code
// points. `marks` in the order of their ends; none: the opening sentences.
[[nodiscard]] std::vector<Passage> choose_passages(std::string_view text,
                                                   const std::vector<Mark>& marks,
                                                   const TermScanner& scanner,
                                                   std::size_t chars);

// How many bytes of this text `chars` code points take, judged by its beginning.
[[nodiscard]] std::uint32_t estimated_bytes(std::string_view text, std::size_t chars);

}  // namespace broadsheet::server
