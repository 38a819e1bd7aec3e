// Cuts query text into lexemes: operators, quotes, field prefixes and runs of everything else. The
// one place that knows how the query language is spelt; what it means is up to the parser.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/fields.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// Names of dates: `when` and `date` name a span of time, the others one end of it.
enum class DateName { after, before, when, date };

struct DateNameRow {
  std::string_view name;
  DateName date;
};

inline constexpr std::array kDateNames = {
    DateNameRow{"after", DateName::after},
    DateNameRow{"before", DateName::before},
    DateNameRow{"when", DateName::when},
    DateNameRow{"date", DateName::date},
};

enum class LexemeKind {
  words,   // a run without blanks: one word or several, as analysis finds
  phrase,  // in quotation marks; the range includes them
  open,    // (
  close,   // )
  op_and,  // AND
  op_or,   // OR
  op_not,  // NOT, or a hyphen that touches what follows
  near,    // NEAR, ADJ, either with /5 behind it
  plus,    // a plus sign that touches what follows
  field,   // title: that touches what follows
  values,  // what a label may be, any of it: cnn,"The Hill"
  date,    // after: with its value; the inner range is the value
  end
};

struct Lexeme {
  LexemeKind kind = LexemeKind::end;
  std::uint32_t begin = 0;  // bytes of the query text
  std::uint32_t end = 0;
  std::uint32_t inner_begin = 0;  // the same without quotation marks
  std::uint32_t inner_end = 0;
  Field field = Field::body;  // of LexemeKind::field
  DateName date = DateName::when;
  NearStep step;             // of LexemeKind::near
  bool is_wildcard = false;  // of LexemeKind::words: a * ends it, outside the inner range
};

[[nodiscard]] std::string_view name_of(DateName date);

// A name that may stand before a colon.
struct QueryPrefixRow {
  std::string_view name;
  Field field;
};

inline constexpr std::array kQueryPrefixes = {
    QueryPrefixRow{"title", Field::title},
    QueryPrefixRow{"body", Field::body},
    QueryPrefixRow{"author", Field::author},
    QueryPrefixRow{"source", Field::source},
    QueryPrefixRow{"section", Field::section},
    QueryPrefixRow{"kicker", Field::kicker},
    QueryPrefixRow{"tag", Field::tag},
    QueryPrefixRow{"lang", Field::language},
    QueryPrefixRow{"language", Field::language},
    QueryPrefixRow{"genre", Field::genre},
    QueryPrefixRow{"site", Field::site},
    QueryPrefixRow{"story", Field::story},
    QueryPrefixRow{"id", Field::id},
    QueryPrefixRow{"has", Field::has},
};

// Text between quotation marks; any mark of a family closes any of it.
struct QuotedRange {
  std::size_t inner_begin = 0;
  std::size_t inner_end = 0;
  std::size_t end = 0;  // behind the closing mark
  bool is_closed = false;
};

// Whether a run of word characters ends here: white space, a parenthesis or a quotation mark.
[[nodiscard]] bool ends_a_run(std::string_view text, std::size_t at);
[[nodiscard]] bool is_quote_at(std::string_view text, std::size_t at);
// The range whose opening mark stands at `at`; to the end of the text when nothing closes it.
[[nodiscard]] QuotedRange quoted_at(std::string_view text, std::size_t at);

// Collects what was repaired, at most kMaxWarnings of them: a client needs a hint, not a protocol.
// A message tells the fault and, behind a semicolon, the repair.
class QueryWarnings {
 public:
  static constexpr std::size_t kMaxWarnings = 16;

  void add(std::string message, std::size_t position);
  // As add(), but only the first with this text is kept.
  void add_once(std::string_view message, std::size_t position);

  std::vector<QueryWarning> take() { return std::move(warnings_); }

 private:
  std::vector<QueryWarning> warnings_;
};

// Reads one text from front to back. The text must outlive the lexer and hold no control bytes.
class QueryLexer {
 public:
  QueryLexer(std::string_view text, QueryWarnings& warnings) : text_(text), warnings_(warnings) {}

  [[nodiscard]] Lexeme next();

  // Whether nothing but white space has gone by.
  [[nodiscard]] bool is_blank() const { return is_blank_; }

 private:
  bool skip_blank();
  [[nodiscard]] std::size_t run_end(std::size_t from) const;
  bool read_mark(Lexeme& mark);
  bool read_phrase(Lexeme& phrase);
  bool read_sign(Lexeme& sign);
  bool read_prefix(Lexeme& prefix);
  bool read_field(Lexeme& field, const QueryPrefixRow& row, std::size_t value);
  bool read_date(Lexeme& date, const DateNameRow& row, std::size_t value);
  Lexeme read_values();
  std::size_t value_end(std::size_t from);
  [[nodiscard]] bool has_value(std::size_t value) const;
  bool read_near(Lexeme& near, std::size_t stop);
  bool read_run(Lexeme& words);
  Lexeme take(LexemeKind kind, std::size_t end);
  Lexeme take_phrase(std::size_t inner_begin, std::size_t inner_end, std::size_t end);

  std::string_view text_;
  QueryWarnings& warnings_;
  std::size_t at_ = 0;
  bool after_field_ = false;  // what follows a prefix is its value, whatever it looks like
  bool after_label_ = false;  // and may be a list
  bool is_blank_ = true;
  bool after_word_ = false;  // no blank since the last run or phrase
};

}  // namespace broadsheet::server
