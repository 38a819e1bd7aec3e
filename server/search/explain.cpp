// From shares and nodes of the plan to words, and from these to one sentence.
#include "server/search/explain.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <spdlog/fmt/fmt.h>

#include "server/search/filters.h"
#include "server/search/hit_list.h"
#include "server/search/query.h"

namespace broadsheet::server {
namespace {

// A sentence names no more words; the list has them all.
constexpr std::size_t kWordsNamed = 5;

std::string name_of(const QueryNode& word) {
  return word.starts_with.empty() ? word.exact : word.exact + "*";
}

// A part of the query as `parsed` prints it.
std::string printed(const QueryNode& part, const SearchRequest& request, Reading reading) {
  QueryNode alone;
  alone.children.push_back(part);
  return describe(alone, request.query, reading);
}

std::string printed(const Filter& filter) {
  const auto* row = std::find_if(kFilters.begin(), kFilters.end(), [&](const FilterRow& known) {
    return known.field == filter.field;
  });
  std::string values;
  for (const std::string& value : filter.values)
    values += (values.empty() ? "" : ",") + value;
  return fmt::format("{}{}:{}", filter.excluded ? "-" : "", row->parameter, values);
}

std::vector<ExplainedWord> words_of(const Explained& explained) {
  std::vector<ExplainedWord> words;
  for (const WordShare& share : explained.words) {
    words.push_back(
        {name_of(*share.word), share.score, share.title_score, share.occurrences, share.articles});
  }
  return words;
}

// Each once: a phrase and a word may lack the same.
std::vector<std::string> missing_of(const Explained& explained) {
  std::vector<std::string> missing;
  for (const QueryNode* word : explained.missing) {
    std::string name = name_of(*word);
    if (std::find(missing.begin(), missing.end(), name) == missing.end())
      missing.push_back(std::move(name));
  }
  return missing;
}

std::vector<std::string> failed_of(const Explained& explained,
                                   const std::vector<QueryNode>& filters,
                                   const SearchRequest& request,
                                   Reading reading) {
  std::vector<std::string> failed;
  for (const QueryNode* part : explained.failed) {
    const auto filter = std::find_if(
        filters.begin(), filters.end(), [part](const QueryNode& node) { return &node == part; });
    const auto place = static_cast<std::size_t>(filter - filters.begin());
    failed.push_back(filter == filters.end() ? printed(*part, request, reading)
                                             : printed(request.filters[place]));
  }
  return failed;
}

// Which end of the window keeps an article out; both where its time is not known.
std::vector<std::string> ends_failed(const SearchRequest& request, const Article& article) {
  const auto& time = article.published;
  const bool is_known = time && request.dates.field == DateField::published;
  const bool is_day = is_known && time->precision == Precision::day;
  const TimeWindow& window = is_day ? request.dates.days.value_or(request.window) : request.window;
  std::vector<std::string> ends;
  if (window.from && (!is_known || time->seconds < *window.from)) ends.emplace_back("from");
  if (window.to && (!is_known || time->seconds >= *window.to)) ends.emplace_back("to");
  return ends;
}

std::string times(std::uint32_t count) {
  if (count == 1) return "once";
  return count == 2 ? "twice" : fmt::format("{} times", count);
}

// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& items) {
  std::string list;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) list += i + 1 == items.size() ? " and " : ", ";
    list += items[i];
  }
  return list;
}

std::vector<std::string> first_named(std::vector<std::string> items) {
  if (items.size() <= kWordsNamed) return items;
  const std::size_t more = items.size() - kWordsNamed + 1;
  items.resize(kWordsNamed - 1);
  items.push_back(fmt::format("{} more", more));
  return items;
}

std::string about_words(const Explanation& explanation) {
  std::vector<std::string> held;
  for (const ExplainedWord& word : explanation.words) {
    held.push_back(fmt::format("{} ({}{})",
                               word.word,
                               word.title_score > 0 ? "in the headline, counted " : "counted ",
                               times(word.occurrences)));
  }
  std::string text = held.empty() ? "" : "Has " + listed(first_named(std::move(held)));
  if (explanation.missing.empty()) return text;
  text += text.empty() ? "Lacks " : "; lacks ";
  return text + listed(first_named(explanation.missing));
}

std::string about_age(const Explanation& explanation) {
  const auto percent = static_cast<int>(std::lround(100 * explanation.recency));
  if (!explanation.age_days) return fmt::format("undated: the score counts {} %", percent);
  const bool is_old = *explanation.age_days >= 2;
  const auto age = std::lround(*explanation.age_days * (is_old ? 1 : 24));
  return fmt::format("{} {} old: the score counts {} %", age, is_old ? "days" : "hours", percent);
}

std::string sentence_of(const Explanation& explanation, bool is_decaying) {
  std::string sentence = about_words(explanation);
  if (sentence.empty()) sentence = "The query has no words to rank by";
  if (!explanation.is_match) {
    sentence += "; no match";
    if (!explanation.failed.empty())
      sentence += ", for it fails " + listed(first_named(explanation.failed));
  } else {
    if (is_decaying) sentence += "; " + about_age(explanation);
    if (explanation.source_weight != 1)
      sentence += fmt::format("; its source counts {:g} times", explanation.source_weight);
  }
  return sentence + ".";
}

}  // namespace

Result<std::optional<Explanation>> explain(IndexReader& index,
                                           const SearchRequest& request,
                                           const PlanRead& read,
                                           const StoredArticle& article) {
  const std::vector<QueryNode> filters = filter_nodes(request);
  const auto explained = index.explain(
      run_request(request, read.plan, filters), read.plan.root, read.reading, article.doc_id);
  if (!explained) return pass_on(explained.error());
  if (!*explained) return std::optional<Explanation>();
  Explanation explanation;
  explanation.is_match = (*explained)->is_match;
  explanation.words = words_of(**explained);
  explanation.missing = missing_of(**explained);
  explanation.failed = failed_of(**explained, filters, request, read.reading);
  if (!(*explained)->is_in_window) {
    std::vector<std::string> ends = ends_failed(request, article.article);
    std::move(ends.begin(), ends.end(), std::back_inserter(explanation.failed));
  }
  explanation.text_score = (*explained)->text_score;
  explanation.recency = (*explained)->recency;
  explanation.source_weight = (*explained)->source_weight;
  if (request.sort == Sort::relevance && explanation.is_match)
    explanation.score = explanation.text_score * explanation.recency * explanation.source_weight;
  const bool is_decaying = request.recency.half_life_days > 0;
  const auto& published = article.article.published;
  if (is_decaying && published) {
    const auto age = std::max<std::int64_t>(0, request.recency.now - published->seconds);
    explanation.age_days = static_cast<double>(age) / kSecondsADay;
  }
  explanation.sentence = sentence_of(explanation, is_decaying);
  return std::optional(std::move(explanation));
}

}  // namespace broadsheet::server
