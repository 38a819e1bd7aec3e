// How fast foreign dumps become raw articles: bytes of input a second on one core, through cutting,
// mapping and reading. Articles are made here, as content systems export them.
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "indexer/readers/field_map.h"
#include "indexer/readers/formats.h"
#include "tests/bench/rows.h"
#include "tests/support/byte_sources.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;

constexpr int kArticles = 3000;

std::string text_of(int number) {
  std::string text;
  for (int i = 0; i < 14; ++i) {
    text +=
        "Paragraph " + std::to_string(number * i) +
        " of an article that was exported, with some “quoted words” and a few names in it, as "
        "long as paragraphs in papers are; and then one more half of a sentence to fill it.\n\n";
  }
  return text;
}

Json article(int number) {
  return {{"id", number},
          {"headline", "A headline of common length, number " + std::to_string(number)},
          {"text", text_of(number)},
          {"pubDate", "2026-03-02T10:00:00Z"},
          {"link", "https://paper.example/" + std::to_string(number)},
          {"byline", "Ana Kern and Ola Voss"},
          {"keywords", {"harbour", "ferries", "islands"}},
          {"words", 412}};
}

std::string make_answer() {
  Json results = Json::array();
  for (int i = 0; i < kArticles; ++i)
    results.push_back(article(i));
  return Json{{"status", "ok"}, {"data", {{"results", std::move(results)}}}}.dump(1);
}

std::string make_table() {
  std::string table = "id,headline,text,pubDate,link,byline,keywords\r\n";
  for (int i = 0; i < kArticles; ++i) {
    const std::string number = std::to_string(i);
    table += number + ",\"A headline \"\"of common length\"\", number " + number + "\",\"" +
             text_of(i) + "\",2026-03-02T10:00:00Z,https://paper.example/" + number +
             ",Ana Kern,\"harbour, ferries\"\r\n";
  }
  return table;
}

void read(benchmark::State& state, const std::string& input, const char* map) {
  ReaderOptions options;
  if (map != nullptr) {
    auto parsed = parse_field_map(map);
    if (!parsed) return state.SkipWithError("the map is wrong");
    options.map = std::make_shared<const FieldMap>(*std::move(parsed));
  }
  for ([[maybe_unused]] auto _ : state) {
    auto reader = open_reader("auto", options, std::make_unique<tests::MemorySource>(input));
    RawRecord record;
    while (reader && (*reader)->next(record).value_or(false))
      benchmark::DoNotOptimize((*reader)->parse(record).title);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * input.size()));
}

void json_document(benchmark::State& state) {
  read(state, make_answer(), nullptr);
}

void json_document_mapped(benchmark::State& state) {
  read(state, make_answer(), "title=headline,body=text,published=pubDate,url=link,tags=keywords");
}

void csv_table(benchmark::State& state) {
  read(state, make_table(), nullptr);
}

BENCHMARK(json_document)->Unit(benchmark::kMillisecond);
BENCHMARK(json_document_mapped)->Unit(benchmark::kMillisecond);
BENCHMARK(csv_table)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace broadsheet::indexer

int main(int argc, char** argv) {
  return broadsheet::bench::run_benchmarks(argc, argv, broadsheet::bench::kMegabytes);
}
