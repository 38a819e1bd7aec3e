// The readable form of a query read again: a tree that matches the same and weighs the same, and
// the same readable form, whatever was typed.
#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "schema/text.h"
#include "server/search/query.h"

namespace broadsheet::server {
namespace {

// What a leaf asks for, without how it was typed.
std::string signature(const QueryNode& leaf) {
  std::string text = std::to_string(static_cast<int>(leaf.kind)) + '/' +
                     std::to_string(static_cast<int>(leaf.field)) + '/' + leaf.starts_with;
  const std::set<std::string> terms(leaf.terms.begin(), leaf.terms.end());
  if (leaf.kind == NodeKind::phrase) {
    for (const std::string& term : leaf.terms)
      text += ' ' + term;
  } else {
    for (const std::string& term : terms)
      text += ' ' + term;
  }
  for (const std::uint32_t offset : leaf.offsets)
    text += ' ' + std::to_string(offset);
  for (const NearStep& step : leaf.steps)
    text += (step.is_ordered ? " adj " : " near ") + std::to_string(step.distance);
  for (const QueryNode& operand : leaf.operands)
    text += " [" + signature(operand) + ']';
  for (const QueryNode& child : leaf.children)
    text += " {" + signature(child) + '}';
  return text;
}

using Holds = std::function<bool(const QueryNode&)>;

// Whether an article matches, of which `holds` tells what leaves it has.
bool matches(const QueryNode& node, Reading reading, const Holds& holds) {
  if (node.kind != NodeKind::group) return holds(node);
  bool has_asked = false;
  bool has_optional = false;
  bool has_one = false;
  for (const QueryNode* child : children_of(node, reading)) {
    const Occur occur = occur_of(*child, reading);
    const bool is_there = matches(*child, reading, holds);
    if (occur == Occur::excluded && is_there) return false;
    if (occur == Occur::required && !is_there) return false;
    has_asked = has_asked || (occur == Occur::required && !is_restriction(*child, reading));
    has_optional = has_optional || occur == Occur::optional;
    has_one = has_one || (occur == Occur::optional && is_there);
  }
  return has_asked || !has_optional || has_one;
}

// The leaves that give weight.
void collect_weighed(const QueryNode& node, Reading reading, std::set<std::string>& weighed) {
  if (node.kind != NodeKind::group) {
    if (node.kind != NodeKind::label) weighed.insert(signature(node));
    return;
  }
  for (const QueryNode* child : children_of(node, reading)) {
    if (occur_of(*child, reading) != Occur::excluded) collect_weighed(*child, reading, weighed);
  }
}

std::set<std::string> weighed(const QueryPlan& plan, Reading reading) {
  std::set<std::string> leaves;
  collect_weighed(plan.root, reading, leaves);
  return leaves;
}

// Whether there was too much to be read as it stands.
bool is_cut(const QueryPlan& plan) {
  return std::any_of(plan.warnings.begin(), plan.warnings.end(), [](const QueryWarning& warning) {
    return warning.message.starts_with("parentheses deeper") || warning.message.ends_with("; cut");
  });
}

class ReadableForm {
 public:
  explicit ReadableForm(std::vector<std::string> languages) : languages_(std::move(languages)) {}

  void expect_to_read_the_same(const std::string& typed) {
    expect_to_read_the_same(typed, MatchMode::all, Reading::all_exact);
    expect_to_read_the_same(typed, MatchMode::automatic, Reading::all);
    expect_to_read_the_same(typed, MatchMode::any, Reading::any);
  }

