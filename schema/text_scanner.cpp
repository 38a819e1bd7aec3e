// The walk through a text: the fast road for plain words, runs of characters without spaces, and
// the counting of positions. The rules that join characters into one word are in text_rules.cpp.
#include "schema/text_scanner.h"

#include <utility>

namespace broadsheet {
namespace {

// One character and its marks; only garbage has more marks than fit.
constexpr std::ptrdiff_t kMaxUnitBytes = 64;

// A run of Thai rarely passes some hundred bytes; longer ones are cut for the dictionary in pieces.
constexpr std::ptrdiff_t kMaxComplexBytes = 4096;

// Lower-case forms of ASCII letters and digits, 0 for everything else.
constexpr auto kLowerAlnum = [] {
  std::array<char, 256> table{};
  for (char c = '0'; c <= '9'; ++c)
    table[static_cast<unsigned char>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) {
    table[static_cast<unsigned char>(c)] = c;
    table[static_cast<unsigned char>(c - 'a' + 'A')] = c;
  }
  return table;
}();

// Bytes after a word that are no reason to look further: it ends here.
constexpr auto kEndsWord = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < 0x80; ++byte)
    table[byte] = true;
  for (const char c : std::string_view("'`.,-&+#"))
    table[static_cast<unsigned char>(c)] = false;
  return table;
}();

char lower_alnum(char c) {
  return kLowerAlnum[static_cast<unsigned char>(c)];
}

bool is_wide(char c) {
  return (c & '\x80') != 0;
}

// Most of Chinese, Japanese and Korean text: characters no normalisation changes or combines.
bool stands_alone(char32_t code) {
  return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3041 && code <= 0x3096) ||
         (code >= 0x30A1 && code <= 0x30FA) || (code >= 0xAC00 && code <= 0xD7A3);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

TextScanner::TextScanner(std::string_view text,
                         WordDictionary& words,
                         std::size_t language,
                         Singles singles,
                         TokenSink sink)
    : text_(text.data()),
      end_(text.data() + text.size()),
      at_(text.data()),
      words_(words),
      language_(language),
      singles_(singles),
      sink_(sink) {}

std::uint32_t TextScanner::scan() {
  while (at_ < end_) {
    if (lower_alnum(*at_) != 0) {
      if (!read_plain_word()) read_word();
      continue;
    }
    const Char character = chars_.read(at_, end_);
    switch (character.kind) {
      case CharKind::letter:
      case CharKind::digit:
        read_word();
        break;
      case CharKind::cjk:
        read_pairs();
        break;
      case CharKind::complex:
        read_complex();
        break;
      case CharKind::newline:
        newlines_ += character.code == 0x2029 ? 2 : 1;
        at_ += character.length;
        break;
      default:
        at_ += character.length;
        break;
    }
  }
  return position_;
}

std::size_t TextScanner::apostrophe_bytes(const char* at) const {
  if (*at == '\'') return 1;
  return std::string_view(at, static_cast<std::size_t>(end_ - at)).substr(0, 3) == "\u2019" ? 3 : 0;
}

// Whether the word of `size` bytes before `at` ends there by every rule, though a connector or a
// character beyond ASCII follows.
bool TextScanner::ends_plain_word(const char* at, std::size_t size) const {
  if (is_wide(*at)) {
    const CharKind kind = chars_.read(at, end_).kind;
    return kind == CharKind::separator || kind == CharKind::newline || kind == CharKind::cjk ||
           kind == CharKind::complex;
  }
  const char next = at + 1 < end_ ? at[1] : ' ';
  const bool leads_on = lower_alnum(next) != 0 || is_wide(next);
  switch (*at) {
    case '.':
    case ',':
      return !leads_on || (size > 1 && !is_digit(at[-1]));
    case '-':
      return !leads_on || size > 1;
    case '&':
      return !leads_on || size > 3;
    case '+':
      return next != '+';
    case '#':
      return size > 1;
    default:
      return !leads_on;
  }
}

// Copies letters and digits in lower case. Null when the word is too long for the fast road.
const char* TextScanner::copy_plain(const char* at) {
  for (; at < end_; ++at) {
    const char lower = lower_alnum(*at);
    if (lower == 0) break;
    if (plain_size_ == plain_.size()) return nullptr;
    plain_[plain_size_++] = lower;
  }
  return at;
}

