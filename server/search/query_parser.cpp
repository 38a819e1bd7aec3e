// The grammar: NOT binds closest, then AND, then OR; what stands side by side is loose.
#include "server/search/query_parser.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "schema/text.h"
#include "server/search/query_dates.h"
#include "server/search/query_tree.h"
#include "server/store/reading.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kDateUnderOr =
    "dates cannot be an alternative; they narrow the whole query";
constexpr std::string_view kDateUnderNot = "dates cannot be excluded; left out";
constexpr std::string_view kNotNear = "NEAR and ADJ stand between words or phrases; read as AND";
constexpr std::string_view kTooDeep = "parentheses deeper than 8; left out";

}  // namespace

QueryParser::QueryParser(std::string_view text,
                         QueryTerms& terms,
                         const DateSetting& dates,
                         QueryWarnings& warnings)
    : text_(text),
      setting_(dates),
      lexer_(text, warnings),
      terms_(terms),
      warnings_(warnings),
      frames_(1) {}

QueryNode QueryParser::parse() {
  Lexeme lexeme = lexer_.next();
  for (; lexeme.kind != LexemeKind::end && !terms_.is_full(); lexeme = lexer_.next())
    take(lexeme);
  // What is open because the query was cut is no fault of its writer.
  if (frames_.size() > 1 && !terms_.is_full()) {
    warnings_.add("parenthesis is never closed; closed at the end", frames_[1].begin);
  }
  while (frames_.size() > 1)
    close({});
  QueryNode root = finish(frames_.front());
  narrow(std::move(frames_.front().dates));
  if (root.kind != NodeKind::group) {
    if (is_restriction(root, Reading::all)) root.occur = Occur::required;
    root = group_of({std::move(root)});
  }
  if (flatten_below(root, 1)) warnings_.add_once(kTooDeep, 0);
  return root;
}

void QueryParser::take(const Lexeme& lexeme) {
  Frame& frame = frames_.back();
  switch (lexeme.kind) {
    case LexemeKind::words:
    case LexemeKind::phrase:
    case LexemeKind::values:
      return take_words(lexeme);
    case LexemeKind::date:
      return take_date(lexeme);
    case LexemeKind::open:
      return open(lexeme);
    case LexemeKind::close:
      return close(lexeme);
    case LexemeKind::op_and:
      return take_link(Link::op_and, lexeme);
    case LexemeKind::op_or:
      return take_link(Link::op_or, lexeme);
    case LexemeKind::near:
      return take_near(lexeme);
    case LexemeKind::op_not:
      frame.is_negated = !frame.is_negated;
      break;
    case LexemeKind::plus:
      frame.is_required = true;
      break;
    case LexemeKind::field:
      if (lexeme.field == Field::body)
        warnings_.add_once("body: cannot leave titles out; they count too", lexeme.begin);
      frame.has_field = true;
      frame.next_field = lexeme.field;
      return;
    case LexemeKind::end:
      return;
  }
  frame.operator_at = lexeme.begin;
}

// AND or OR needs an operand on its left and no other operator before it.
void QueryParser::take_link(Link link, const Lexeme& lexeme) {
  Frame& frame = frames_.back();
  if (frame.after_date && frame.chain.empty()) {
    if (link == Link::op_or) warn_of_dates(frame.dates, kDateUnderOr);
    return;
  }
  const bool is_dangling = frame.chain.empty() || frame.link != Link::none || frame.near ||
                           frame.is_negated || frame.is_required;
  if (is_dangling) {
    warnings_.add_once("AND or OR without a word before it; left out", lexeme.begin);
    return;
  }
  frame.link = link;
  frame.operator_at = lexeme.begin;
}

// NEAR binds closest: to the operand that has just come, and to the one to come.
void QueryParser::take_near(const Lexeme& lexeme) {
  Frame& frame = frames_.back();
  const bool is_dangling = frame.chain.empty() || frame.after_date || frame.link != Link::none ||
                           frame.near || frame.is_negated || frame.is_required;
  if (is_dangling) {
    warnings_.add_once("NEAR or ADJ without a word before it; left out", lexeme.begin);
    return;
  }
  frame.operator_at = lexeme.begin;
  frame.near_at = lexeme.begin;
  if (can_be_near(frame.chain.back().back())) {
    frame.near = lexeme.step;
    return;
  }
  warnings_.add_once(kNotNear, lexeme.begin);
  frame.link = Link::op_and;
}

// Makes the operand that has come part of the one before, where NEAR stands between them.
bool QueryParser::join_near(QueryNode& node) {
  Frame& frame = frames_.back();
  if (!frame.near) return false;
  const NearStep step = *frame.near;
  frame.near.reset();
  if (!can_be_near(node) || frame.is_negated || frame.is_required) {
    warnings_.add_once(kNotNear, frame.near_at);
    frame.link = Link::op_and;
    return false;
  }
  join(frame.chain.back().back(), step, std::move(node));
  drop_operand();
  return true;
}

Field QueryParser::field_of_next() const {
  const Frame& frame = frames_.back();
  return frame.has_field ? frame.next_field : frame.field;
}

void QueryParser::take_words(const Lexeme& lexeme) {
  std::vector<QueryNode> nodes = terms_.read(lexeme, field_of_next());
  if (nodes.empty()) {
    const bool is_empty_phrase = lexeme.kind == LexemeKind::phrase && !terms_.is_full();
    if (is_empty_phrase)
      warnings_.add_once("quotation marks around no word; left out", lexeme.begin);
    drop_operand();
    return;
  }
  add_operand(nodes.size() == 1 ? std::move(nodes.front()) : group_of(std::move(nodes)));
}

