// Sentence ends by the punctuation around a byte; nothing is remembered between calls.
#include "server/search/snippets_sentences.h"

#include <algorithm>
#include <array>

namespace broadsheet::server {
namespace {

// Words with a full stop that ends no sentence. In order, for the search.
constexpr std::array<std::string_view, 62> kAbbreviations = {
    "adm",  "al",  "apr",    "art",  "assn", "aug",  "ave",  "brig", "bros", "bzw",  "ca",
    "capt", "cf",  "cmdr",   "co",   "col",  "corp", "cpl",  "dec",  "dept", "dr",   "etc",
    "feb",  "fig", "fr",     "ft",   "gen",  "gov",  "hon",  "inc",  "jan",  "jr",   "lt",
    "ltd",  "maj", "messrs", "mme",  "mr",   "mrs",  "ms",   "mt",   "nos",  "nov",  "nr",
    "oct",  "pfc", "ph",     "prof", "pvt",  "rep",  "reps", "rev",  "sen",  "sens", "sept",
    "sgt",  "sr",  "st",     "ste",  "supt", "univ", "vs"};

constexpr bool is_sorted_table() {
  for (std::size_t i = 1; i < kAbbreviations.size(); ++i) {
    if (!(kAbbreviations[i - 1] < kAbbreviations[i])) return false;
  }
  return true;
}

constexpr std::size_t kMaxAbbreviation = 6;

// What may close after the full stop and still belongs to the sentence.
constexpr std::array<std::string_view, 9> kClosers = {
    "\"", "'", ")", "]", "\u201D", "\u2019", "\u00BB", "\u300D", "\u300F"};

// Ends of sentences that need no blank behind them.
constexpr std::array<std::string_view, 6> kWideEnds = {
    "\u3002", "\uFF01", "\uFF1F", "\uFF61", "\u0964", "\u06D4"};

bool is_continuation(char c) {
  return (c & '\xC0') == '\x80';
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::size_t skip_closers(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const auto* closer = std::find_if(kClosers.begin(), kClosers.end(), [&](std::string_view mark) {
      return text.compare(at, mark.size(), mark) == 0;
    });
    if (closer == kClosers.end()) break;
    at += closer->size();
  }
  return at;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at]))
    ++at;
  return at;
}

// Whether the word that ends before the full stop at `dot` is one that is written with it.
bool is_abbreviated(std::string_view text, std::size_t dot, char next) {
  std::array<char, kMaxAbbreviation> word{};
  std::size_t begin = dot;
  while (begin > 0 && is_letter(text[begin - 1]) && dot - begin <= kMaxAbbreviation)
    --begin;
  const std::size_t size = dot - begin;
  if (size == 0 || size > kMaxAbbreviation) return false;
  const bool is_longer = begin > 0 && (text[begin - 1] & '\x80') != 0;
  if (is_longer) return false;
  if (size == 1) return true;  // initials, U.S., a.m.
  std::transform(text.begin() + static_cast<std::ptrdiff_t>(begin),
                 text.begin() + static_cast<std::ptrdiff_t>(dot),
                 word.begin(),
                 lower);
  const std::string_view lowered(word.data(), size);
  if (lowered == "no" || lowered == "pp") return is_digit(next);
  static_assert(is_sorted_table());
  return std::binary_search(kAbbreviations.begin(), kAbbreviations.end(), lowered);
}

std::optional<SentenceEnd> blank_line_at(std::string_view text, std::size_t at) {
  const std::size_t next = skip_blanks(text, at);
  const auto lines = std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                text.begin() + static_cast<std::ptrdiff_t>(next),
                                '\n');
  if (lines < 2) return std::nullopt;
  return SentenceEnd{at, next};
}