// Looks at what follows the letters copied. An apostrophe that is part of the word is copied, too,
// and `at` moved past it.
TextScanner::PlainWord TextScanner::look_after(const char*& at) {
  if (at == end_ || kEndsWord[static_cast<unsigned char>(*at)]) return PlainWord::ends;
  const std::size_t apostrophe = apostrophe_bytes(at);
  if (apostrophe == 0) {
    return ends_plain_word(at, plain_size_) ? PlainWord::ends : PlainWord::needs_rules;
  }
  const char* const after = at + apostrophe;
  if (after == end_ || (!is_wide(*after) && lower_alnum(*after) == 0)) return PlainWord::ends;
  const bool is_simple =
      !is_wide(*after) && plain_size_ < plain_.size() && !is_elided({plain_.data(), plain_size_});
  if (!is_simple) return PlainWord::needs_rules;
  plain_[plain_size_++] = '\'';
  at = after;
  return PlainWord::goes_on;
}

// False, and nothing done, when the word needs the rules.
bool TextScanner::read_plain_word() {
  const char* at = at_;
  plain_size_ = 0;
  PlainWord state = PlainWord::goes_on;
  while (state == PlainWord::goes_on) {
    at = copy_plain(at);
    if (at == nullptr) return false;
    state = look_after(at);
  }
  if (state == PlainWord::needs_rules) return false;
  emit({plain_.data(), plain_size_}, at_, at);
  at_ = at;
  return true;
}

// A character of a run without spaces, as normalised: voicing marks and jamo go with their base.
std::string TextScanner::read_unit(const Char& first) {
  const char* const begin = at_;
  at_ += first.length;
  while (at_ < end_ && at_ - begin < kMaxUnitBytes) {
    const Char next = chars_.read(at_, end_);
    const bool may_join = next.kind == CharKind::cjk || next.kind == CharKind::mark;
    if (!may_join || stands_alone(next.code) || !joins_previous(next.code)) break;
    at_ += next.length;
  }
  const std::string_view unit(begin, static_cast<std::size_t>(at_ - begin));
  const bool is_plain = unit.size() == first.length && stands_alone(first.code);
  return is_plain ? std::string(unit) : casefold(unit);
}

void TextScanner::read_pairs() {
  std::string previous;
  std::string pair;
  const char* previous_begin = at_;
  const char* previous_end = at_;
  std::uint32_t units = 0;
  while (at_ < end_) {
    const Char character = chars_.read(at_, end_);
    if (character.kind == CharKind::ignorable) {
      at_ += character.length;
      continue;
    }
    if (character.kind != CharKind::cjk) break;
    const char* const begin = at_;
    std::string unit = read_unit(character);
    if (unit.empty()) continue;
    if (++units > 1) {
      pair = previous + unit;
      emit(pair, previous_begin, at_);
      if (singles_ == Singles::add)
        send(words_.find(previous, language_), previous_begin, previous_end);
    }
    previous = std::move(unit);
    previous_begin = begin;
    previous_end = at_;
  }
  // The last character has no pair of its own: alone it is a word, else it shares the last
  // position.
  if (units == 0) return;
  if (units == 1) {
    emit(previous, previous_begin, previous_end);
  } else if (singles_ == Singles::add) {
    send(words_.find(previous, language_), previous_begin, previous_end);
  }
}

void TextScanner::read_complex() {
  const char* const begin = at_;
  while (at_ < end_ && at_ - begin < kMaxComplexBytes) {
    const Char next = chars_.read(at_, end_);
    const bool belongs = next.kind == CharKind::complex || next.kind == CharKind::mark ||
                         next.kind == CharKind::ignorable;
    if (!belongs) break;
    at_ += next.length;
  }
  const std::string_view run(begin, static_cast<std::size_t>(at_ - begin));
  std::size_t start = 0;
  for (const std::size_t stop : complex_word_ends(run)) {
    emit(run.substr(start, stop - start), begin + start, begin + stop);
    start = stop;
  }
}

void TextScanner::emit(std::string_view spelling, const char* begin, const char* end) {
  const KnownWord& word = words_.find(spelling, language_);
  if (word.term.empty()) return;
  if (newlines_ > 1 && position_ > 0) position_ += kParagraphGap;
  newlines_ = 0;
  ++position_;
  send(word, begin, end);
}

void TextScanner::send(const KnownWord& word, const char* begin, const char* end) {
  Token token;
  token.term = word.term;
  token.stem = word.stem;
  token.word = word.word;
  token.stem_word = word.stem_word;
  token.position = position_;
  token.begin = static_cast<std::uint32_t>(begin - text_);
  token.end = static_cast<std::uint32_t>(end - text_);
  sink_.call(sink_.target, token);
}

}  // namespace broadsheet
