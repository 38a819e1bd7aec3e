// broadsheet-eval: measures ranking, on the test sets or on run files of any system, and tells
// whether a difference means anything. For tuning and for the record; the tests hold the floors.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/relevance/clusters.h"
#include "tests/relevance/sets.h"
#include "tests/relevance/significance.h"
#include "tests/relevance/snippet_measure.h"
#include "tests/relevance/test_data.h"
#include "tests/relevance/trec.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

constexpr std::string_view kSnippetSets[] = {"basil", "bbc", "finnish", "wikinews_ja"};
constexpr std::size_t kSnippetQueries = 300;

struct Options {
  std::vector<std::string> names;  // empty: all
  std::string work_dir;
  std::string run_file;
  std::string judgments;
  std::vector<std::string> runs;
};

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

bool is_asked(const Options& options, std::string_view name) {
  return options.names.empty() ||
         std::find(options.names.begin(), options.names.end(), name) != options.names.end();
}

bool measure_stories(const Options& options,
                     const std::filesystem::path& data,
                     const std::filesystem::path& work_dir) {
  for (const ClusterMeasurement& measurement : cluster_measurements()) {
    if (!is_asked(options, measurement.name)) continue;
    const auto measured = measure(measurement, data, work_dir);
    if (!measured) {
      std::cerr << fmt::format("{}: {}\n", measurement.name, measured.error().message);
      return false;
    }
    std::cout << fmt::format("{:<26} articles {:>4}  BCubed P {:.4f}  R {:.4f}  F1 {:.4f}\n",
                             measurement.name,
                             measured->articles,
                             measured->precision,
                             measured->recall,
                             measured->f1())
              << std::flush;
  }
  return true;
}

bool measure_rankings(const Options& options,
                      const std::filesystem::path& data,
                      const std::filesystem::path& work_dir) {
  for (const Measurement& measurement : measurements()) {
    if (!is_asked(options, measurement.name)) continue;
    auto outcome = measure(measurement, data, work_dir);
    if (!outcome) {
      std::cerr << fmt::format("{}: {}\n", measurement.name, outcome.error().message);
      return false;
    }
    print(measurement.name, evaluate(outcome->run, outcome->truth), *outcome);
    if (!options.run_file.empty()) append_run(options.run_file, measurement.name, outcome->run);
  }
  return true;
}

bool measure_snippet_sets(const std::filesystem::path& data,
                          const std::filesystem::path& work_dir) {
  for (const std::string_view set : kSnippetSets) {
    const auto figures = measure_snippets(set, kSnippetQueries, data, work_dir);
    if (!figures) {
      std::cerr << fmt::format("{}: {}\n", set, figures.error().message);
      return false;
    }
    std::cout << fmt::format("snippets {:<16} {:>5}  words shown {:.4f}  whole sentences {:.4f}\n",
                             set,
                             figures->snippets,
                             figures->words_shown,
                             figures->at_bounds);
  }
  return true;
}

// What needs the sets on disk, and a folder for archives made of them.
int measure_all(const Options& options, bool are_snippets_asked) {
  const auto data = test_data_dir();
  if (!data) {
    std::cerr << kNoTestData << '\n';
    return EXIT_FAILURE;
  }
  const tests::TempDir temporary;
  const std::filesystem::path work_dir =
      options.work_dir.empty() ? temporary.path() : std::filesystem::path(options.work_dir);
  const bool is_done = are_snippets_asked ? measure_snippet_sets(*data, work_dir)
                                          : measure_rankings(options, *data, work_dir) &&
                                                measure_stories(options, *data, work_dir);
  return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

// One line a measure: the mean of each run; of two, what the second gains and how likely by chance.
int score_runs(const Options& options) {
  const Truth truth = read_judgments(options.judgments);
  std::vector<Run> runs;
  for (const std::string& file : options.runs)
    runs.push_back(read_run(file));
  for (const Measure& measure : all_measures()) {
    std::vector<std::vector<double>> values;
    std::cout << fmt::format("{:<11}", measure.name);
    for (const Run& run : runs) {
      values.push_back(by_query(measure, run, truth));
      std::cout << fmt::format("  {:.4f}", mean(values.back()));
    }
    if (runs.size() == 2) {
      std::cout << fmt::format("  {:+.4f}  p {:.4f}",
                               mean(values[1]) - mean(values[0]),
                               randomization_test(values[0], values[1]));
    }
    std::cout << '\n';
  }
  return EXIT_SUCCESS;
}

int run(int argc, char** argv) {
  CLI::App app("Measures ranking");
  app.require_subcommand(1);
  Options options;
  std::vector<std::string> names;
  for (const auto& measurement : measurements())
    names.emplace_back(measurement.name);
  for (const auto& measurement : cluster_measurements())
    names.emplace_back(measurement.name);
  CLI::App* sets = app.add_subcommand("sets", "Asks the sets in BROADSHEET_TEST_DATA");
  sets->add_option("NAME", options.names, "What to measure; everything when left out")
      ->check(CLI::IsMember(names));
  sets->add_option("--work-dir", options.work_dir, "Keep the archives here, and use those there");
  sets->add_option("--run-file", options.run_file, "Append the ranked lists in the form of TREC");
  CLI::App* snippets = app.add_subcommand("snippets", "Measures snippets on some of the sets");
  snippets->add_option("--work-dir", options.work_dir, "As above");
  CLI::App* score = app.add_subcommand("score", "Scores run files; compares two");
  score->add_option("QRELS", options.judgments, "Judgments in the form of TREC")->required();
  score->add_option("RUN", options.runs, "One or two runs in the form of TREC")
      ->required()
      ->expected(1, 2);
  CLI11_PARSE(app, argc, argv);
  if (score->parsed()) return score_runs(options);
  return measure_all(options, snippets->parsed());
}

}  // namespace
}  // namespace broadsheet::relevance

int main(int argc, char** argv) {
  try {
    return broadsheet::relevance::run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return EXIT_FAILURE;
  }
}
