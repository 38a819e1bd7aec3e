// Lexemes to a tree. Parentheses are frames on a stack of our own, so no input makes the program's
// stack grow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/search/query_lexer.h"
#include "server/search/query_terms.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// What dates are read by; as in QueryOptions.
struct DateSetting {
  std::int64_t now = 0;
  const std::string& zone;
};

// Reads one query. All arguments are lent.
class QueryParser {
 public:
  QueryParser(std::string_view text,
              QueryTerms& terms,
              const DateSetting& dates,
              QueryWarnings& warnings);

  // The root: a group at depth 1, nothing deeper than kMaxQueryDepth. Call it once.
  [[nodiscard]] QueryNode parse();

  // What all dates of the query have in common, and the dates as they are printed.
  [[nodiscard]] const TimeWindow& window() const { return window_; }

  [[nodiscard]] std::vector<std::string> take_dates() { return std::move(printed_dates_); }

  // Whether there was anything but white space.
  [[nodiscard]] bool is_blank() const { return lexer_.is_blank(); }

 private:
  enum class Link { none, op_and, op_or };

  struct Date {
    std::uint32_t begin = 0;
    TimeWindow window;
    std::string printed;
  };

  // What is open: the query itself, or a parenthesis in it.
  struct Frame {
    std::uint32_t begin = 0;
    Field field = Field::body;                  // of what is inside
    std::vector<QueryNode> finished;            // loose siblings
    std::vector<std::vector<QueryNode>> chain;  // operands of OR, each a list of operands of AND
    Link link = Link::none;                     // between the chain and the operand to come
    std::optional<NearStep> near;               // the same of NEAR and ADJ
    bool is_negated = false;                    // so is the operand to come
    bool is_required = false;                   // as by a plus sign
    bool has_field = false;                     // a prefix has just been read
    Field next_field = Field::body;
    std::uint32_t near_at = 0;
    std::uint32_t operator_at = 0;  // of the last operator, for warnings
    bool after_date = false;        // so an AND to come joins it
    std::vector<Date> chain_dates;  // what AND and OR tie to operands
    std::vector<Date> dates;        // all others of the frame
  };

  void take(const Lexeme& lexeme);
  void take_link(Link link, const Lexeme& lexeme);
  void take_near(const Lexeme& lexeme);
  bool join_near(QueryNode& node);
  void take_words(const Lexeme& lexeme);
  void take_date(const Lexeme& lexeme);
  void add_dates(std::vector<Date> dates);
  void warn_of_dates(const std::vector<Date>& dates, std::string_view message);
  void narrow(std::vector<Date> dates);
  void open(const Lexeme& lexeme);
  void close(const Lexeme& lexeme);
  void add_operand(QueryNode node);
  void drop_operand();
  void end_chain(Frame& frame);
  void end_operators(Frame& frame);
  QueryNode finish(Frame& frame);
  [[nodiscard]] Field field_of_next() const;

  std::string_view text_;
  DateSetting setting_;
  TimeWindow window_;
  std::vector<std::string> printed_dates_;
  QueryLexer lexer_;
  QueryTerms& terms_;
  QueryWarnings& warnings_;
  std::vector<Frame> frames_;
  std::uint32_t flattened_ = 0;  // parentheses open beyond the limit of depth
};

}  // namespace broadsheet::server
