// The rows that scripts/bench gathers, from programs of Google Benchmark.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

namespace broadsheet::bench {

// What of a benchmark's counters is reported, and in which unit.
struct Row {
  std::string counter;
  double per_unit = 1;
  std::string unit;
};

// Adds `name<TAB>value<TAB>unit` to each line of Google Benchmark's.
class RowReporter : public benchmark::ConsoleReporter {
 public:
  explicit RowReporter(Row row) : ConsoleReporter(OO_None), row_(std::move(row)) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      const auto found = run.counters.find(row_.counter);
      if (found == run.counters.end()) continue;
      GetOutputStream() << run.benchmark_name() << '\t' << found->second.value / row_.per_unit
                        << '\t' << row_.unit << '\n';
    }
  }

 private:
  Row row_;
};

// The main() of a program whose benchmarks report one such row each.
inline int run_benchmarks(int argc, char** argv, Row row) {
  benchmark::Initialize(&argc, argv);
  RowReporter reporter(std::move(row));
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}

inline const Row kMegabytes{"bytes_per_second", 1e6, "MB/s"};

}  // namespace broadsheet::bench
