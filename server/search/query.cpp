// Parsing from end to end: limits first, then lexer, terms and parser, then the readable form.
#include "server/search/query.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "server/search/query_lexer.h"
#include "server/search/query_parser.h"
#include "server/search/query_terms.h"

namespace broadsheet::server {
namespace {

bool is_continuation(char c) {
  return (c & '\xC0') == '\x80';
}

// The bytes of the query that count, control characters blank: a phrase pasted with its line breaks
// is still one phrase, and a zero byte is no end.
std::string readable_part(std::string_view text) {
  if (text.size() > kMaxQueryBytes) {
    std::size_t size = kMaxQueryBytes;
    while (size > 0 && is_continuation(text[size]))
      --size;
    text = text.substr(0, size);
  }
  std::string part(text);
  std::replace_if(
      part.begin(), part.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }, ' ');
  return part;
}

Error strict_error(const QueryWarning& warning) {
  return {ErrorCode::invalid_argument,
          "q: " + warning.message + ", at byte " + std::to_string(warning.position),
          "leave out strict to have the query repaired"};
}

}  // namespace

Result<QueryPlan> parse_query(std::string_view text,
                              const QueryOptions& options,
                              TextAnalyzer& analyzer) {
  const std::string part = readable_part(text);
  QueryWarnings warnings;
  if (part.size() < text.size()) {
    warnings.add("query is longer than " + std::to_string(kMaxQueryBytes) + " bytes and is cut",
                 part.size());
  }
  QueryTerms terms(part, options.languages, analyzer);
  QueryPlan plan;
  QueryParser parser(part, terms, warnings);
  plan.root = parser.parse();
  if (terms.is_full()) {
    warnings.add("query has more than " + std::to_string(kMaxQueryWords) + " words and is cut",
                 terms.full_at());
  }
  if (plan.root.children.empty() && !parser.is_blank()) {
    warnings.add("query holds no word; every article matches", 0);
  }
  plan.warnings = warnings.take();
  if (options.strict && !plan.warnings.empty()) {
    return pass_on(strict_error(plan.warnings.front()));
  }
  return plan;
}

}  // namespace broadsheet::server
