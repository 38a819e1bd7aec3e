// HTML read byte by byte, as far as the text of a draft needs it: tags, their names, references.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::server {

// Whether a text has tags that only HTML has: known names, well begun.
[[nodiscard]] bool has_tags(std::string_view text);

// The name of the tag at a '<', in small letters, with '/' before that of an end tag; empty when
// none begins there.
[[nodiscard]] std::string tag_name(std::string_view html, std::size_t at);

// Behind the '>' of the tag at a '<'; a quoted value may hold one. The end when it is not closed.
[[nodiscard]] std::size_t tag_end(std::string_view html, std::size_t at);

// Of a name as tag_name() gives it: whether readers see a new paragraph there; whether what is
// inside is for no reader.
[[nodiscard]] bool parts_paragraphs(std::string_view tag);
[[nodiscard]] bool hides_content(std::string_view tag);

// The value of href in a whole tag, from '<' to '>'; empty when it has none.
[[nodiscard]] std::string href_in(std::string_view tag);

// What the reference between '&' and ';' stands for; empty when it is none.
[[nodiscard]] std::string referenced(std::string_view name);

// An ASCII letter in its small form.
[[nodiscard]] constexpr char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace broadsheet::server
