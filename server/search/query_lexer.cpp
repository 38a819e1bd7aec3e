// The spelling of queries. Every step moves forward, so 4 KiB of anything costs microseconds.
#include "server/search/query_lexer.h"

#include <algorithm>
#include <charconv>

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

// The length of the white space at a byte; 0 when there is none.
std::size_t blank_at(std::string_view text, std::size_t at) {
  if (text[at] == ' ') return 1;
  if ((text[at] & '\x80') == 0) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (text.compare(at, blank.size(), blank) == 0) return blank.size();
  }
  return 0;
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

// Whether a * ends a word.
bool has_wildcard(std::string_view phrase) {
  for (std::size_t at = phrase.find('*', 1); at != std::string_view::npos;
       at = phrase.find('*', at + 1)) {
    const bool is_end = at + 1 == phrase.size() || blank_at(phrase, at + 1) > 0;
    if (is_end && phrase[at - 1] != ' ') return true;
  }
  return false;
}

LexemeKind kind_of_run(std::string_view run) {
  if (run == "AND") return LexemeKind::op_and;
  if (run == "OR") return LexemeKind::op_or;
  if (run == "NOT") return LexemeKind::op_not;
  return LexemeKind::words;
}

}  // namespace

std::string_view name_of(DateName date) {
  return kDateNames[static_cast<std::size_t>(date)].name;
}

bool ends_a_run(std::string_view text, std::size_t at) {
  return is_paren(text[at]) || blank_at(text, at) > 0 || quote_at(text, at) != nullptr;
}

bool is_quote_at(std::string_view text, std::size_t at) {
  return quote_at(text, at) != nullptr;
}

QuotedRange quoted_at(std::string_view text, std::size_t at) {
  const QuoteRow& open = *quote_at(text, at);
  const std::size_t inner = at + open.bytes.size();
  for (std::size_t end = inner; end < text.size(); ++end) {
    const QuoteRow* close = quote_at(text, end);
    if (close != nullptr && close->family == open.family)
      return {inner, end, end + close->bytes.size(), true};
  }
  return {inner, text.size(), text.size(), false};
}

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

std::size_t QueryLexer::run_end(std::size_t from) const {
  while (from < text_.size() && !ends_a_run(text_, from))
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
  after_label_ = false;
  after_word_ = kind == LexemeKind::words || kind == LexemeKind::phrase ||
                kind == LexemeKind::values || kind == LexemeKind::date;
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
    if (after_label_ && text_[at_] != '(') return read_values();
    if (read_mark(lexeme)) return lexeme;
    if (at_ == start && !after_field_ && (read_sign(lexeme) || read_prefix(lexeme))) return lexeme;
    if (at_ == start && read_run(lexeme)) return lexeme;
  }
  return take(LexemeKind::end, text_.size());
}

bool QueryLexer::skip_blank() {
  const std::size_t blank = blank_at(text_, at_);
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
  const QuotedRange range = quoted_at(text_, begin);
  if (!range.is_closed && after_word_) {
    warnings_.add_once("quotation mark without a partner; left out", begin);
    at_ = range.inner_begin;
    return false;
  }
  if (!range.is_closed)
    warnings_.add_once("quotation mark is never closed; closed at the end", begin);
  const std::string_view inner =
      text_.substr(range.inner_begin, range.inner_end - range.inner_begin);
  if (has_wildcard(inner)) warnings_.add_once("* does nothing in quotation marks; left out", begin);
  phrase = take_phrase(range.inner_begin, range.inner_end, range.end);
  return true;
}

