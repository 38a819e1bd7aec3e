// The readable form of a query: what is told to clients as `parsed`. Read again with the same match
// mode it means the same.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fields.h"
#include "schema/text.h"
#include "server/search/query.h"

namespace broadsheet::server {
namespace {

std::string describe_group(const QueryNode& group, std::string_view text, Reading reading);

bool is_quoted(std::string_view typed) {
  constexpr std::array<std::string_view, 7> kMarks = {
      "\"", "\u201C", "\u201D", "\u201E", "\uFF02", "\u00AB", "\u00BB"};
  return std::any_of(
      kMarks.begin(), kMarks.end(), [&](std::string_view mark) { return typed.starts_with(mark); });
}

// Quoted text in straight marks, whatever the reader typed and whether or not it was closed.
std::string quoted(std::string_view typed) {
  std::string inner = fold(typed);
  constexpr std::array<std::string_view, 6> kMarks = {
      "\u201C", "\u201D", "\u201E", "\uFF02", "\u00AB", "\u00BB"};
  for (const std::string_view mark : kMarks) {
    std::size_t at = 0;
    while ((at = inner.find(mark, at)) != std::string::npos)
      inner.erase(at, mark.size());
  }
  std::erase(inner, '"');
  const std::size_t begin = std::min(inner.find_first_not_of(' '), inner.size());
  const std::size_t end = inner.find_last_not_of(' ') + 1;
  return '"' + inner.substr(begin, std::max(begin, end) - begin) + '"';
}

// fold() without its price for what most words are.
std::string folded(std::string_view typed) {
  const bool is_plain =
      std::all_of(typed.begin(), typed.end(), [](char c) { return (c & '\x80') == 0 && c != ' '; });
  if (!is_plain) return fold(typed);
  std::string lower(typed);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string describe_node(const QueryNode& node, std::string_view text, Reading reading) {
  if (node.kind == NodeKind::group) return '(' + describe_group(node, text, reading) + ')';
  const std::size_t begin = std::min<std::size_t>(node.begin, text.size());
  const std::string_view typed = text.substr(begin, node.end - begin);
  std::string words = is_quoted(typed) ? quoted(typed) : folded(typed);
  if (node.field == Field::body) return words;
  return std::string(row_of(node.field).name) + ':' + words;
}

// Joins what is not empty.
std::string join(const std::vector<std::string>& parts, std::string_view with) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += with;
    joined += part;
  }
  return joined;
}

bool has_child(const QueryNode& group, Occur occur) {
  return std::any_of(group.children.begin(), group.children.end(), [&](const QueryNode& child) {
    return child.occur == occur;
  });
}

// What stands between the children that are not excluded. Loose words beside required ones only add
// weight when any will do: neither AND nor OR says so.
std::string_view joint_of(const QueryNode& group, Reading reading) {
  const bool has_loose = has_child(group, Occur::loose);
  if (reading == Reading::any && has_loose && has_child(group, Occur::required)) return " ";
  if (has_child(group, Occur::optional) || (reading == Reading::any && has_loose)) return " OR ";
  return " AND ";
}

// A child in a group whose children `joint` ties together; parentheses only where they say
// something.
std::string describe_child(const QueryNode& child,
                           std::string_view joint,
                           std::string_view text,
                           Reading reading) {
  if (child.occur == Occur::excluded) return "NOT " + describe_node(child, text, reading);
  const bool is_plain_group =
      child.kind == NodeKind::group && joint == " AND " && joint_of(child, reading) == " AND ";
  if (is_plain_group) return describe_group(child, text, reading);
  const bool needs_plus = joint == " " && child.occur == Occur::required;
  return (needs_plus ? "+" : "") + describe_node(child, text, reading);
}

std::string describe_group(const QueryNode& group, std::string_view text, Reading reading) {
  const std::string_view joint = joint_of(group, reading);
  std::vector<std::string> parts;
  std::vector<std::string> exclusions;
  for (const QueryNode* child : children_of(group, reading)) {
    std::vector<std::string>& list = child->occur == Occur::excluded ? exclusions : parts;
    list.push_back(describe_child(*child, joint, text, reading));
  }
  std::string included = join(parts, joint);
  if (exclusions.empty()) return included;
  if (joint == " ") return included + ' ' + join(exclusions, " ");
  if (joint == " OR " && parts.size() > 1) included = '(' + included + ')';
  if (!included.empty()) included += " AND ";
  return included + join(exclusions, " AND ");
}

}  // namespace

std::string describe(const QueryNode& root, std::string_view text, Reading reading) {
  return describe_group(root, text, reading);
}

}  // namespace broadsheet::server
