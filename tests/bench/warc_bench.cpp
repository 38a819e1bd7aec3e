// Pages a second on one core, from a packed web archive to RawArticle. The archive is made of the
// pages of $BROADSHEET_TEST_DATA/formats/html; without them it is skipped. Beside it the archive
// alone: what unpacking and cutting cost.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>

#include "indexer/readers/formats.h"
#include "tests/bench/rows.h"
#include "tests/support/byte_sources.h"
#include "tests/support/packed.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

std::string member_of(const fs::path& file) {
  std::stringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  // The samples are packed as servers send them.
  const std::string block =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + bytes.str();
  return tests::gzip("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/" +
                     file.filename().string() + "\r\nContent-Length: " +
                     std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n");
}

std::string make_archive() {
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  const fs::path folder = fs::path(data ? data : "") / "formats/html";
  std::string archive;
  if (data == nullptr || !fs::is_directory(folder)) return archive;
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (name.starts_with("aeb-") && name.ends_with(".html.gz")) archive += member_of(file.path());
  }
  return archive;
}

enum class Pages { cut, read };

void run(benchmark::State& state, Pages pages) {
  static const std::string kArchive = make_archive();
  if (kArchive.empty()) {
    state.SkipWithError("set BROADSHEET_TEST_DATA to the folder with formats/html");
    return;
  }
  std::int64_t count = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto source = unpack(tests::source_of(kArchive));
    auto reader = open_reader("warc", {}, *std::move(source));
    RawRecord record;
    for (; reader && (*reader)->next(record).value_or(false); ++count)
      if (pages == Pages::read) benchmark::DoNotOptimize((*reader)->parse(record).title);
  }
  state.SetItemsProcessed(count);
}

void warc_pages_to_articles(benchmark::State& state) {
  run(state, Pages::read);
}

void warc_records_alone(benchmark::State& state) {
  run(state, Pages::cut);
}

BENCHMARK(warc_pages_to_articles)->Unit(benchmark::kMillisecond);
BENCHMARK(warc_records_alone)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace broadsheet::indexer

int main(int argc, char** argv) {
  return broadsheet::bench::run_benchmarks(argc, argv, {"items_per_second", 1, "pages/s"});
}
