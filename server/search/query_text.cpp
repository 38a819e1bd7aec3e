// The readable form of a query: what is told to clients as `parsed`. Read again with the same match
// mode it means the same.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/fields.h"
#include "schema/text_unicode.h"
#include "server/search/query.h"
#include "server/search/query_lexer.h"
#include "server/search/query_values.h"
#include "server/store/reading.h"

namespace broadsheet::server {
namespace {

// As typed but for capitals; accents stay, since stemmers need them.
std::string small(std::string_view typed) {
  const bool is_plain =
      std::all_of(typed.begin(), typed.end(), [](char c) { return (c & '\x80') == 0; });
  if (!is_plain) return casefold_letters(typed);
  std::string lower(typed);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Quoted text in straight marks, whatever the reader typed and whether or not it was closed. What
// could end the phrase, or is left out of it, is blank.
std::string quoted(std::string_view typed) {
  std::string inner;
  for (std::size_t at = 0; at < typed.size(); ++at) {
    const bool is_left_out = typed[at] == '*' || (typed[at] >= 0 && typed[at] <= ' ');
    if (is_left_out || (typed[at] != '(' && typed[at] != ')' && ends_a_run(typed, at))) {
      inner += ' ';
      while (at + 1 < typed.size() && (typed[at + 1] & '\xC0') == '\x80')
        ++at;
    } else {
      inner += typed[at];
    }
  }
  std::string words = small(inner);
  const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
  words.erase(std::unique(words.begin(), words.end(), both_blank), words.end());
  const std::size_t begin = std::min(words.find_first_not_of(' '), words.size());
  const std::size_t end = words.find_last_not_of(' ') + 1;
  return '"' + words.substr(begin, std::max(begin, end) - begin) + '"';
}

// Those that were taken: others are unknown, or beyond the limit of words.
std::vector<std::string> known_values(const QueryNode& label, std::string_view typed) {
  std::vector<std::string> values = label_values(typed);
  std::erase_if(values, [&](const std::string& value) {
    return std::find(label.terms.begin(), label.terms.end(), asked_term(label.field, value)) ==
           label.terms.end();
  });
  return values;
}

std::string_view typed_as(const QueryNode& node, std::string_view text) {
  const std::size_t begin = std::min<std::size_t>(node.begin, text.size());
  return text.substr(begin, node.end - begin);
}

std::string describe_leaf(const QueryNode& node, std::string_view text, Reading reading);

std::string describe_near(const QueryNode& near, std::string_view text, Reading reading) {
  std::string printed = describe_leaf(near.operands.front(), text, reading);
  for (std::size_t i = 0; i < near.steps.size(); ++i) {
    printed += near.steps[i].is_ordered ? " ADJ/" : " NEAR/";
    printed += std::to_string(near.steps[i].distance) + ' ';
    printed += describe_leaf(near.operands[i + 1], text, reading);
  }
  return printed;
}

// A word, phrase, label or near node; or a choice of words and phrases beside NEAR.
std::string describe_leaf(const QueryNode& node, std::string_view text, Reading reading) {
  if (node.kind == NodeKind::group) {
    std::string choice;
    for (const QueryNode& child : node.children)
      choice += (choice.empty() ? "" : " OR ") + describe_leaf(child, text, reading);
    return node.children.size() == 1 ? choice : '(' + choice + ')';
  }
  if (node.kind == NodeKind::near) return describe_near(node, text, reading);
  const std::string_view typed = typed_as(node, text);
  if (node.kind == NodeKind::label)
    return std::string(row_of(node.field).name) + ':' + label_list(known_values(node, typed));
  const bool is_quoted = !typed.empty() && is_quote_at(typed, 0);
  std::string words = is_quoted ? quoted(typed) : small(typed);
  if (node.field == Field::body) return words;
  return std::string(row_of(node.field).name) + ':' + words;
}

// What stands between the parts of a group. Loose words beside required ones only add weight when
// any will do: neither AND nor OR says so.
enum class Joint { all, any, loose };

std::string_view mark_of(Joint joint) {
  if (joint == Joint::loose) return " ";
  return joint == Joint::any ? " OR " : " AND ";
}

// A tree as it is printed: no more parentheses than say something, exclusions last.
struct Printed {
  const QueryNode* leaf = nullptr;  // null: a group
  Joint joint = Joint::all;
  // What it is to its group.
  bool is_required = false;
  bool is_choice = false;
  bool is_restriction = false;
  std::vector<Printed> parts;
  std::vector<Printed> exclusions;
};

void append(std::vector<Printed>& list, std::vector<Printed> more) {
  std::move(more.begin(), more.end(), std::back_inserter(list));
}

// Whether the parts of a group may stand in the place of the group.
bool can_join(const Printed& group, const Printed& part) {
  if (part.leaf != nullptr) return false;
  switch (group.joint) {
    case Joint::all:
      return part.joint == Joint::all;
    case Joint::any:
      return part.joint == Joint::any;
    case Joint::loose:
      return part.is_required && part.joint == Joint::all;
  }
  return false;
}

void add_part(Printed& group, Printed part) {
  if (!can_join(group, part)) {
    group.parts.push_back(std::move(part));
    return;
  }
  for (Printed& inner : part.parts) {
    inner.is_required = part.is_required;
    group.parts.push_back(std::move(inner));
  }
  append(group.exclusions, std::move(part.exclusions));
}

// Whether plus signs alone would say something else: read beside these words alone a loose word may
// be left out, and a loose label is required.
bool needs_operators(const Printed& group) {
  return std::any_of(group.parts.begin(), group.parts.end(), [](const Printed& part) {
    if (part.is_choice) return true;
    if (part.leaf == nullptr || part.is_required) return false;
    const QueryNode& leaf = *part.leaf;
    return leaf.kind == NodeKind::label || leaf.is_stop_word || leaf.is_nearly_stop_word;
  });
}

// "+japan WHO" by operators alone, which leave no word out: japan AND (japan OR who).
Printed spelt_out(Printed group) {
  Printed all;
  Printed any;
  any.joint = Joint::any;
  for (Printed& part : group.parts) {
    if (part.is_required) add_part(all, part);
    if (!part.is_required || !part.is_restriction) add_part(any, std::move(part));
  }
  add_part(all, any.parts.size() == 1 ? Printed(any.parts.front()) : std::move(any));
  append(all.exclusions, std::move(group.exclusions));
  return all;
}

Printed printed_group(const QueryNode& node, Reading reading);

Printed printed_child(const QueryNode& child, Reading reading) {
  if (child.kind == NodeKind::group) return printed_group(child, reading);
  Printed leaf;
  leaf.leaf = &child;
  return leaf;
}

// Beside what is asked for, a label that need not be does nothing.
bool is_idle(const QueryNode& child, Reading reading, bool is_something_asked) {
  return is_something_asked && child.occur == Occur::optional && is_restriction(child, reading);
}

// The children that are not excluded, those that do nothing left out.
std::vector<Printed> parts_of(const std::vector<const QueryNode*>& children, Reading reading) {
  const auto is_asked = [&](const QueryNode* child) {
    return occur_of(*child, reading) == Occur::required && !is_restriction(*child, reading);
  };
  const bool is_something_asked = std::any_of(children.begin(), children.end(), is_asked);
  std::vector<Printed> parts;
  for (const QueryNode* child : children) {
    if (child->occur == Occur::excluded || is_idle(*child, reading, is_something_asked)) continue;
    Printed part = printed_child(*child, reading);
    part.is_required = occur_of(*child, reading) == Occur::required;
    part.is_choice = child->occur == Occur::optional;
    part.is_restriction = is_restriction(*child, reading);
    parts.push_back(std::move(part));
  }
  return parts;
}

Joint joint_of(const std::vector<Printed>& parts) {
  const auto required = std::count_if(
      parts.begin(), parts.end(), [](const Printed& part) { return part.is_required; });
  if (required == static_cast<std::ptrdiff_t>(parts.size())) return Joint::all;
  return required == 0 ? Joint::any : Joint::loose;
}

// The recursion is as deep as the tree.
Printed printed_group(const QueryNode& node, Reading reading) {
  const auto children = children_of(node, reading);
  std::vector<Printed> parts = parts_of(children, reading);
  Printed group;
  group.joint = joint_of(parts);
  for (Printed& part : parts)
    add_part(group, std::move(part));
  for (const QueryNode* child : children) {
    if (child->occur == Occur::excluded) group.exclusions.push_back(printed_child(*child, reading));
  }
  if (group.parts.size() == 1 && group.exclusions.empty()) return Printed(group.parts.front());
  if (group.joint == Joint::loose && needs_operators(group)) return spelt_out(std::move(group));
  if (group.joint != Joint::any || group.exclusions.empty()) return group;
  // "(a OR b) AND NOT c"
  Printed all;
  all.exclusions = std::exchange(group.exclusions, {});
  add_part(all, group.parts.size() == 1 ? Printed(group.parts.front()) : std::move(group));
  return all;
}

class Printer {
 public:
  Printer(std::string_view text, Reading reading) : text_(text), reading_(reading) {}

  [[nodiscard]] std::string group(const Printed& group) const {
    if (group.leaf != nullptr) return describe_leaf(*group.leaf, text_, reading_);
    const bool is_loose = group.joint == Joint::loose;
    const std::string between(mark_of(group.joint));
    std::string printed;
    for (const Printed& one : group.parts)
      printed += (printed.empty() ? "" : between) + part(one, is_loose);
    for (const Printed& one : group.exclusions)
      printed += (printed.empty() ? "" : between) + "NOT " + part(one, false);
    return printed;
  }

 private:
  [[nodiscard]] std::string part(const Printed& part, bool is_loose) const {
    const std::string plus = is_loose && part.is_required ? "+" : "";
    return plus + (part.leaf != nullptr ? group(part) : '(' + group(part) + ')');
  }

  std::string_view text_;
  Reading reading_;
};

}  // namespace

std::string describe(const QueryNode& root, std::string_view text, Reading reading) {
  return Printer(text, reading).group(printed_group(root, reading));
}

std::string describe(const QueryPlan& plan, std::string_view text, Reading reading) {
  std::string printed = describe(plan.root, text, reading);
  for (const std::string& date : plan.dates)
    printed += (printed.empty() ? "" : " ") + date;
  return printed;
}

}  // namespace broadsheet::server
