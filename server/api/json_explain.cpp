// Why an article ranks where it does, as JSON: beside a hit, and as an answer of its own.
#include "server/api/json.h"

namespace broadsheet::server {
namespace {

constexpr int kScoreDigits = 4;

void write_word(JsonWriter& json, const ExplainedWord& word) {
  json.begin_object();
  json.member("word", word.word);
  json.key("score");
  json.decimal(word.score, kScoreDigits);
  json.key("title_score");
  json.decimal(word.title_score, kScoreDigits);
  json.key("occurrences");
  json.number(word.occurrences);
  json.key("articles");
  json.number(word.articles);
  json.end_object();
}

void decimal_or_null(JsonWriter& json, const std::optional<double>& number, int digits) {
  if (number) {
    json.decimal(*number, digits);
  } else {
    json.null();
  }
}

}  // namespace

void write_explanation(JsonWriter& json, const Explanation& explanation) {
  json.begin_object();
  json.key("match");
  json.boolean(explanation.is_match);
  json.key("score");
  decimal_or_null(json, explanation.score, kScoreDigits);
  json.key("text_score");
  json.decimal(explanation.text_score, kScoreDigits);
  json.key("recency");
  json.decimal(explanation.recency, kScoreDigits);
  json.key("source_weight");
  json.decimal(explanation.source_weight, kScoreDigits);
  json.key("age_days");
  decimal_or_null(json, explanation.age_days, 1);
  json.key("words");
  json.begin_array();
  for (const ExplainedWord& word : explanation.words)
    write_word(json, word);
  json.end_array();
  json.key("missing");
  write_strings(json, explanation.missing);
  json.key("failed");
  write_strings(json, explanation.failed);
  json.member("sentence", explanation.sentence);
  json.end_object();
}

std::string explain_json(const SearchQuery& query, const ExplainResponse& explained) {
  const Article& article = explained.article.article;
  JsonWriter json(2048);
  json.begin_object();
  json.key("query");
  write_query(json, query, explained.search);
  json.key("article");
  json.begin_object();
  json.member("id", article.id);
  json.member_or_null("title", article.title);
  json.key("published");
  write_time(json, article.published);
  json.end_object();
  json.key("rank");
  if (explained.rank) {
    json.number(*explained.rank);
  } else {
    json.null();
  }
  json.key("explain");
  if (explained.explanation) {
    write_explanation(json, *explained.explanation);
  } else {
    json.null();
  }
  json.key("index");
  write_index(json, explained.search.index);
  json.key("partial");
  json.boolean(explained.search.partial);
  json.end_object();
  return json.take();
}

}  // namespace broadsheet::server
