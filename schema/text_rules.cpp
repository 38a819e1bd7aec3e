// The rules that make one word of characters with a dot, a hyphen or another connector between
// them, or two words of one. They never ask for the language, so that text and query always agree.
#include <algorithm>
#include <iterator>

#include "schema/text_scanner.h"

namespace broadsheet {
namespace {

// Enough for any term, even when every letter is followed by marks that folding takes away. What a
// longer spelling has beyond it is not read.
constexpr std::size_t kMaxSpellingBytes = 4 * kMaxTermBytes;

// What stands before the apostrophe in French, Italian and Catalan when a vowel is dropped. English
// contractions end differently, so no English word is cut by these.
constexpr std::string_view kElided[] = {
    "agl",    "all",  "anch",   "bell",    "c",     "cinquant", "coll",   "com",   "cos",
    "d",      "dagl", "dall",   "degl",    "dell",  "dov",      "gl",     "grand", "j",
    "jusqu",  "l",    "lorsqu", "m",       "mezz",  "n",        "negl",   "nell",  "nient",
    "puisqu", "qu",   "quand",  "quarant", "quell", "quest",    "quoiqu", "s",     "sant",
    "senz",   "sull", "t",      "trent",   "tutt",  "un",       "v",      "vent"};

bool is_word_character(CharKind kind) {
  return kind == CharKind::letter || kind == CharKind::digit;
}

// What an article or pronoun is elided before: a vowel, a mute h, a number (l'11 settembre).
bool starts_elided(const char* at, const Char& character) {
  if (character.kind == CharKind::digit) return true;
  constexpr std::string_view kVowels = "aeiouyh";
  const std::string letter = fold_accents(casefold({at, character.length}));
  return !letter.empty() && kVowels.find(letter.front()) != std::string_view::npos;
}

}  // namespace

bool is_elided(std::string_view word) {
  static_assert(std::is_sorted(std::begin(kElided), std::end(kElided)));
  return std::binary_search(std::begin(kElided), std::end(kElided), word);
}

TextScanner::Ahead TextScanner::ahead(const char* at) const {
  while (at < end_) {
    const Char character = chars_.read(at, end_);
    if (character.kind != CharKind::ignorable) return {character, at};
    at += character.length;
  }
  return {Char{}, end_};
}

// Whether a word would go on at `at`.
bool TextScanner::goes_on(const char* at) const {
  const CharKind kind = ahead(at).character.kind;
  return is_word_character(kind) || kind == CharKind::mark;
}

void TextScanner::read_word() {
  spelling_.clear();
  shape_ = Shape{};
  begin_ = at_;
  stop_ = at_;
  bool open = true;
  while (open && at_ < end_) {
    const Char character = chars_.read(at_, end_);
    if (is_word_character(character.kind) || character.kind == CharKind::mark) {
      keep(character);
    } else if (character.kind == CharKind::ignorable) {
      at_ += character.length;
    } else {
      open = join(character);
    }
  }
  emit(spelling_, begin_, stop_);
}

void TextScanner::keep(const Char& character) {
  if (character.kind == CharKind::digit) {
    ++shape_.digits;
    ++shape_.digit_group;
  } else if (character.kind == CharKind::letter) {
    ++shape_.letters;
  }
  shape_.ends_in_digit = character.kind == CharKind::digit;
  if (spelling_.size() < kMaxSpellingBytes) {
    const bool is_capital = character.code >= 'A' && character.code <= 'Z';
    spelling_.append(at_, character.length);
    if (is_capital) spelling_.back() = static_cast<char>(spelling_.back() - 'A' + 'a');
  }
  at_ += character.length;
  stop_ = at_;
}

void TextScanner::append(char connector) {
  if (spelling_.size() < kMaxSpellingBytes) spelling_.push_back(connector);
}

// Called at a character that is not part of the word by itself. True when the word goes on, at_
// then being past the connector; false when it ends here.
bool TextScanner::join(const Char& connector) {
  switch (connector.kind) {
    case CharKind::apostrophe:
      return join_apostrophe(connector);
    case CharKind::dot:
      return join_dot(connector);
    case CharKind::comma:
      return join_thousands();
    case CharKind::hyphen:
      return join_prefix(connector);
    case CharKind::ampersand:
      return join_company();
    case CharKind::plus:
      take_pluses();
      return false;
    case CharKind::hash:
      take_hash();
      return false;
    default:
      return false;
  }
}

// don't and O'Brien are one word, l'homme is two.
bool TextScanner::join_apostrophe(const Char& apostrophe) {
  const Ahead next = ahead(at_ + apostrophe.length);
  if (!is_word_character(next.character.kind)) return false;
  at_ = next.at;
  if (is_elided(spelling_) && starts_elided(next.at, next.character)) return false;
  append('\'');
  return true;
}

// 5.3 keeps its point; U.S. loses its dots and is the same as US.
bool TextScanner::join_dot(const Char& dot) {
  const Ahead next = ahead(at_ + dot.length);
  if (shape_.ends_in_digit && next.character.kind == CharKind::digit) {
    append('.');
    shape_.has_point = true;
    at_ = next.at;
    return true;
  }
  const bool single_letters = shape_.digits == 0 && shape_.letters == shape_.dots_left_out + 1;
  if (!single_letters) return false;
  if (next.character.kind == CharKind::letter && !goes_on(next.at + next.character.length)) {
    ++shape_.dots_left_out;
    at_ = next.at;
    return true;
  }
  if (shape_.dots_left_out == 0) return false;
  at_ += dot.length;
  stop_ = at_;
  return next.character.kind == CharKind::apostrophe && next.at == at_;
}

// 3,000 is 3000: groups of exactly three digits after at most three.
bool TextScanner::join_thousands() {
  const bool is_number =
      shape_.letters == 0 && !shape_.has_point && shape_.ends_in_digit && shape_.digit_group <= 3;
  if (!is_number) return false;
  const char* at = at_ + 1;
  for (int digits = 0; digits < 3; ++digits) {
    const Ahead digit = ahead(at);
    if (digit.character.kind != CharKind::digit) return false;
    at = digit.at + digit.character.length;
  }
  if (ahead(at).character.kind == CharKind::digit) return false;
  ++at_;
  shape_.digit_group = 0;
  return true;
}

// Whether the word being read stands right after a hyphen.
bool TextScanner::follows_hyphen() const {
  constexpr std::ptrdiff_t kLongestHyphen = 3;  // bytes of UTF-8
  for (std::ptrdiff_t back = 1; back <= std::min(kLongestHyphen, begin_ - text_); ++back) {
    const Char before = chars_.read(begin_ - back, begin_);
    if (before.kind == CharKind::hyphen && before.length == back) return true;
  }
  return false;
}

// e-mail is email, F-16 is F16; no other hyphen joins. The second letter of a chain (a-b-c) does
// not start such a word.
bool TextScanner::join_prefix(const Char& hyphen) {
  if (shape_.letters != 1 || shape_.digits != 0) return false;
  const Ahead next = ahead(at_ + hyphen.length);
  if (!is_word_character(next.character.kind) || follows_hyphen()) return false;
  at_ = next.at;
  return true;
}

// AT&T, S&P: only after a short word, so that a=1&b=2 in an address does not join.
bool TextScanner::join_company() {
  if (shape_.digits != 0 || spelling_.size() > 3 || shape_.dots_left_out != 0) return false;
  const Ahead next = ahead(at_ + 1);
  if (next.character.kind != CharKind::letter) return false;
  append('&');
  at_ = next.at;
  return true;
}

// C++ and the like.
void TextScanner::take_pluses() {
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  const bool takes = shape_.digits == 0 && rest.substr(0, 2) == "++" && rest.substr(2, 1) != "+";
  if (!takes) return;
  append('+');
  append('+');
  at_ += 2;
  stop_ = at_;
}

// C#, F#.
void TextScanner::take_hash() {
  if (shape_.letters != 1 || shape_.digits != 0 || goes_on(at_ + 1)) return;
  append('#');
  ++at_;
  stop_ = at_;
}

}  // namespace broadsheet
