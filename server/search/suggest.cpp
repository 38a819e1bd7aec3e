// Labels by how one of their words begins, headlines by the stems of their titles.
#include "server/search/suggest.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "schema/fields.h"

namespace broadsheet::server {
namespace {

using Kind = Suggestion::Kind;

// So many of each kind at most, headlines apart: those fill what is left.
constexpr std::size_t kMostQueries = 3;
constexpr std::size_t kMostKickers = 2;
constexpr std::size_t kMostNames = 2;

// An unfinished word stands for so many stems: those of most headlines.
constexpr std::size_t kMostEndings = 24;
// A word that no headline has stands for so many that are one edit away.
constexpr std::size_t kMostAlike = 4;
// Shorter words are too like others.
constexpr std::size_t kLeastMisspelt = 4;
// More is no headline any more.
constexpr std::size_t kMostWords = 12;

struct LabelRow {
  Field field;
  Kind kind;
  std::size_t most;
};

constexpr LabelRow kLabels[] = {
    {Field::kicker, Kind::kicker, kMostKickers},
    {Field::tag, Kind::name, kMostNames},
    {Field::author, Kind::name, kMostNames},
};

// The values of a field as an article has them.
std::vector<std::string> values_of(const Article& article, Field field) {
  if (field == Field::kicker) return {article.kicker};
  return field == Field::tag ? article.tags : article.authors;
}

class Completion {
 public:
  Completion(ReadSession& session, TextAnalyzer& analyzer, const SuggestRequest& request)
      : session_(session), analyzer_(analyzer), request_(request), folded_(fold(request.text)) {}

  Result<std::vector<Suggestion>> run(const QueryLog& log) {
    for (std::string& text : log.beginning_with(folded_, kMostQueries))
      add({std::move(text), Kind::query, {}});
    for (const LabelRow& row : kLabels)
      if (auto added = add_labels(row); !added) return pass_on(added.error());
    if (auto added = add_headlines(false); !added) return pass_on(added.error());
    if (found_.empty())
      if (auto added = add_headlines(true); !added) return pass_on(added.error());
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::size_t room() const {
    return static_cast<std::size_t>(request_.limit) - found_.size();
  }

  // The same words are shown once, whatever else they are.
  void add(Suggestion suggestion) {
    if (room() > 0 && shown_.insert(fold(suggestion.text)).second)
      found_.push_back(std::move(suggestion));
  }

  Result<void> add_labels(const LabelRow& row) {
    const std::size_t before = found_.size();
    for (const CountedWord& label :
         session_.index.labels_with_word(row.field, folded_, 2 * row.most)) {
      if (found_.size() - before == row.most) break;
      auto text = as_written(row.field, label.word);
      if (!text) return pass_on(text.error());
      if (*text) add({std::move(**text), row.kind, {}});
    }
    return {};
  }

  // A label as its newest visible article has it: what facets remember of spellings may be of an
  // article that was taken down since.
  Result<std::optional<std::string>> as_written(Field field, const std::string& folded) {
    const std::string term = std::string(row_of(field).prefix) + folded;
    auto doc = session_.index.newest_with(term);
    if (!doc) return pass_on(doc.error());
    if (!*doc) return std::optional<std::string>();
    auto articles = session_.catalog.articles_by_doc({**doc});
    if (!articles) return pass_on(articles.error());
    for (const StoredArticle& stored : *articles) {
      if (!is_visible(stored.article, request_.clock)) continue;
      for (std::string& value : values_of(stored.article, field))
        if (label_term(field, value) == term) return std::optional(std::move(value));
    }
    return std::optional<std::string>();
  }

  Result<void> add_headlines(bool with_slips) {
    const std::size_t wanted = room();
    const QueryNode root = headline_query(with_slips);
    if (root.children.empty() || wanted == 0) return {};
    const std::vector<QueryNode> no_filters;
    // Twice as many, for some have the same words.
    auto run = session_.index.run({.root = root,
                                   .match = MatchMode::all,
                                   .filters = no_filters,
                                   .sort = Sort::newest,
                                   .limit = 2 * wanted,
                                   .walk_up_to = 0,
                                   .count_up_to = 0});
    if (!run) return pass_on(run.error());
    std::vector<DocId> numbers;
    for (const FoundDoc& doc : run->docs)
      numbers.push_back(doc.doc);
    auto articles = session_.catalog.articles_by_doc(numbers);
    if (!articles) return pass_on(articles.error());
    for (const StoredArticle& stored : *articles) {
      if (is_visible(stored.article, request_.clock))
        add({stored.article.title, Kind::headline, stored.article.id});
    }
    return {};
  }

  // Every word typed is required, the last one as the beginning of a word.
  QueryNode headline_query(bool with_slips) {
    QueryNode root;
    const auto take = [&](const Token& token) {
      if (root.children.size() == kMostWords) return;
      QueryNode word;
      word.kind = NodeKind::word;
      word.field = Field::title;
      word.occur = Occur::required;
      word.terms = {std::string(token.term)};
      word.end = token.end;
      word.begin = token.begin;
      root.children.push_back(std::move(word));
    };
    analyzer_.analyze(request_.text, "", take);
    for (QueryNode& word : root.children)
      word.terms = terms_of(word, with_slips);
    return root;
  }

  std::vector<std::string> terms_of(const QueryNode& word, bool with_slips) {
    const std::string typed = word.terms.front();
    std::vector<std::string> stems = {typed};
    const std::string spelling = request_.text.substr(word.begin, word.end - word.begin);
    for (const std::string& language : session_.index.languages())
      stems.emplace_back(analyzer_.stem(spelling, language));
    const auto add_all = [&stems](const std::vector<CountedWord>& words) {
      for (const CountedWord& other : words)
        stems.push_back(other.word);
    };
    const bool is_unfinished = word.end == request_.text.size();
    if (is_unfinished)
      add_all(session_.index.words_beginning_with(Field::title, typed, kMostEndings));
    if (with_slips && typed.size() >= kLeastMisspelt)
      add_all(session_.index.words_alike(Field::title, typed, 1, kMostAlike));
    std::sort(stems.begin(), stems.end());
    stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
    std::vector<std::string> terms;
    for (const std::string& stem : stems)
      if (!stem.empty()) terms.push_back(std::string(row_of(Field::title).prefix) + stem);
    return terms;
  }

  ReadSession& session_;
  TextAnalyzer& analyzer_;
  const SuggestRequest& request_;
  std::string folded_;
  std::vector<Suggestion> found_;
  std::unordered_set<std::string> shown_;
};

}  // namespace

Result<SuggestResponse> suggest(ReadSession& session,
                                TextAnalyzer& analyzer,
                                const QueryLog& log,
                                const SuggestRequest& request) {
  auto found = Completion(session, analyzer, request).run(log);
  if (!found) return pass_on(found.error());
  return SuggestResponse{std::move(*found),
                         {session.index.generation(), session.index.applied_seq()}};
}

}  // namespace broadsheet::server
