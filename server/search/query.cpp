// Parsing from end to end: limits first, then lexer, terms and parser, then the readable form.
#include "server/search/query.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "schema/text_unicode.h"
#include "server/search/place_names.h"
#include "server/search/query_lexer.h"
#include "server/search/query_parser.h"
#include "server/search/query_terms.h"

namespace broadsheet::server {
namespace {

// The bytes of the query that count, control characters blank: a phrase pasted with its line breaks
// is still one phrase, and a zero byte is no end.
std::string readable_part(std::string_view text) {
  std::string part(text.substr(0, kMaxQueryBytes + 1));
  cut_utf8(part, kMaxQueryBytes);
  std::replace_if(
      part.begin(), part.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }, ' ');
  return part;
}

// Names the fault alone: nothing is repaired.
Error strict_error(const QueryWarning& warning) {
  return {ErrorCode::invalid_argument,
          "q: " + warning.message.substr(0, warning.message.find(';')) + ", at byte " +
              std::to_string(warning.position),
          "leave out strict to have the query repaired"};
}

}  // namespace

Result<QueryPlan> parse_query(std::string_view text,
                              const QueryOptions& options,
                              TextAnalyzer& analyzer) {
  const std::string part = readable_part(text);
  QueryWarnings warnings;
  if (part.size() < text.size()) {
    warnings.add("query is longer than " + std::to_string(kMaxQueryBytes) + " bytes; cut",
                 part.size());
  }
  QueryTerms terms(part, options.languages, analyzer, warnings);
  QueryPlan plan;
  QueryParser parser(part, terms, {options.now, options.zone}, warnings);
  plan.root = parser.parse();
  add_place_names(plan.root, terms);
  plan.window = parser.window();
  plan.dates = parser.take_dates();
  if (terms.is_full()) {
    warnings.add("query has more than " + std::to_string(kMaxQueryWords) + " words; cut",
                 terms.full_at());
  }
  if (plan.root.children.empty() && plan.dates.empty() && !parser.is_blank()) {
    warnings.add("query holds no word; every article matches", 0);
  }
  plan.warnings = warnings.take();
  if (options.strict && !plan.warnings.empty()) {
    return pass_on(strict_error(plan.warnings.front()));
  }
  return plan;
}

}  // namespace broadsheet::server
