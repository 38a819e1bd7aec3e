// Synonyms beside the words they stand for. The tree that is printed is another: what a reader did
// not type is not told.
#include <algorithm>
#include <utility>

#include "server/search/query_lexer.h"
#include "server/search/synonyms.h"

namespace broadsheet::server {
namespace {

// Another name is likely but not what was asked for.
constexpr double kSynonymWeight = 0.5;
// Words that synonyms may add to a query: each costs a walk.
constexpr std::size_t kMaxAdded = 32;

class Widener {
 public:
  Widener(std::string_view text,
          const Synonyms& synonyms,
          const QueryOptions& options,
          TextAnalyzer& analyzer)
      : text_(text), synonyms_(synonyms), options_(options), analyzer_(analyzer) {
    options_.strict = false;
  }

  // Says whether anything was widened. The tree is at most kMaxQueryDepth deep.
  bool widen(QueryNode& group) {
    bool changed = false;
    std::vector<QueryNode> children;
    for (std::size_t at = 0; at < group.children.size();) {
      const auto [rule, length] = rule_at(group.children, at);
      const std::size_t taken = std::max<std::size_t>(length, 1);
      std::vector<QueryNode> others;
      if (rule != nullptr) others = others_of(*rule, group.children[at]);
      if (!others.empty()) {
        children.push_back(choice(group.children, at, taken, std::move(others)));
        changed = true;
      } else {
        for (std::size_t i = at; i < at + taken; ++i)
          children.push_back(widened(std::move(group.children[i]), changed));
      }
      at += taken;
    }
    group.children = std::move(children);
    return changed;
  }

 private:
  QueryNode widened(QueryNode child, bool& changed) {
    const bool is_open = child.kind == NodeKind::group && child.occur != Occur::excluded;
    if (is_open && widen(child)) changed = true;
    return child;
  }

  // Words as they were typed; empty of what has no synonyms: labels, wildcards, quoted phrases.
  [[nodiscard]] std::vector<std::string> words_of(const QueryNode& node) const {
    if (node.occur == Occur::excluded) return {};
    if (node.kind == NodeKind::word && node.starts_with.empty()) return {node.exact};
    const bool is_typed_apart = node.kind == NodeKind::phrase && !is_quote_at(text_, node.begin);
    return is_typed_apart ? node.terms : std::vector<std::string>();
  }

  // The first rule, so the longest, for what stands from `at` on, and how many nodes that are.
  [[nodiscard]] std::pair<const Synonyms::Rule*, std::size_t> rule_at(
      const std::vector<QueryNode>& nodes, std::size_t at) const {
    const std::vector<std::string> first = words_of(nodes[at]);
    const auto* rules = first.empty() ? nullptr : synonyms_.rules_for(first.front());
    if (rules == nullptr) return {nullptr, 0};
    for (const Synonyms::Rule& rule : *rules) {
      const std::size_t length = length_of(rule, nodes, at);
      if (length > 0) return {&rule, length};
    }
    return {nullptr, 0};
  }

  // How many nodes from `at` on make up the rule's name; 0 when they do not.
  [[nodiscard]] std::size_t length_of(const Synonyms::Rule& rule,
                                      const std::vector<QueryNode>& nodes,
                                      std::size_t at) const {
    std::vector<std::string> words;
    std::size_t i = at;
    for (; i < nodes.size() && words.size() < rule.words.size(); ++i) {
      const bool is_apart = nodes[i].occur != nodes[at].occur || nodes[i].field != nodes[at].field;
      // Alternatives are one name each.
      if (i > at && (is_apart || nodes[at].occur == Occur::optional)) return 0;
      const std::vector<std::string> more = words_of(nodes[i]);
      if (more.empty()) return 0;
      words.insert(words.end(), more.begin(), more.end());
    }
    return words == rule.words ? i - at : 0;
  }

  // The synonyms as nodes in the place of `typed`.
  std::vector<QueryNode> others_of(const Synonyms::Rule& rule, const QueryNode& typed) {
    std::vector<QueryNode> nodes;
    for (const std::string& other : rule.others) {
      std::string quoted = typed.field == Field::title ? "title:" : "";
      quoted.append(1, '"').append(other).append(1, '"');
      const auto plan = parse_query(quoted, options_, analyzer_);
      if (!plan || plan->root.children.size() != 1) continue;
      QueryNode node = plan->root.children.front();
      // One word stands for its inflections, too.
      if (node.words.size() == 1) node = QueryNode(node.words.front());
      added_ += std::max<std::size_t>(node.words.size(), 1);
      if (added_ > kMaxAdded) break;
      weigh(node, typed);
      node.occur = Occur::optional;
      nodes.push_back(std::move(node));
    }
    return nodes;
  }

  static void weigh(QueryNode& node, const QueryNode& typed) {
    node.weight = kSynonymWeight;
    node.is_stop_word = false;
    node.begin = typed.begin;
    node.end = typed.end;
    for (QueryNode& word : node.words)
      weigh(word, typed);
  }

  static QueryNode choice(std::vector<QueryNode>& nodes,
                          std::size_t at,
                          std::size_t count,
                          std::vector<QueryNode> others) {
    QueryNode group;
    group.occur = nodes[at].occur;
    group.begin = nodes[at].begin;
    group.end = nodes[at + count - 1].end;
    if (count == 1) {
      group.children.push_back(std::move(nodes[at]));
    } else {
      QueryNode typed = group;
      std::move(nodes.begin() + static_cast<std::ptrdiff_t>(at),
                nodes.begin() + static_cast<std::ptrdiff_t>(at + count),
                std::back_inserter(typed.children));
      group.children.push_back(std::move(typed));
    }
    group.children.front().occur = Occur::optional;
    std::move(others.begin(), others.end(), std::back_inserter(group.children));
    return group;
  }

  std::string_view text_;
  const Synonyms& synonyms_;
  QueryOptions options_;
  TextAnalyzer& analyzer_;
  std::size_t added_ = 0;
};

}  // namespace

std::optional<QueryNode> with_synonyms(const QueryNode& root,
                                       std::string_view text,
                                       const Synonyms& synonyms,
                                       const QueryOptions& options,
                                       TextAnalyzer& analyzer) {
  if (synonyms.is_empty()) return std::nullopt;
  QueryNode wide = root;
  if (!Widener(text, synonyms, options, analyzer).widen(wide)) return std::nullopt;
  return wide;
}

}  // namespace broadsheet::server
