// How fast text becomes tokens: bytes a second on one core over real bodies, with and without
// stems. Reads $BROADSHEET_TEST_DATA/allsides; without it the benchmark says so and is skipped.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "schema/language.h"
#include "schema/text.h"
#include "tests/bench/rows.h"

namespace broadsheet {
namespace {

// A fifth of the set: enough for a vocabulary of its own, quick to read.
constexpr std::size_t kMaxBytes = 40'000'000;

// One line of a file, plain or gzip; false at the end of the file.
bool read_line(gzFile file, std::string& line) {
  line.clear();
  char buffer[1U << 16U];
  while (gzgets(file, buffer, sizeof buffer) != nullptr) {
    line += buffer;
    if (line.back() == '\n') return true;
  }
  return !line.empty();
}

std::string articles_path() {
  if (const char* articles = std::getenv("BROADSHEET_BENCH_ARTICLES")) return articles;
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  return data ? std::string(data) + "/allsides/articles-2016-2019.jsonl.gz" : std::string();
}

std::vector<std::string> read_bodies() {
  const std::string path = articles_path();
  gzFile file = path.empty() ? nullptr : gzopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::vector<std::string> bodies;
  std::size_t bytes = 0;
  std::string line;
  while (bytes < kMaxBytes && read_line(file, line)) {
    const auto article = nlohmann::json::parse(line, nullptr, false);
    if (!article.is_object() || !article.contains("body") || !article["body"].is_string()) continue;
    bodies.push_back(article["body"].get<std::string>());
    bytes += bodies.back().size();
  }
  gzclose(file);
  return bodies;
}

const std::vector<std::string>& bodies() {
  static const std::vector<std::string> read = read_bodies();
  return read;
}

bool is_skipped(benchmark::State& state) {
  if (!bodies().empty()) return false;
  state.SkipWithError("set BROADSHEET_BENCH_ARTICLES to a JSONL file of articles");
  return true;
}

void count(benchmark::State& state, std::uint64_t bytes, std::uint64_t tokens) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.counters["tokens"] =
      benchmark::Counter(static_cast<double>(tokens), benchmark::Counter::kIsRate);
}

// A new analyser each time, so that learning the vocabulary is part of the figure.
void analyze_bodies(benchmark::State& state, std::string_view language) {
  if (is_skipped(state)) return;
  std::uint64_t bytes = 0;
  std::uint64_t tokens = 0;
  for ([[maybe_unused]] auto _ : state) {
    TextAnalyzer analyzer;
    for (const std::string& body : bodies()) {
      analyzer.analyze(body, language, [&](const Token& token) {
        benchmark::DoNotOptimize(token.stem_word);
        ++tokens;
      });
      bytes += body.size();
    }
  }
  count(state, bytes, tokens);
}

void text_with_stems(benchmark::State& state) {
  analyze_bodies(state, "en");
}

void text_without_stems(benchmark::State& state) {
  analyze_bodies(state, "");
}

void text_of_queries(benchmark::State& state) {
  TextAnalyzer analyzer;
  std::uint64_t bytes = 0;
  std::uint64_t tokens = 0;
  constexpr std::string_view kQuery = "Japan’s tariff talks with the U.S.";
  for ([[maybe_unused]] auto _ : state) {
    analyzer.analyze(kQuery, "en", [&](const Token&) { ++tokens; });
    bytes += kQuery.size();
  }
  count(state, bytes, tokens);
}

void language_of_bodies(benchmark::State& state) {
  if (is_skipped(state)) return;
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(detect_language(bodies()[at]));
    at = (at + 1) % bodies().size();
  }
}

BENCHMARK(text_with_stems)->Unit(benchmark::kMillisecond);
BENCHMARK(text_without_stems)->Unit(benchmark::kMillisecond);
BENCHMARK(text_of_queries);
BENCHMARK(language_of_bodies)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace broadsheet

int main(int argc, char** argv) {
  return broadsheet::bench::run_benchmarks(argc, argv, broadsheet::bench::kMegabytes);
}
