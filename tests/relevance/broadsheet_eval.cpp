// broadsheet-relevance: measures ranking on the test sets and prints one line for each, with run
// files in the form of TREC when asked. For tuning and for the record; the tests hold the floors.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/relevance/sets.h"
#include "tests/relevance/test_data.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

struct Options {
  std::vector<std::string> names;  // empty: all
  std::string work_dir;
  std::string run_file;
};

// "query Q0 article rank score tag", best first.
void write_run_file(const std::string& path, std::string_view name, const Run& run) {
  std::ofstream file(path, std::ios::app);
  for (const auto& [query, ranked] : run) {
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      file << fmt::format("{} Q0 {} {} {} {}\n", query, ranked[i], i + 1, ranked.size() - i, name);
    }
  }
}

void print(std::string_view name, const Figures& figures, const Outcome& outcome) {
  std::cout << fmt::format(
                   "{:<26} queries {:>4}  nDCG@10 {:.4f}  MAP {:.4f}  MRR {:.4f}  P@5 {:.4f}  R@10 "
                   "{:.4f}  "
                   "R@100 {:.4f}  p50 {:.2f} ms  p95 {:.2f} ms\n",
                   name,
                   figures.queries,
                   figures.ndcg_10,
                   figures.map,
                   figures.mrr,
                   figures.precision_5,
                   figures.recall_10,
                   figures.recall_100,
                   outcome.within(0.5),
                   outcome.within(0.95))
            << std::flush;
}

int run(const Options& options) {
  const auto data = test_data_dir();
  if (!data) {
    std::cerr << kNoTestData << '\n';
    return EXIT_FAILURE;
  }
  const tests::TempDir temporary;
  const std::filesystem::path work_dir =
      options.work_dir.empty() ? temporary.path() : std::filesystem::path(options.work_dir);
  for (const Measurement& measurement : measurements()) {
    const bool is_asked = options.names.empty() ||
                          std::find(options.names.begin(), options.names.end(), measurement.name) !=
                              options.names.end();
    if (!is_asked) continue;
    auto outcome = measure(measurement, *data, work_dir);
    if (!outcome) {
      std::cerr << fmt::format("{}: {}\n", measurement.name, outcome.error().message);
      return EXIT_FAILURE;
    }
    print(measurement.name, evaluate(outcome->run, outcome->truth), *outcome);
    if (!options.run_file.empty()) {
      write_run_file(options.run_file, measurement.name, outcome->run);
    }
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace broadsheet::relevance

int main(int argc, char** argv) {
  CLI::App app("Measures ranking on the test sets");
  broadsheet::relevance::Options options;
  std::vector<std::string> names;
  for (const auto& measurement : broadsheet::relevance::measurements())
    names.emplace_back(measurement.name);
  app.add_option("NAME", options.names, "What to measure; everything when left out")
      ->check(CLI::IsMember(names));
  app.add_option("--work-dir", options.work_dir, "Keep the archives here, and use those there");
  app.add_option("--run-file", options.run_file, "Append the ranked lists in the form of TREC");
  CLI11_PARSE(app, argc, argv);
  try {
    return broadsheet::relevance::run(options);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return EXIT_FAILURE;
  }
}
