// Makes text fit to store and show: white space in order, nothing invisible that does harm.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::indexer {

struct CleanText {
  std::string text;
  bool mended = false;  // characters that no text should hold were removed or replaced
};

// One line: runs of white space become one blank, none at the ends. Control characters (C0, C1),
// noncharacters and those of no width are removed; those of C1 that are typographic marks in
// Windows-1252, the usual mistake, become those marks. `utf8` must be valid; so is the result.
// Applied twice it changes nothing more; so for all functions here.
[[nodiscard]] CleanText clean_line(std::string_view utf8);

// Paragraphs split by one blank line each, single line ends kept; a line indented by two blanks or
// more begins a paragraph, as news wires write them. Otherwise as clean_line.
[[nodiscard]] CleanText clean_paragraphs(std::string_view utf8);

// Cuts to at most `bytes`, never inside a character. True if something was cut.
bool cut_text(std::string& utf8, std::size_t bytes);

// The character that a number of the C1 range (0x80 to 0x9F) means in Windows-1252; 0 for none.
[[nodiscard]] char32_t windows_1252_mark(std::uint32_t number);

// Appends a character as UTF-8; U+FFFD for what is no character.
void append_utf8(std::string& out, char32_t character);

}  // namespace broadsheet::indexer