 private:
  void expect_to_read_the_same(const std::string& typed, MatchMode match, Reading reading) {
    const QueryOptions options{match, languages_, false, 1'750'239'000};
    const QueryPlan plan = parse_query(typed, options, analyzer_).value();
    for (const QueryWarning& warning : plan.warnings)
      EXPECT_LE(warning.position, typed.size()) << typed;
    const std::string shown = describe(plan, typed, reading);
    if (shown.size() > kMaxQueryBytes) return;
    const QueryPlan again = parse_query(shown, options, analyzer_).value();
    // Spelt out by operators a query may pass the limits that it kept as it was typed.
    if (is_cut(again)) return;
    const std::string told = "typed: " + typed + "\nshown: " + shown;
    EXPECT_EQ(describe(again, shown, reading), shown) << told;
    EXPECT_EQ(again.window.from, plan.window.from) << told;
    EXPECT_EQ(again.window.to, plan.window.to) << told;
    EXPECT_EQ(weighed(again, reading), weighed(plan, reading)) << told;
    for (std::size_t seed = 1; seed < 12; ++seed) {
      const Holds holds = [seed](const QueryNode& leaf) {
        return std::hash<std::string>()(signature(leaf) + std::to_string(seed)) % 3 != 0;
      };
      EXPECT_EQ(matches(again.root, reading, holds), matches(plan.root, reading, holds)) << told;
    }
  }

  std::vector<std::string> languages_;
  TextAnalyzer analyzer_;
};

// Folded, these are more than a letter: a dot, a stroke, a blank.
TEST(query_text, reads_compatibility_characters_the_same_again) {
  ReadableForm form({"en", "fr", "ja"});
  for (const char* typed : {"\u0140",
                            "\u0140a \u013F",
                            "\u00BD",
                            "\uFDFA",
                            "\u2100 \u33B7",
                            "\uFF21\uFF22 stra\u00DFe"})
    form.expect_to_read_the_same(typed);
}

TEST(query_text, reads_the_same_again_whatever_was_typed) {
  constexpr std::string_view kAlphabet[] = {"a",
                                            "Bc",
                                            "tariffs",
                                            " ",
                                            " ",
                                            " ",
                                            " ",
                                            "(",
                                            ")",
                                            "\"",
                                            "-",
                                            "+",
                                            " AND ",
                                            " OR ",
                                            " NOT ",
                                            " NEAR/3 ",
                                            " ADJ ",
                                            "title:",
                                            "source:x",
                                            "source:",
                                            "author:\"Jane, Roe\"",
                                            ",",
                                            "\u65E5\u672C\u8A9E",
                                            "\xFF",
                                            "-19",
                                            "the",
                                            "WHO",
                                            "*",
                                            "japan*",
                                            "after:2025",
                                            "date:2024-01..2024-03 ",
                                            "when:",
                                            "has:image",
                                            "site:www.x.example",
                                            "\u201C",
                                            "\u201D",
                                            "\u00AB",
                                            "\u00BB",
                                            "\uFF02",
                                            "\u00C9lections",
                                            "l'Iran",
                                            "U.S.",
                                            "\u0639\u0631\u0628\u064A",
                                            "\u05E2\u05D1\u05E8",
                                            "\U0001F600",
                                            "\u3000",
                                            "\n",
                                            "\u2019",
                                            "9/11",
                                            "C++",
                                            "\u00DF\u0130\uFB01",
                                            "foo:bar",
                                            ":",
                                            "/",
                                            "&",
                                            "\u30AB\u30BF\u30AB\u30CA",
                                            "\u0E44\u0E17\u0E22"};
  std::mt19937 random(4);
  for (const auto& languages :
       {std::vector<std::string>{"en"}, {"fr", "en", "ja", ""}, {"de", "ar"}}) {
    ReadableForm form(languages);
    for (int round = 0; round < 700 && !testing::Test::HasFailure(); ++round) {
      std::string typed;
      const auto pieces = 2 + random() % 16;
      for (std::size_t i = 0; i < pieces; ++i)
        typed += kAlphabet[random() % std::size(kAlphabet)];
      form.expect_to_read_the_same(typed);
    }
  }
}

// Well-formed queries, nested as people seldom nest them.
class RandomTrees {
 public:
  explicit RandomTrees(unsigned seed) : random_(seed) {}

  std::string group(int depth) {
    static constexpr std::string_view kLinks[] = {
        " ", " ", " AND ", " OR ", " AND NOT ", " -", " +"};
    std::string text = operand(depth);
    for (int n = pick(4); n > 0; --n) {
      text += kLinks[static_cast<std::size_t>(pick(static_cast<int>(std::size(kLinks)) - 1))];
      text += operand(depth);
    }
    return text;
  }

 private:
  int pick(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  std::string word() {
    static constexpr std::string_view kWords[] = {"japan",
                                                  "tariffs",
                                                  "the",
                                                  "of",
                                                  "WHO",
                                                  "COVID-19",
                                                  "\u00E9t\u00E9",
                                                  "\u65E5\u672C\u95A2\u7A0E",
                                                  "trad*"};
    return std::string(
        kWords[static_cast<std::size_t>(pick(static_cast<int>(std::size(kWords)) - 1))]);
  }

  std::string leaf() {
    switch (pick(7)) {
      case 0:
        return "\"" + word() + " " + word() + "\"";
      case 1:
        return "title:" + word();
      case 2:
        return "source:cnn,\"The Hill\"";
      case 3:
        return word() + " NEAR/4 (" + word() + " OR \"trade war\")";
      case 4:
        return word() + " ADJ " + word() + " NEAR/2 " + word();
      default:
        return word();
    }
  }

  std::string operand(int depth) {
    if (depth == 0 || pick(2) > 0) return leaf();
    static constexpr std::string_view kFields[] = {"", "", "", "title:", "source:"};
    return std::string(kFields[static_cast<std::size_t>(pick(4))]) + '(' + group(depth - 1) + ')';
  }

  std::mt19937 random_;
};

// Where stop words are left out, what stays of a group may be labels alone, or with exclusions.
TEST(query_text, reads_groups_that_only_restrict_the_same_again) {
  ReadableForm form({"en", "fr"});
  for (const char* typed : {"+tariff (title:of source:cnn)",
                            "tariff (the source:cnn)",
                            "tariff OR (the source:cnn)",
                            "tariff +(source:cnn AND NOT who)",
                            "+tariff source:((title:of +cnn -the cnn))"})
    form.expect_to_read_the_same(typed);
}

TEST(query_text, reads_random_trees_the_same_again) {
  RandomTrees trees(5);
  ReadableForm form({"en", "fr"});
  for (int round = 0; round < 1'000 && !testing::Test::HasFailure(); ++round)
    form.expect_to_read_the_same(trees.group(round % 4));
}

}  // namespace
}  // namespace broadsheet::server
