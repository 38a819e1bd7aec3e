// Plain text and HTML side by side, one character at a time.
#include "server/search/snippets_render.h"

#include <algorithm>

#include "schema/utf8.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

bool is_continuation(char c) {
  return (c & '\xC0') == '\x80';
}

// Control bytes, and the rest of characters that are no UTF-8: they are not counted as code points
// either, so that a text never comes out longer than it was measured.
bool is_unseen(char byte) {
  return (byte >= 0 && byte < ' ') || byte == '\x7F' || is_continuation(byte);
}

// Bytes of white space at the front, also of the kinds beyond ASCII that print as a blank.
std::size_t blank_bytes(std::string_view text) {
  const char c = text[0];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (text.starts_with("\u00A0") || text.starts_with("\u0085")) return 2;
  if (text.starts_with("\u3000") || text.starts_with("\u2028") || text.starts_with("\u2029"))
    return 3;
  return 0;
}

void escape(std::string_view character, std::string& html) {
  switch (character[0]) {
    case '&':
      html += "&amp;";
      break;
    case '<':
      html += "&lt;";
      break;
    case '>':
      html += "&gt;";
      break;
    case '"':
      html += "&quot;";
      break;
    case '\'':
      html += "&#39;";
      break;
    default:
      html += character;
  }
}

bool is_earlier(const Mark& left, const Mark& right) {
  return left.begin < right.begin;
}

}  // namespace

void MarkedText::append_character(std::string_view character) {
  text += character;
  if (form_ == Form::plain_and_html) escape(character, html);
  ++chars_;
}

void MarkedText::append_piece(std::string_view piece) {
  while (!piece.empty()) {
    if (const std::size_t blank = blank_bytes(piece); blank > 0) {
      owes_blank_ = chars_ > 0;
      piece.remove_prefix(blank);
      continue;
    }
    const std::size_t size = utf8_length(piece, 0);
    if (!is_unseen(piece[0])) {
      if (owes_blank_) append_character(" ");
      owes_blank_ = false;
      append_character(size == 0 ? kReplacement : piece.substr(0, size));
    }
    piece.remove_prefix(std::max<std::size_t>(size, 1));
  }
}

void MarkedText::append(std::string_view text_of_our_own) {
  append_piece(text_of_our_own);
}

void MarkedText::append(std::string_view source,
                        std::uint32_t begin,
                        std::uint32_t end,
                        std::vector<Mark>& marks) {
  std::sort(marks.begin(), marks.end(), is_earlier);
  std::uint32_t at = begin;
  for (std::size_t i = 0; i < marks.size();) {
    const std::uint32_t mark_begin = std::max(marks[i].begin, at);
    std::uint32_t mark_end = marks[i].end;
    for (++i; i < marks.size() && marks[i].begin < mark_end; ++i) {
      mark_end = std::max(mark_end, marks[i].end);
    }
    mark_end = std::min(mark_end, end);
    if (mark_begin >= mark_end) continue;
    append_piece(source.substr(at, mark_begin - at));
    // The blank before a match is not part of it.
    if (owes_blank_) append_character(" ");
    owes_blank_ = false;
    const std::uint32_t start = chars_;
    if (form_ == Form::plain_and_html) html += "<mark>";
    append_piece(source.substr(mark_begin, mark_end - mark_begin));
    if (form_ == Form::plain_and_html) html += "</mark>";
    matches.emplace_back(start, chars_ - start);
    at = mark_end;
  }
  append_piece(source.substr(at, end - at));
}

}  // namespace broadsheet::server
