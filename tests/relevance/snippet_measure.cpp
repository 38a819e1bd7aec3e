// What a snippet could have shown is judged by the analyser itself, so inflections count.
#include "tests/relevance/snippet_measure.h"

#include <set>
#include <string>

#include "schema/text.h"
#include "server/search/searcher.h"
#include "tests/relevance/archive.h"
#include "tests/relevance/test_data.h"

namespace broadsheet::relevance {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;
constexpr int kHits = 10;

std::set<std::string> stems_of(TextAnalyzer& analyzer,
                               std::string_view text,
                               std::string_view language) {
  std::set<std::string> stems;
  analyzer.analyze(text, language, [&](const Token& token) {
    if (!is_stop_word(token.term, language)) stems.emplace(token.stem);
  });
  return stems;
}

std::size_t count_common(const std::set<std::string>& some, const std::set<std::string>& others) {
  std::size_t common = 0;
  for (const std::string& stem : some)
    common += others.count(stem);
  return common;
}

struct Sums {
  double shown = 0;
  std::size_t judged = 0;  // snippets of bodies that hold a word of the query
  std::size_t at_bounds = 0;
  std::size_t snippets = 0;
};

void judge(const server::Hit& hit, const std::string& query, TextAnalyzer& analyzer, Sums& sums) {
  const auto& article = hit.article.article;
  const auto asked = stems_of(analyzer, query, article.language);
  const std::size_t possible =
      count_common(asked, stems_of(analyzer, article.body, article.language));
  const std::string& text = hit.snippet.text;
  ++sums.snippets;
  if (!text.starts_with("…") && !text.ends_with("…")) ++sums.at_bounds;
  if (possible == 0) return;
  ++sums.judged;
  sums.shown +=
      static_cast<double>(count_common(asked, stems_of(analyzer, text, article.language))) /
      static_cast<double>(possible);
}

}  // namespace

Result<SnippetFigures> measure_snippets(std::string_view set,
                                        std::size_t queries,
                                        const std::filesystem::path& data,
                                        const std::filesystem::path& work_dir) {
  const auto files = article_files(data / set);
  const auto archive = work_dir / (std::string(set) + "-body");
  if (auto built = build_archive(archive, files, Titles::left_out); !built)
    return pass_on(built.error());
  server::SessionPool pool(archive, 1);
  server::Searcher searcher(pool);
  TextAnalyzer analyzer;
  Sums sums;
  for (const Question& question : headlines_of(files, queries).questions) {
    server::SearchRequest request;
    request.query = question.text;
    request.limit = kHits;
    request.now = request.clock = kNow;
    const auto response = searcher.search(request);
    if (!response) return pass_on(response.error());
    for (const server::Hit& hit : response->hits)
      judge(hit, question.text, analyzer, sums);
    analyzer.trim();
  }
  if (sums.judged == 0) return SnippetFigures{};
  return SnippetFigures{sums.shown / static_cast<double>(sums.judged),
                        static_cast<double>(sums.at_bounds) / static_cast<double>(sums.snippets),
                        sums.snippets};
}

}  // namespace broadsheet::relevance
