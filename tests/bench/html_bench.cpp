// Pages a second on one core, from bytes to RawArticle. Reads the pages of
// $BROADSHEET_TEST_DATA/formats/html (else ../shared/data/formats/html); without them it is
// skipped.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <zlib.h>

#include "indexer/readers/html.h"
#include "tests/bench/rows.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

// A plain file is read as it is.
std::string unpacked(const fs::path& path) {
  std::string bytes;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  char buffer[1U << 16U];
  for (int size = 0; (size = gzread(file, buffer, sizeof buffer)) > 0;)
    bytes.append(buffer, static_cast<std::size_t>(size));
  gzclose(file);
  return bytes;
}

std::vector<std::string> read_pages() {
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  const fs::path folder = fs::path(data ? data : "") / "formats/html";
  std::vector<std::string> pages;
  if (data == nullptr || !fs::is_directory(folder)) return pages;
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (name.starts_with("aeb-") && name.ends_with(".html.gz")) pages.push_back(unpacked(file));
  }
  return pages;
}

void pages_to_articles(benchmark::State& state) {
  static const std::vector<std::string> kPages = read_pages();
  if (kPages.empty()) {
    state.SkipWithError("set BROADSHEET_TEST_DATA to the folder with formats/html");
    return;
  }
  std::int64_t bytes = 0;
  std::int64_t pages = 0;
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& page : kPages) {
      benchmark::DoNotOptimize(read_html(page, {}));
      bytes += static_cast<std::int64_t>(page.size());
    }
    pages += static_cast<std::int64_t>(kPages.size());
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(pages);
}

BENCHMARK(pages_to_articles)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace broadsheet::indexer

int main(int argc, char** argv) {
  return broadsheet::bench::run_benchmarks(argc, argv, {"items_per_second", 1, "pages/s"});
}
