// The grammar: NOT binds closest, then AND, then OR; what stands side by side is loose.
#include "server/search/query_parser.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "server/store/reading.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kTooDeep = "parentheses deeper than 8; left out";

QueryNode group_of(std::vector<QueryNode> children) {
  QueryNode group;
  if (!children.empty()) {
    group.begin = children.front().begin;
    group.end = children.back().end;
  }
  group.children = std::move(children);
  return group;
}

// Whether a group inside another says nothing that its children would not say in its place.
bool can_dissolve(const QueryNode& child) {
  if (child.kind != NodeKind::group || child.occur == Occur::excluded) return false;
  return std::all_of(child.children.begin(), child.children.end(), [&](const QueryNode& inner) {
    return inner.occur == child.occur ||
           (child.occur == Occur::required && inner.occur == Occur::excluded);
  });
}

void add_child(std::vector<QueryNode>& children, QueryNode child) {
  if (!can_dissolve(child)) {
    children.push_back(std::move(child));
    return;
  }
  std::move(child.children.begin(), child.children.end(), std::back_inserter(children));
}

// A group around one group is that group.
void unwrap(QueryNode& group) {
  while (group.kind == NodeKind::group && group.children.size() == 1 &&
         group.children.front().occur != Occur::excluded) {
    QueryNode only = std::move(group.children.front());
    only.occur = group.occur;
    group = std::move(only);
  }
}

QueryNode all_of(std::vector<QueryNode> operands) {
  std::vector<QueryNode> children;
  for (QueryNode& operand : operands) {
    if (operand.occur != Occur::excluded) operand.occur = Occur::required;
    add_child(children, std::move(operand));
  }
  return group_of(std::move(children));
}

QueryNode any_of(std::vector<QueryNode> operands) {
  std::vector<QueryNode> children;
  for (QueryNode& operand : operands) {
    // "a OR NOT b": what lacks b matches, too.
    if (operand.occur == Occur::excluded) operand = group_of({std::move(operand)});
    operand.occur = Occur::optional;
    add_child(children, std::move(operand));
  }
  return group_of(std::move(children));
}

// What is left of a group that lies too deep: its leaves, as the group itself is meant.
void collect_leaves(QueryNode& group, Occur occur, std::vector<QueryNode>& leaves) {
  if (group.occur == Occur::excluded) return;
  for (QueryNode& child : group.children) {
    if (child.kind == NodeKind::group) {
      collect_leaves(child, occur, leaves);
      continue;
    }
    if (child.occur != Occur::excluded) child.occur = occur;
    leaves.push_back(std::move(child));
  }
}

bool has_group(const QueryNode& group) {
  return std::any_of(group.children.begin(), group.children.end(), [](const QueryNode& child) {
    return child.kind == NodeKind::group;
  });
}

// Takes the groups out of groups that lie too deep; says whether there were any. The recursion is
// as deep as the tree, which the frames have limited to three times kMaxQueryDepth.
bool flatten_below(QueryNode& group, int depth) {
  bool changed = false;
  if (depth + 1 < kMaxQueryDepth) {
    for (QueryNode& child : group.children) {
      changed = flatten_below(child, depth + 1) || changed;
    }
    return changed;
  }
  if (!has_group(group)) return false;
  std::vector<QueryNode> flat;
  for (QueryNode& child : group.children) {
    if (child.kind == NodeKind::group) {
      collect_leaves(child, child.occur, flat);
    } else {
      flat.push_back(std::move(child));
    }
  }
  group.children = std::move(flat);
  return true;
}

}  // namespace

QueryParser::QueryParser(std::string_view text, QueryTerms& terms, QueryWarnings& warnings)
    : lexer_(text, warnings), terms_(terms), warnings_(warnings), frames_(1) {}

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
  if (root.kind != NodeKind::group) {
    if (is_restriction(root)) root.occur = Occur::required;
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
      return take_words(lexeme);
    case LexemeKind::open:
      return open(lexeme);
    case LexemeKind::close:
      return close(lexeme);
    case LexemeKind::op_and:
      return take_link(Link::op_and, lexeme);
    case LexemeKind::op_or:
      return take_link(Link::op_or, lexeme);
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
  const bool is_dangling =
      frame.chain.empty() || frame.link != Link::none || frame.is_negated || frame.is_required;
  if (is_dangling) {
    warnings_.add_once("AND or OR without a word before it; left out", lexeme.begin);
    return;
  }
  frame.link = link;
  frame.operator_at = lexeme.begin;
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
  frames_.pop_back();
  if (group.kind == NodeKind::group && group.children.empty()) {
    if (!terms_.is_full()) warnings_.add_once("parentheses around nothing; left out", begin);
    drop_operand();
    return;
  }
  add_operand(std::move(group));
}

void QueryParser::add_operand(QueryNode node) {
  Frame& frame = frames_.back();
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
}

// Makes one loose sibling of the operands that AND and OR have tied together.
void QueryParser::end_chain(Frame& frame) {
  if (frame.chain.empty()) return;
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
  if (node.occur == Occur::loose && is_restriction(node))
    node.occur = is_value ? Occur::optional : Occur::required;
  add_child(frame.finished, std::move(node));
}

void QueryParser::end_operators(Frame& frame) {
  const bool is_dangling = frame.link != Link::none || frame.is_negated || frame.is_required;
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