// One + or - before something is an operator, alone it is left out, several are a dash.
bool QueryLexer::read_sign(Lexeme& sign) {
  if (after_word_ || (text_[at_] != '+' && text_[at_] != '-')) return false;
  const std::size_t stop = std::min(text_.find_first_not_of("+-", at_), text_.size());
  const bool is_alone = stop == text_.size() || text_[stop] == ')' || blank_at(text_, stop) > 0;
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

// A known name and a colon, with something right behind it.
bool QueryLexer::read_prefix(Lexeme& prefix) {
  const std::size_t stop = run_end(at_);
  const std::size_t colon = text_.substr(0, stop).find(':', at_);
  if (colon == std::string_view::npos) return false;
  const std::string_view name = text_.substr(at_, colon - at_);
  const auto is_called = [name](const auto& row) { return equals_ignoring_case(name, row.name); };
  const auto* field = std::find_if(kQueryPrefixes.begin(), kQueryPrefixes.end(), is_called);
  if (field != kQueryPrefixes.end()) return read_field(prefix, *field, colon + 1);
  const auto* date = std::find_if(kDateNames.begin(), kDateNames.end(), is_called);
  return date != kDateNames.end() && read_date(prefix, *date, colon + 1);
}

bool QueryLexer::has_value(std::size_t value) const {
  return value < text_.size() && text_[value] != ')' && blank_at(text_, value) == 0;
}

bool QueryLexer::read_field(Lexeme& field, const QueryPrefixRow& row, std::size_t value) {
  if (!has_value(value)) {
    warnings_.add(std::string(row.name) + ": has no value; read as a word", at_);
    return false;
  }
  field = take(LexemeKind::field, value);
  field.field = row.field;
  after_label_ = row_of(row.field).kind == FieldKind::label;
  return true;
}

bool QueryLexer::read_date(Lexeme& date, const DateNameRow& row, std::size_t value) {
  if (!has_value(value) || text_[value] == '(') {
    warnings_.add(std::string(row.name) + ": has no value; read as a word", at_);
    return false;
  }
  date = take(LexemeKind::date, value_end(value));
  date.inner_begin = static_cast<std::uint32_t>(value);
  date.date = row.date;
  return true;
}

// Runs and quoted values with nothing but commas between them: cnn,"The Hill".
Lexeme QueryLexer::read_values() {
  std::size_t end = at_;
  while (true) {
    end = value_end(end);
    const bool goes_on =
        end < text_.size() && end > at_ && quote_at(text_, end) != nullptr && text_[end - 1] == ',';
    if (!goes_on) break;
  }
  return take(LexemeKind::values, end);
}

// Where one value ends, or a run of several: a quoted one behind its mark and the run that touches
// it.
std::size_t QueryLexer::value_end(std::size_t from) {
  if (from >= text_.size() || quote_at(text_, from) == nullptr) return run_end(from);
  const QuotedRange range = quoted_at(text_, from);
  if (!range.is_closed)
    warnings_.add_once("quotation mark is never closed; closed at the end", from);
  const bool is_list = range.end < text_.size() && text_[range.end] == ',';
  return is_list ? run_end(range.end) : range.end;
}

// NEAR or ADJ, alone or with a slash and digits.
bool QueryLexer::read_near(Lexeme& near, std::size_t stop) {
  std::string_view rest = text_.substr(at_, stop - at_);
  NearStep step;
  step.is_ordered = rest.starts_with("ADJ");
  if (!step.is_ordered && !rest.starts_with("NEAR")) return false;
  rest.remove_prefix(step.is_ordered ? 3 : 4);
  if (!rest.empty()) {
    if (rest.size() < 2 || rest.front() != '/') return false;
    rest.remove_prefix(1);
    if (rest.find_first_not_of("0123456789") != std::string_view::npos) return false;
    std::uint32_t distance = kMaxNear + 1;  // stays where the number is too large to be read
    std::from_chars(rest.data(), rest.data() + rest.size(), distance);
    step.distance = std::clamp(distance, std::uint32_t{1}, kMaxNear);
    if (step.distance != distance)
      warnings_.add_once("NEAR and ADJ reach from 1 to 100 words; as near as that is taken", at_);
  }
  near = take(LexemeKind::near, stop);
  near.step = step;
  return true;
}

// A run of word characters; false when what stood here is left out.
bool QueryLexer::read_run(Lexeme& words) {
  const std::size_t stop = run_end(at_);
  const std::string_view run = text_.substr(at_, stop - at_);
  if (!after_field_ && read_near(words, stop)) return true;
  const std::size_t word_end = run.find_last_not_of('*') + 1;
  words = take(after_field_ ? LexemeKind::words : kind_of_run(run), stop);
  words.is_wildcard = word_end > 0 && word_end < run.size();
  if (words.is_wildcard) words.inner_end = static_cast<std::uint32_t>(words.begin + word_end);
  return true;
}

}  // namespace broadsheet::server
