// How long one snippet takes, over the bodies that queries really find: for each of 300 headlines
// the ten best of some thousand articles, once for the whole headline and once for its two rarest
// words. Reads $BROADSHEET_TEST_DATA/allsides; without it the benchmarks say so and are skipped.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "schema/text.h"
#include "server/search/query.h"
#include "server/search/snippets.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kMaxBytes = 40'000'000;
constexpr std::size_t kHits = 10;

enum class QueryWords { all, two_rarest };

bool read_line(gzFile file, std::string& line) {
  line.clear();
  char buffer[1U << 16U];
  while (gzgets(file, buffer, sizeof buffer) != nullptr) {
    line += buffer;
    if (line.back() == '\n') return true;
  }
  return !line.empty();
}

// The strings under `member` in a JSONL file of the set, plain or gzip.
std::vector<std::string> read_texts(const char* file_name, const char* member) {
  std::vector<std::string> texts;
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  gzFile file =
      data ? gzopen((std::string(data) + "/allsides/" + file_name).c_str(), "rb") : nullptr;
  if (file == nullptr) return texts;
  std::string line;
  std::size_t bytes = 0;
  while (bytes < kMaxBytes && read_line(file, line)) {
    const auto object = nlohmann::json::parse(line, nullptr, false);
    if (!object.is_object() || !object.contains(member) || !object[member].is_string()) continue;
    texts.push_back(object[member].get<std::string>());
    bytes += texts.back().size();
  }
  gzclose(file);
  return texts;
}

// A set of articles that can tell which of them a query finds.
class Archive {
 public:
  Archive() : bodies_(read_texts("articles-2016-2019.jsonl.gz", "body")) {
    for (std::uint32_t number = 0; number < bodies_.size(); ++number) {
      analyzer_.analyze(bodies_[number], "en", [&](const Token& token) {
        std::vector<std::uint32_t>& holders = holders_[std::string(token.stem)];
        if (holders.empty() || holders.back() != number) holders.push_back(number);
      });
    }
  }

  [[nodiscard]] const std::vector<std::string>& bodies() const { return bodies_; }

  [[nodiscard]] double idf(const std::string& stem) const {
    const auto found = holders_.find(stem);
    if (found == holders_.end()) return 0;
    return std::log(static_cast<double>(bodies_.size()) /
                    static_cast<double>(found->second.size()));
  }

  [[nodiscard]] std::vector<std::uint32_t> best(const std::vector<MarkedTerm>& terms) const {
    std::unordered_map<std::uint32_t, double> scores;
    for (const MarkedTerm& term : terms) {
      const auto found = holders_.find(term.terms.front());
      if (found == holders_.end()) continue;
      for (const std::uint32_t body : found->second)
        scores[body] += term.weight;
    }
    std::vector<std::pair<double, std::uint32_t>> ranked;
    ranked.reserve(scores.size());
    for (const auto& [body, score] : scores)
      ranked.emplace_back(-score, body);
    std::sort(ranked.begin(), ranked.end());
    ranked.resize(std::min(ranked.size(), kHits));
    std::vector<std::uint32_t> numbers;
    numbers.reserve(ranked.size());
    for (const auto& hit : ranked)
      numbers.push_back(hit.second);
    return numbers;
  }

 private:
  std::vector<std::string> bodies_;
  TextAnalyzer analyzer_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> holders_;
};

const Archive& archive() {
  static const Archive read;
  return read;
}

struct Search {
  std::vector<MarkedTerm> terms;
  std::vector<std::uint32_t> hits;
};

std::vector<Search> searches(QueryWords words) {
  std::vector<Search> made;
  TextAnalyzer analyzer;
  for (const std::string& text : read_texts("knownitem-queries.jsonl", "text")) {
    const auto plan = parse_query(text, {MatchMode::any, {"en"}, false}, analyzer);
    Search search;
    search.terms = marked_terms(plan->root);
    for (MarkedTerm& term : search.terms)
      term.weight = archive().idf(term.terms.front());
    if (words == QueryWords::two_rarest) {
      std::sort(search.terms.begin(), search.terms.end(), [](const auto& left, const auto& right) {
        return left.weight > right.weight;
      });
      search.terms.resize(std::min<std::size_t>(search.terms.size(), 2));
    }
    search.hits = archive().best(search.terms);
    made.push_back(std::move(search));
  }
  return made;
}

void make_snippets(benchmark::State& state, QueryWords words) {
  if (archive().bodies().empty()) {
    state.SkipWithError("set BROADSHEET_TEST_DATA to the folder of test data");
    return;
  }
  const std::vector<Search> all = searches(words);
  TextAnalyzer analyzer;
  SnippetMaker maker(analyzer);
  std::size_t bodies = 0;
  std::size_t marks = 0;
  std::size_t bytes = 0;
  for ([[maybe_unused]] auto _ : state) {
    for (const Search& search : all) {
      maker.look_for(search.terms);
      for (const std::uint32_t hit : search.hits) {
        const std::string& body = archive().bodies()[hit];
        const Snippet snippet = maker.make("", body, {"en", 240, Highlight::html});
        marks += snippet.matches.size();
        bytes += body.size();
        ++bodies;
      }
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  using benchmark::Counter;
  state.counters["seconds_per_body"] =
      Counter(static_cast<double>(bodies), Counter::kIsRate | Counter::kInvert);
  state.counters["marks_per_body"] = static_cast<double>(marks) / static_cast<double>(bodies);
}

BENCHMARK_CAPTURE(make_snippets, headline, QueryWords::all)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(make_snippets, two_words, QueryWords::two_rarest)->Unit(benchmark::kMillisecond);

void parse_headlines(benchmark::State& state) {
  const std::vector<std::string> texts = read_texts("knownitem-queries.jsonl", "text");
  if (texts.empty()) {
    state.SkipWithError("set BROADSHEET_TEST_DATA to the folder of test data");
    return;
  }
  TextAnalyzer analyzer;
  std::size_t queries = 0;
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& text : texts) {
      benchmark::DoNotOptimize(parse_query(text, {MatchMode::any, {"en"}, false}, analyzer));
      ++queries;
    }
  }
  using benchmark::Counter;
  state.counters["seconds_per_query"] =
      Counter(static_cast<double>(queries), Counter::kIsRate | Counter::kInvert);
}

BENCHMARK(parse_headlines)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace broadsheet::server

BENCHMARK_MAIN();
