// Marked text for clients: plain text with the matches beside it, and HTML with them in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/search/snippets_scan.h"

namespace broadsheet::server {

enum class Form { plain, plain_and_html };

// Builds one marked text piece by piece. White space of any kind and length becomes one blank,
// control bytes vanish, what is not UTF-8 becomes U+FFFD.
class MarkedText {
 public:
  explicit MarkedText(Form form) : form_(form) {}

  // The bytes [begin, end) of `source`. `marks` may overlap and reach beyond; what is marked is
  // their union.
  void append(std::string_view source,
              std::uint32_t begin,
              std::uint32_t end,
              std::vector<Mark>& marks);
  // Unmarked text of our own.
  void append(std::string_view text);

  std::string text;
  std::string html;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> matches;  // start, length in code points

 private:
  void append_piece(std::string_view piece);
  void append_character(std::string_view character);

  Form form_;
  std::uint32_t chars_ = 0;
  bool owes_blank_ = false;
};

}  // namespace broadsheet::server