std::optional<SentenceEnd> wide_end_at(std::string_view text, std::size_t at) {
  for (const std::string_view mark : kWideEnds) {
    if (text.compare(at, mark.size(), mark) != 0) continue;
    const std::size_t end = skip_closers(text, at + mark.size());
    return SentenceEnd{end, skip_blanks(text, end)};
  }
  constexpr std::array<std::string_view, 2> kLikeAscii = {"\u2026", "\u061F"};
  for (const std::string_view mark : kLikeAscii) {
    if (text.compare(at, mark.size(), mark) != 0) continue;
    const std::size_t end = skip_closers(text, at + mark.size());
    const std::size_t next = skip_blanks(text, end);
    const bool is_end = next == text.size() || (next > end && !is_lower(text[next]));
    if (is_end) return SentenceEnd{end, next};
  }
  return std::nullopt;
}

}  // namespace

std::optional<SentenceEnd> sentence_end_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n') return blank_line_at(text, at);
  if ((c & '\x80') != 0) return is_continuation(c) ? std::nullopt : wide_end_at(text, at);
  if (c != '.' && c != '!' && c != '?') return std::nullopt;
  const std::size_t end = skip_closers(text, at + 1);
  const std::size_t next = skip_blanks(text, end);
  if (next == text.size()) return SentenceEnd{end, next};
  if (next == end || is_lower(text[next])) return std::nullopt;
  // A blank line ends the sentence whatever stands before it.
  const bool is_end = c != '.' || blank_line_at(text, end) || !is_abbreviated(text, at, text[next]);
  if (!is_end) return std::nullopt;
  return SentenceEnd{end, next};
}

namespace {

// Where the blanks at the end of a text begin.
std::size_t content_end(std::string_view text) {
  std::size_t content = text.size();
  while (content > 0 && is_blank(text[content - 1]))
    --content;
  return content;
}

}  // namespace

std::optional<std::size_t> sentence_begin(std::string_view text,
                                          std::size_t at,
                                          std::size_t floor) {
  for (std::size_t before = at; before > floor; --before) {
    const auto end = sentence_end_at(text, before - 1);
    if (end && end->next <= at && end->next >= floor) return end->next;
  }
  if (floor == 0) return std::min(skip_blanks(text, 0), at);
  return std::nullopt;
}

std::optional<std::size_t> first_sentence_end(std::string_view text,
                                              std::size_t at,
                                              std::size_t ceiling) {
  const std::size_t content = content_end(text);
  // What closes a sentence may be a part of the word before it.
  for (std::size_t i = at == 0 ? 0 : at - 1; i < std::min(ceiling, content); ++i) {
    const auto end = sentence_end_at(text, i);
    if (end && end->end >= at) return end->end <= ceiling ? std::optional(end->end) : std::nullopt;
  }
  return ceiling >= content ? std::optional(content) : std::nullopt;
}

std::optional<std::size_t> last_sentence_end(std::string_view text,
                                             std::size_t at,
                                             std::size_t ceiling) {
  const std::size_t content = content_end(text);
  if (ceiling >= content) return content;
  for (std::size_t before = ceiling; before > at; --before) {
    const auto end = sentence_end_at(text, before - 1);
    if (end && end->end > at && end->end <= ceiling) return end->end;
  }
  return std::nullopt;
}

std::size_t forward(std::string_view text, std::size_t at, std::size_t chars) {
  for (; chars > 0 && at < text.size(); --chars) {
    ++at;
    while (at < text.size() && is_continuation(text[at]))
      ++at;
  }
  return std::min(at, text.size());
}

std::size_t backward(std::string_view text, std::size_t at, std::size_t chars) {
  for (; chars > 0 && at > 0; --chars) {
    --at;
    while (at > 0 && is_continuation(text[at]))
      --at;
  }
  return at;
}

std::size_t count_chars(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

bool is_between_words(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return true;
  if (is_continuation(text[at])) return false;
  if (is_blank(text[at]) || is_blank(text[at - 1])) return true;
  const auto is_cjk_lead = [](char c) {
    return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xED;
  };
  const std::size_t before = backward(text, at, 1);
  return is_cjk_lead(text[at]) || is_cjk_lead(text[before]);
}

}  // namespace broadsheet::server
