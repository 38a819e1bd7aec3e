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

enum class LexemeKind {
  words,   // a run without blanks: one word or several, as analysis finds
  phrase,  // in quotation marks; the range includes them
  open,    // (
  close,   // )
  op_and,  // AND
  op_or,   // OR
  op_not,  // NOT, or a hyphen that touches what follows
  plus,    // a plus sign that touches what follows
  field,   // title: that touches what follows
  end
};

struct Lexeme {
  LexemeKind kind = LexemeKind::end;
  std::uint32_t begin = 0;  // bytes of the query text
  std::uint32_t end = 0;
  std::uint32_t inner_begin = 0;  // the same without quotation marks
  std::uint32_t inner_end = 0;
  Field field = Field::body;  // of LexemeKind::field
};

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
};

// Names of the grammar that are not understood yet: what follows them is read as plain words, with
// a warning. A row moves up to kQueryPrefixes, or to a kind of its own, with the code that reads
// it.
inline constexpr std::array<std::string_view, 7> kLaterPrefixes = {
    "after", "before", "when", "date", "story", "id", "has"};

// Operators of the grammar that are not understood yet, each followed by a number.
inline constexpr std::array<std::string_view, 2> kLaterOperators = {"NEAR/", "ADJ/"};

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
  [[nodiscard]] std::size_t blank_at(std::size_t at) const;
  [[nodiscard]] bool ends_run(std::size_t at) const;
  [[nodiscard]] std::size_t run_end(std::size_t from) const;
  bool read_mark(Lexeme& mark);
  bool read_phrase(Lexeme& phrase);
  bool read_sign(Lexeme& sign);
  bool read_prefix(Lexeme& field);
  bool read_run(Lexeme& words);
  Lexeme take(LexemeKind kind, std::size_t end);
  Lexeme take_phrase(std::size_t inner_begin, std::size_t inner_end, std::size_t end);

  std::string_view text_;
  QueryWarnings& warnings_;
  std::size_t at_ = 0;
  bool after_field_ = false;  // what follows a prefix is its value, whatever it looks like
  bool is_blank_ = true;
  bool after_word_ = false;  // no blank since the last run or phrase
};

}  // namespace broadsheet::server
