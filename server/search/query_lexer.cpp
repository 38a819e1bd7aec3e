// The spelling of queries. Every step moves forward, so 4 KiB of anything costs microseconds.
#include "server/search/query_lexer.h"

#include <algorithm>

namespace broadsheet::server {
namespace {

// Marks that open or close a phrase. Any of a family closes any of it, since phones mix them
// freely.
struct QuoteRow {
  std::string_view bytes;
  int family;
};

constexpr std::array kQuotes = {
    QuoteRow{"\"", 1},
    QuoteRow{"\u201C", 1},
    QuoteRow{"\u201D", 1},
    QuoteRow{"\u201E", 1},
    QuoteRow{"\uFF02", 1},
    QuoteRow{"\u00AB", 2},
    QuoteRow{"\u00BB", 2},
};

// White space beyond ASCII that people and copied text put between words.
constexpr std::array<std::string_view, 20> kWideBlanks = {
    "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
    "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u200B",
    "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF"};

const QuoteRow* quote_at(std::string_view text, std::size_t at) {
  if (text[at] != '"' && (text[at] & '\x80') == 0) return nullptr;
  const auto* found = std::find_if(kQuotes.begin(), kQuotes.end(), [&](const QuoteRow& row) {
    return text.compare(at, row.bytes.size(), row.bytes) == 0;
  });
  return found == kQuotes.end() ? nullptr : found;
}

bool is_paren(char c) {
  return c == '(' || c == ')';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equals_ignoring_case(std::string_view text, std::string_view name) {
  return std::equal(text.begin(), text.end(), name.begin(), name.end(), [](char a, char b) {
    return lower(a) == b;
  });
}

bool is_later_operator(std::string_view run) {
  return std::any_of(kLaterOperators.begin(), kLaterOperators.end(), [&](std::string_view name) {
    if (!run.starts_with(name) || run.size() == name.size()) return false;
    return run.find_first_not_of("0123456789", name.size()) == std::string_view::npos;
  });
}

LexemeKind kind_of_run(std::string_view run) {
  if (run == "AND") return LexemeKind::op_and;
  if (run == "OR") return LexemeKind::op_or;
  if (run == "NOT") return LexemeKind::op_not;
  return LexemeKind::words;
}

}  // namespace

void QueryWarnings::add(std::string message, std::size_t position) {
  if (warnings_.size() == kMaxWarnings) return;
  warnings_.push_back({std::move(message), static_cast<std::uint32_t>(position)});
}

void QueryWarnings::add_once(std::string_view message, std::size_t position) {
  const bool is_known = std::any_of(warnings_.begin(), warnings_.end(), [&](const auto& known) {
    return known.message == message;
  });
  if (!is_known) add(std::string(message), position);
}

// The length of the white space at a byte; 0 when there is none.
std::size_t QueryLexer::blank_at(std::size_t at) const {
  if (text_[at] == ' ') return 1;
  if ((text_[at] & '\x80') == 0) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (text_.compare(at, blank.size(), blank) == 0) return blank.size();
  }
  return 0;
}

bool QueryLexer::ends_run(std::size_t at) const {
  return at >= text_.size() || is_paren(text_[at]) || blank_at(at) > 0 ||
         quote_at(text_, at) != nullptr;
}

std::size_t QueryLexer::run_end(std::size_t from) const {
  while (!ends_run(from))
    ++from;
  return from;
}

Lexeme QueryLexer::take(LexemeKind kind, std::size_t end) {
  Lexeme lexeme;
  lexeme.kind = kind;
  lexeme.begin = static_cast<std::uint32_t>(at_);
  lexeme.end = static_cast<std::uint32_t>(end);
  lexeme.inner_begin = lexeme.begin;
  lexeme.inner_end = lexeme.end;
  at_ = end;
  after_field_ = kind == LexemeKind::field;
  after_word_ = kind == LexemeKind::words || kind == LexemeKind::phrase;
  return lexeme;
}

Lexeme QueryLexer::take_phrase(std::size_t inner_begin, std::size_t inner_end, std::size_t end) {
  Lexeme phrase = take(LexemeKind::phrase, end);
  phrase.inner_begin = static_cast<std::uint32_t>(inner_begin);
  phrase.inner_end = static_cast<std::uint32_t>(inner_end);
  return phrase;
}

Lexeme QueryLexer::next() {
  while (at_ < text_.size()) {
    if (skip_blank()) continue;
    is_blank_ = false;
    const std::size_t start = at_;
    Lexeme lexeme;
    if (read_mark(lexeme)) return lexeme;
    if (at_ == start && !after_field_ && (read_sign(lexeme) || read_prefix(lexeme))) return lexeme;
    if (at_ == start && read_run(lexeme)) return lexeme;
  }
  return take(LexemeKind::end, text_.size());
}

bool QueryLexer::skip_blank() {
  const std::size_t blank = blank_at(at_);
  if (blank == 0) return false;
  at_ += blank;
  after_word_ = false;
  return true;
}

// Parentheses and phrases.
bool QueryLexer::read_mark(Lexeme& mark) {
  if (quote_at(text_, at_) != nullptr) return read_phrase(mark);
  if (!is_paren(text_[at_])) return false;
  mark = take(text_[at_] == '(' ? LexemeKind::open : LexemeKind::close, at_ + 1);
  return true;
}

// A mark without a partner closes at the end of the query; after a word (12" pizza) it is left out.
bool QueryLexer::read_phrase(Lexeme& phrase) {
  const std::size_t begin = at_;
  const QuoteRow& open = *quote_at(text_, begin);
  const std::size_t inner = begin + open.bytes.size();
  for (std::size_t at = inner; at < text_.size(); ++at) {
    const QuoteRow* close = quote_at(text_, at);
    if (close != nullptr && close->family == open.family) {
      phrase = take_phrase(inner, at, at + close->bytes.size());
      return true;
    }
  }
  if (after_word_) {
    warnings_.add_once("quotation mark without a partner; left out", begin);
    at_ = inner;
    return false;
  }
  warnings_.add_once("quotation mark is never closed; closed at the end", begin);
  phrase = take_phrase(inner, text_.size(), text_.size());
  return true;
}

// One + or - before something is an operator, alone it is left out, several are a dash.
bool QueryLexer::read_sign(Lexeme& sign) {
  if (after_word_ || (text_[at_] != '+' && text_[at_] != '-')) return false;
  const std::size_t stop = std::min(text_.find_first_not_of("+-", at_), text_.size());
  const bool is_alone = stop == text_.size() || text_[stop] == ')' || blank_at(stop) > 0;
  if (stop - at_ > 1) {
    at_ = stop;
    return false;
  }
  if (is_alone) {
    const char* message = text_[at_] == '+' ? "+ stands before nothing; left out"
                                            : "- stands before nothing; left out";
    warnings_.add_once(message, at_);
    at_ = stop;
    return false;
  }
  sign = take(text_[at_] == '+' ? LexemeKind::plus : LexemeKind::op_not, stop);
  return true;
}

// A known name, a colon, and something right behind it.
bool QueryLexer::read_prefix(Lexeme& field) {
  const std::size_t stop = run_end(at_);
  const std::size_t colon = text_.substr(0, stop).find(':', at_);
  if (colon == std::string_view::npos) return false;
  const std::string_view name = text_.substr(at_, colon - at_);
  const std::size_t value = colon + 1;
  const bool is_later =
      std::any_of(kLaterPrefixes.begin(), kLaterPrefixes.end(), [&](std::string_view later) {
        return equals_ignoring_case(name, later);
      });
  const auto* row =
      std::find_if(kQueryPrefixes.begin(), kQueryPrefixes.end(), [&](const QueryPrefixRow& known) {
        return equals_ignoring_case(name, known.name);
      });
  if (!is_later && row == kQueryPrefixes.end()) return false;
  if (value >= text_.size() || text_[value] == ')' || blank_at(value) > 0) {
    if (!is_later) warnings_.add(std::string(row->name) + ": has no value; read as a word", at_);
    return false;
  }
  if (is_later) {
    warnings_.add(std::string(name) + ": is not understood yet; its value is read as words", at_);
    at_ = value;
    after_field_ = true;
    return false;
  }
  field = take(LexemeKind::field, value);
  field.field = row->field;
  return true;
}

// A run of word characters; false when what stood here is left out.
bool QueryLexer::read_run(Lexeme& words) {
  const std::size_t stop = run_end(at_);
  const std::string_view run = text_.substr(at_, stop - at_);
  if (is_later_operator(run)) {
    warnings_.add_once("NEAR and ADJ are not understood yet; left out", at_);
    at_ = stop;
    after_field_ = false;
    return false;
  }
  if (run.size() > 1 && run.back() == '*') {
    warnings_.add_once("* at the end of a word is not understood yet; left out", stop - 1);
  }
  words = take(after_field_ ? LexemeKind::words : kind_of_run(run), stop);
  return true;
}

}  // namespace broadsheet::server
