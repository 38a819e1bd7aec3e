// Spelling after the archive: the index is the dictionary, the rest of the query the context.
#include "server/search/did_you_mean.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace broadsheet::server {
namespace {

constexpr std::size_t kLeastLetters = 4;
constexpr std::size_t kLettersForTwoSteps = 7;
// Looked up for a word, and tried together with the rest of the query.
constexpr std::size_t kMostAlike = 16;
constexpr std::size_t kMostTried = 5;
// A query has a slip or two; one with more is another language.
constexpr std::size_t kMostSlips = 4;
// A word that few articles hold is a slip when a word one step away is so many times as frequent.
constexpr std::uint64_t kFewArticles = 3;
constexpr std::uint64_t kTimesAsFrequent = 200;
constexpr std::size_t kLettersForKnown = 6;

struct Slip {
  const QueryNode* word;
  std::uint64_t articles;
};

std::size_t letters_in(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
  }));
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Speller {
 public:
  Speller(const QueryPlan& plan,
          std::string_view text,
          IndexReader& index,
          Deadline::Clock::time_point until)
      : plan_(plan), text_(text), index_(index), until_(until) {}

  Result<Spelling> run() {
    look_through(plan_.root);
    Spelling spelling;
    for (const Slip& slip : slips_)
      spelling.is_known = spelling.is_known && slip.articles > 0;
    if (slips_.empty() || slips_.size() > kMostSlips) return spelling;
    std::vector<std::pair<const Slip*, std::string>> mended;
    for (const Slip& slip : slips_) {
      if (Deadline::Clock::now() >= until_) return spelling;
      auto word = best_for(slip);
      if (!word) return pass_on(word.error());
      if (!word->empty()) mended.emplace_back(&slip, std::move(*word));
    }
    std::sort(mended.begin(), mended.end(), [](const auto& left, const auto& right) {
      return left.first->word->begin > right.first->word->begin;
    });
    if (!mended.empty()) spelling.mended = text_;
    for (const auto& [slip, word] : mended)
      spelling.mended.replace(slip->word->begin, slip->word->end - slip->word->begin, word);
    return spelling;
  }

 private:
  void look_through(const QueryNode& node) {
    if (node.occur == Occur::excluded || node.is_run || node.kind == NodeKind::label) return;
    for (const QueryNode& child : node.children)
      look_through(child);
    for (const QueryNode& operand : node.operands)
      look_through(operand);
    // A phrase asks for words as they are written, whatever their stems.
    for (const QueryNode& word : node.words)
      look_at(word, index_.is_written(word.exact) ? index_.articles_with(word.exact) : 0);
    if (node.kind == NodeKind::word) look_at(node, articles_with_any(node));
  }

  std::uint64_t articles_with_any(const QueryNode& word) {
    std::uint64_t articles = 0;
    for (const std::string& term : word.terms)
      articles = std::max(articles, index_.articles_with(term));
    return articles;
  }

  void look_at(const QueryNode& word, std::uint64_t articles) {
    const bool is_beginning = !word.starts_with.empty();
    if (is_beginning || word.is_stop_word || word.end <= word.begin || word.end > text_.size())
      return;
    const std::size_t letters = letters_in(word.exact);
    if (letters < kLeastLetters || has_digit(word.exact)) return;
    const bool is_rare = articles <= kFewArticles && letters >= kLettersForKnown;
    if (articles == 0 || is_rare) {
      slips_.push_back({&word, articles});
    } else {
      known_.push_back(&word);
    }
  }

  // The words that a slip may stand for, most frequent first.
  std::vector<CountedWord> candidates(const Slip& slip) {
    const std::string& spelling = slip.word->exact;
    const std::size_t letters = letters_in(spelling);
    auto words = index_.words_alike(Field::body, spelling, 1, kMostAlike);
    if (words.empty() && slip.articles == 0 && letters >= kLettersForTwoSteps)
      words = index_.words_alike(Field::body, spelling, 2, kMostAlike);
    const std::uint64_t least = slip.articles * kTimesAsFrequent;
    std::erase_if(words, [&](const CountedWord& word) {
      return word.articles < least || has_digit(word.word) || !index_.is_written(word.word);
    });
    if (words.size() > kMostTried) words.resize(kMostTried);
    return words;
  }

  // Empty when there is none.
  Result<std::string> best_for(const Slip& slip) {
    std::string best;
    std::optional<std::uint64_t> most;
    for (const CountedWord& word : candidates(slip)) {
      auto together = articles_with_rest(word);
      if (!together) return pass_on(together.error());
      if (!most || *together > *most) {
        most = *together;
        best = word.word;
      }
    }
    return best;
  }

  // How many articles hold a word together with all words that are no slips.
  Result<std::uint64_t> articles_with_rest(const CountedWord& word) {
    if (known_.empty()) return word.articles;
    QueryNode root;
    QueryNode& first = root.children.emplace_back();
    first.kind = NodeKind::word;
    first.terms = {word.word};
    for (const QueryNode* known : known_)
      root.children.push_back(*known);
    for (QueryNode& child : root.children)
      child.occur = Occur::required;
    const std::vector<QueryNode> no_filters;
    auto run = index_.run({.root = root,
                           .match = MatchMode::all,
                           .filters = no_filters,
                           .sort = Sort::newest,
                           .limit = 1,
                           .deadline = until_});
    if (!run) return pass_on(run.error());
    return run->count.estimate;
  }

  const QueryPlan& plan_;
  std::string_view text_;
  IndexReader& index_;
  Deadline::Clock::time_point until_;
  std::vector<Slip> slips_;
  std::vector<const QueryNode*> known_;
};

}  // namespace

Result<Spelling> did_you_mean(const QueryPlan& plan,
                              std::string_view text,
                              IndexReader& index,
                              Deadline::Clock::time_point until) {
  return Speller(plan, text, index, until).run();
}

}  // namespace broadsheet::server
