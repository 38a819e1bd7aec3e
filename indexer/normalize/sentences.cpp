// One pass over the marks that may end a sentence; what stands around each of them decides.
#include "indexer/normalize/sentences.h"

#include <algorithm>
#include <array>
#include <string>

namespace broadsheet::indexer {
namespace {

// Words that news writes with a full stop in the midst of a sentence. In order, for the search.
constexpr std::array<std::string_view, 54> kShortened = {
    "adm",  "ala",  "apr", "ariz", "assn", "aug",  "ave", "bros", "calif", "capt", "cf",
    "cmdr", "co",   "col", "colo", "conn", "corp", "dec", "dept", "dr",    "feb",  "fla",
    "ft",   "gen",  "gov", "hon",  "inc",  "jan",  "jr",  "lt",   "ltd",   "maj",  "mass",
    "mich", "minn", "mr",  "mrs",  "ms",   "mt",   "no",  "nov",  "oct",   "penn", "prof",
    "rep",  "reps", "rev", "sen",  "sens", "sept", "sgt", "sr",   "st",    "vs"};
static_assert(std::is_sorted(kShortened.begin(), kShortened.end()));

constexpr std::array<std::string_view, 6> kClosing = {"\"", "'", ")", "]", "\u201D", "\u2019"};

// Full stop, exclamation and question mark of scripts that leave no blank behind them.
constexpr std::array<std::string_view, 5> kWideMarks = {
    "\u3002", "\uFF01", "\uFF1F", "\u0964", "\u06D4"};

bool is_blank(char c) {
  return c == ' ' || c == '\n';
}

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_letter(char c) {
  return is_small(c) || (c >= 'A' && c <= 'Z');
}

// The bytes of the closing mark that a text begins with; 0 when it begins with none.
std::size_t closing_bytes(std::string_view text) {
  const auto* found = std::find_if(kClosing.begin(), kClosing.end(), [&](std::string_view mark) {
    return text.starts_with(mark);
  });
  return found == kClosing.end() ? 0 : found->size();
}

std::size_t behind_closing(std::string_view text, std::size_t at) {
  while (const std::size_t bytes = closing_bytes(text.substr(at)))
    at += bytes;
  return at;
}

// Whether the word before the full stop at `dot` is written with one: an initial, "Gov.", "U.S.".
bool is_shortened(std::string_view text, std::size_t dot) {
  std::size_t begin = dot;
  while (begin > 0 && is_letter(text[begin - 1]))
    --begin;
  const std::string_view word = text.substr(begin, dot - begin);
  if (word.empty()) return false;
  if (word.size() == 1) return true;
  std::string lowered(word);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char c) {
    return is_small(c) ? c : static_cast<char>(c - 'A' + 'a');
  });
  return std::binary_search(kShortened.begin(), kShortened.end(), lowered);
}

// The end of the sentence whose mark is at `at`, its closing quotes included; 0 when none ends.
std::size_t end_at_mark(std::string_view text, std::size_t at) {
  const std::size_t end = behind_closing(text, at + 1);
  if (end == text.size()) return end;
  if (!is_blank(text[end])) return 0;
  const std::size_t next = std::min(text.find_first_not_of(" \n", end), text.size());
  const bool paragraph_ends = text.substr(end).starts_with("\n\n");
  if (paragraph_ends || next == text.size()) return end;
  if (is_small(text[next])) return 0;
  return text[at] == '.' && is_shortened(text, at) ? 0 : end;
}

std::size_t end_at_wide_mark(std::string_view text, std::size_t at) {
  for (const std::string_view mark : kWideMarks) {
    if (text.substr(at).starts_with(mark)) return behind_closing(text, at + mark.size());
  }
  return 0;
}

// The end of the sentence that has its mark, or a blank line, at `at`; 0 for none.
std::size_t end_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '.' || c == '!' || c == '?') return end_at_mark(text, at);
  if (c == '\n') return text.substr(at).starts_with("\n\n") ? at : 0;
  return static_cast<unsigned char>(c) >= 0xC0 ? end_at_wide_mark(text, at) : 0;
}

}  // namespace

std::vector<std::string_view> split_sentences(std::string_view text, std::size_t most) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size() && sentences.size() < most; ++at) {
    if (is_letter(text[at]) || text[at] == ' ') continue;
    const std::size_t end = end_at(text, at);
    if (end <= begin) continue;
    sentences.push_back(text.substr(begin, end - begin));
    begin = std::min(text.find_first_not_of(" \n", end), text.size());
    at = std::max(begin, at + 1) - 1;
  }
  if (begin < text.size() && sentences.size() < most) sentences.push_back(text.substr(begin));
  return sentences;
}

bool ends_as_sentence(std::string_view sentence) {
  for (bool cut = true; cut && !sentence.empty();) {
    cut = false;
    for (const std::string_view mark : kClosing) {
      if (!sentence.ends_with(mark)) continue;
      sentence.remove_suffix(mark.size());
      cut = true;
    }
  }
  return sentence.ends_with('.') || sentence.ends_with('!') || sentence.ends_with('?') ||
         std::any_of(kWideMarks.begin(), kWideMarks.end(), [&](std::string_view mark) {
           return sentence.ends_with(mark);
         });
}

}  // namespace broadsheet::indexer
