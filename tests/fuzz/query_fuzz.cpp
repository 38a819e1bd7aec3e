// Any bytes as a query, any bytes as an article: parsing and snippets must keep their promises. The
// input's first half is the query, the second the body.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "schema/text.h"
#include "server/search/query.h"
#include "server/search/snippets.h"
#include "server/search/snippets_sentences.h"

namespace broadsheet::server {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

int depth_of(const QueryNode& node) {
  int deepest = 0;
  for (const QueryNode& child : node.children)
    deepest = std::max(deepest, depth_of(child));
  return deepest + 1;
}

void check_snippet(const Snippet& snippet, std::size_t chars) {
  const std::size_t length = count_chars(snippet.text);
  require(length <= chars);
  std::size_t end = 0;
  for (const auto& [start, size] : snippet.matches) {
    require(start >= end && size > 0);
    end = std::size_t{start} + size;
  }
  require(end <= length);
}

void check(std::string_view query, std::string_view body) {
  TextAnalyzer analyzer;
  for (const MatchMode match : {MatchMode::all, MatchMode::any}) {
    const auto plan = parse_query(query, {match, {"en", "fr", "ja"}, false}, analyzer);
    require(plan.has_value());
    require(depth_of(plan->root) <= kMaxQueryDepth);
    for (const QueryWarning& warning : plan->warnings)
      require(warning.position <= query.size());
    SnippetMaker maker(analyzer);
    maker.look_for(marked_terms(plan->root));
    check_snippet(maker.make(query, body, {"en", 80, Highlight::html}), 80);
    check_snippet(maker.make(query, body, {"ar", 40, Highlight::offsets}), 40);
    (void)maker.mark_title(body, "fr");
  }
}

}  // namespace
}  // namespace broadsheet::server

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  broadsheet::server::check(input.substr(0, size / 2), input.substr(size / 2));
  return 0;
}
