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

// The readable form read again is itself.
void check_readable_form(std::string_view query, Reading reading, TextAnalyzer& analyzer) {
  const QueryOptions options{MatchMode::all, {"en", "fr", "ja"}, false, 1'750'239'000};
  const auto plan = parse_query(query, options, analyzer);
  require(plan.has_value());
  const std::string shown = describe(*plan, query, reading);
  if (shown.size() > kMaxQueryBytes) return;
  const auto again = parse_query(shown, options, analyzer);
  require(again.has_value());
  // Longer or deeper than a query may be, it is cut as any other.
  const bool is_cut =
      std::any_of(again->warnings.begin(), again->warnings.end(), [](const QueryWarning& warning) {
        return warning.message.starts_with("parentheses deeper") ||
               warning.message.ends_with("; cut");
      });
  require(is_cut || describe(*again, shown, reading) == shown);
}

void check(std::string_view query, std::string_view body) {
  TextAnalyzer analyzer;
  check_readable_form(query, Reading::all_exact, analyzer);
  check_readable_form(query, Reading::all, analyzer);
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
