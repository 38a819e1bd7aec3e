// GET /v1/suggest: completions, in our own form or in that of OpenSearch.
#include <array>
#include <string>

#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/json_writer.h"
#include "server/api/param_tables.h"

namespace broadsheet::server {
namespace {

std::string_view kind_word(Suggestion::Kind kind) {
  constexpr std::array<std::string_view, 4> kWords = {"headline", "query", "name", "kicker"};
  return kWords.at(static_cast<std::size_t>(kind));
}

std::string suggestions_json(const SuggestResponse& found) {
  JsonWriter json;
  json.begin_object();
  json.key("suggestions");
  json.begin_array();
  for (const Suggestion& suggestion : found.suggestions) {
    json.begin_object();
    json.member("text", suggestion.text);
    json.member("kind", kind_word(suggestion.kind));
    json.member_or_null("id", suggestion.id);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

// What was typed, the completions and what each is (OpenSearch 1.1, extension "Suggestions").
std::string opensearch_json(const std::string& typed, const SuggestResponse& found) {
  JsonWriter json;
  json.begin_array();
  json.string(typed);
  json.begin_array();
  for (const Suggestion& suggestion : found.suggestions)
    json.string(suggestion.text);
  json.end_array();
  json.begin_array();
  for (const Suggestion& suggestion : found.suggestions)
    json.string(kind_word(suggestion.kind));
  json.end_array();
  json.end_array();
  return json.take();
}

}  // namespace

Response suggest(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kSuggestParams, request);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  SuggestRequest wanted;
  wanted.text = read.params.text("q");
  wanted.limit = static_cast<int>(read.params.integer("limit").value_or(wanted.limit));
  wanted.clock = backend.clock();
  const auto found = backend.suggest(wanted);
  if (!found) return failure_reply(backend, request, found.error());
  if (read.params.text("format") != "opensearch") return json_reply(suggestions_json(*found));
  Response response = json_reply(opensearch_json(wanted.text, *found));
  response.content_type = "application/x-suggestions+json";
  return response;
}

}  // namespace broadsheet::server
