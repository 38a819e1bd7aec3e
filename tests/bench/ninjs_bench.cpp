// How fast ninjs becomes raw articles: bytes of input a second on one core, through cutting and
// reading; beside it the JSON parser alone, which is the floor. Items are made here, as an agency
// sends them: text and HTML of one body, a dozen subjects, a picture in three sizes.
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "indexer/readers/formats.h"
#include "tests/bench/rows.h"
#include "tests/support/byte_sources.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;

constexpr int kItems = 2000;

Json picture() {
  Json sizes = Json::array();
  for (const int width : {120, 1024, 4096}) {
    sizes.push_back({{"href", "https://media.example/picture-" + std::to_string(width) + ".jpg"},
                     {"contenttype", "image/jpeg"},
                     {"width", width},
                     {"height", width * 2 / 3}});
  }
  return {{"name", "a1"}, {"type", "picture"}, {"by", "Ola Kern"}, {"renditions", sizes}};
}

Json item(int number) {
  std::string text;
  std::string html;
  for (int i = 0; i < 12; ++i) {
    const std::string paragraph =
        "Paragraph " + std::to_string(number * i) +
        " of a story that an agency sends, with some “quoted words” and a few names in it, as long "
        "as paragraphs on the wire are; and then one more half of a sentence to fill it up.";
    text += paragraph + "\n\n";
    html += "<p>" + paragraph + "</p>";
  }
  Json subjects = Json::array();
  for (int i = 0; i < 12; ++i)
    subjects.push_back({{"name", "subject " + std::to_string(i)}, {"literal", "medtop:1"}});
  return {{"uri", "urn:example:" + std::to_string(number)},
          {"type", "text"},
          {"version", "1"},
          {"versioncreated", "2026-03-02T10:00:00Z"},
          {"pubstatus", "usable"},
          {"language", "en"},
          {"headlines", {{{"role", "main"}, {"value", "A headline of common length on the wire"}}}},
          {"bodies",
           {{{"role", "text"}, {"contenttype", "text/plain"}, {"value", text}},
            {{"role", "html"}, {"contenttype", "text/html"}, {"value", html}}}},
          {"subjects", subjects},
          {"associations", Json::array({picture()})}};
}

std::string make_lines() {
  std::string lines;
  for (int i = 0; i < kItems; ++i)
    lines += item(i).dump() + "\n";
  return lines;
}

std::string make_array() {
  Json items = Json::array();
  for (int i = 0; i < kItems; ++i)
    items.push_back(item(i));
  return items.dump(2);
}

void read(benchmark::State& state, const std::string& input) {
  for ([[maybe_unused]] auto _ : state) {
    auto reader = open_reader("auto", {}, std::make_unique<tests::MemorySource>(input));
    RawRecord record;
    while (reader && (*reader)->next(record).value_or(false))
      benchmark::DoNotOptimize((*reader)->parse(record).title);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * input.size()));
}

void ninjs_lines(benchmark::State& state) {
  read(state, make_lines());
}

void ninjs_array(benchmark::State& state) {
  read(state, make_array());
}

void ninjs_json_alone(benchmark::State& state) {
  const std::string one = item(1).dump();
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(Json::parse(one).size());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * one.size()));
}

BENCHMARK(ninjs_lines)->Unit(benchmark::kMillisecond);
BENCHMARK(ninjs_array)->Unit(benchmark::kMillisecond);
BENCHMARK(ninjs_json_alone);

}  // namespace
}  // namespace broadsheet::indexer

int main(int argc, char** argv) {
  return broadsheet::bench::run_benchmarks(argc, argv, broadsheet::bench::kMegabytes);
}