// A date is no operand: it takes part in AND, and wherever it stands it narrows the whole query.
void QueryParser::take_date(const Lexeme& lexeme) {
  const std::string_view value =
      text_.substr(lexeme.inner_begin, lexeme.inner_end - lexeme.inner_begin);
  const auto window = date_window(lexeme.date, value, setting_.now, setting_.zone);
  if (!window) {
    warnings_.add(
        "what stands behind " + std::string(name_of(lexeme.date)) + ": is no date; read as words",
        lexeme.begin);
    Lexeme words = lexeme;
    words.kind = LexemeKind::words;
    return take_words(words);
  }
  add_dates({{lexeme.begin, *window, std::string(name_of(lexeme.date)) + ':' + fold(value)}});
}

// Dates in the place of an operand.
void QueryParser::add_dates(std::vector<Date> dates) {
  Frame& frame = frames_.back();
  const bool is_negated = frame.is_negated;
  drop_operand();
  if (is_negated) return warn_of_dates(dates, kDateUnderNot);
  if (frame.link == Link::none && !frame.near) end_chain(frame);
  if (frame.link == Link::op_or) warn_of_dates(dates, kDateUnderOr);
  frame.link = Link::none;
  frame.after_date = true;
  std::vector<Date>& known = frame.chain.empty() ? frame.dates : frame.chain_dates;
  std::move(dates.begin(), dates.end(), std::back_inserter(known));
}

void QueryParser::warn_of_dates(const std::vector<Date>& dates, std::string_view message) {
  for (const Date& date : dates)
    warnings_.add_once(message, date.begin);
}

void QueryParser::narrow(std::vector<Date> dates) {
  for (Date& date : dates) {
    window_ = intersection(window_, date.window);
    if (std::find(printed_dates_.begin(), printed_dates_.end(), date.printed) ==
        printed_dates_.end())
      printed_dates_.push_back(std::move(date.printed));
  }
}

void QueryParser::open(const Lexeme& lexeme) {
  if (frames_.size() > static_cast<std::size_t>(kMaxQueryDepth)) {
    warnings_.add_once(kTooDeep, lexeme.begin);
    ++flattened_;
    return;
  }
  Frame inner;
  inner.begin = lexeme.begin;
  inner.field = field_of_next();
  frames_.push_back(std::move(inner));
}

void QueryParser::close(const Lexeme& lexeme) {
  if (flattened_ > 0 && lexeme.kind == LexemeKind::close) {
    --flattened_;
    return;
  }
  if (frames_.size() == 1) {
    warnings_.add_once("closing parenthesis without an opening one; left out", lexeme.begin);
    return;
  }
  QueryNode group = finish(frames_.back());
  const std::uint32_t begin = frames_.back().begin;
  std::vector<Date> dates = std::move(frames_.back().dates);
  frames_.pop_back();
  if (group.kind == NodeKind::group && group.children.empty()) {
    if (!dates.empty()) return add_dates(std::move(dates));
    if (!terms_.is_full()) warnings_.add_once("parentheses around nothing; left out", begin);
    drop_operand();
    return;
  }
  if (frames_.back().is_negated) {
    warn_of_dates(dates, kDateUnderNot);
    dates.clear();
  }
  add_operand(std::move(group));
  std::move(dates.begin(), dates.end(), std::back_inserter(frames_.back().chain_dates));
}

void QueryParser::add_operand(QueryNode node) {
  Frame& frame = frames_.back();
  if (join_near(node)) return;
  node.occur = Occur::loose;
  if (frame.is_required) node.occur = Occur::required;
  if (frame.is_negated) node.occur = Occur::excluded;
  if (frame.link == Link::none) {
    end_chain(frame);
    frame.chain.emplace_back();
  } else if (frame.link == Link::op_or) {
    frame.chain.emplace_back();
  }
  frame.chain.back().push_back(std::move(node));
  frame.link = Link::none;
  drop_operand();
}

// Forgets what was said of the operand that has come, or that turned out to be nothing.
void QueryParser::drop_operand() {
  Frame& frame = frames_.back();
  frame.is_negated = false;
  frame.is_required = false;
  frame.has_field = false;
  frame.after_date = false;
}

// Makes one loose sibling of the operands that AND and OR have tied together.
void QueryParser::end_chain(Frame& frame) {
  if (frame.chain.empty()) return;
  if (frame.chain.size() > 1) warn_of_dates(frame.chain_dates, kDateUnderOr);
  std::move(frame.chain_dates.begin(), frame.chain_dates.end(), std::back_inserter(frame.dates));
  frame.chain_dates.clear();
  std::vector<QueryNode> alternatives;
  for (std::vector<QueryNode>& operands : frame.chain) {
    const bool is_single = operands.size() == 1;
    alternatives.push_back(is_single ? std::move(operands.front()) : all_of(std::move(operands)));
  }
  frame.chain.clear();
  QueryNode node =
      alternatives.size() == 1 ? std::move(alternatives.front()) : any_of(std::move(alternatives));
  // Several values of one label are one or the other: source:(Reuters Politico).
  const bool is_value = row_of(frame.field).kind == FieldKind::label;
  if (node.occur == Occur::loose && is_restriction(node, Reading::all))
    node.occur = is_value ? Occur::optional : Occur::required;
  add_child(frame.finished, std::move(node));
}

void QueryParser::end_operators(Frame& frame) {
  const bool is_dangling =
      frame.link != Link::none || frame.near || frame.is_negated || frame.is_required;
  if (!is_dangling || terms_.is_full()) return;
  warnings_.add_once("operator without a word after it; left out", frame.operator_at);
}

QueryNode QueryParser::finish(Frame& frame) {
  end_operators(frame);
  end_chain(frame);
  QueryNode group = group_of(std::move(frame.finished));
  unwrap(group);
  return group;
}

}  // namespace broadsheet::server
