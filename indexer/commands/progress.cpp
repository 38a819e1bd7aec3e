// Both write to standard error: standard output belongs to results.
#include "indexer/commands/progress.h"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace broadsheet::indexer {
namespace {

// "1,234,567"
std::string grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string bar_text(const ImportReport& report) {
  std::string text = report.to_index > 0
                         ? "indexing " + grouped(report.indexed) + " of " + grouped(report.to_index)
                         : "reading " + grouped(report.read);
  text += ", added " + grouped(report.added) + ", updated " + grouped(report.updated) +
          ", unchanged " + grouped(report.unchanged);
  if (report.refused > 0) text += ", refused " + grouped(report.refused);
  return text + ", " + std::to_string(static_cast<std::uint64_t>(report.seconds)) + " s";
}

// A bar of 20 characters: of the first index while it is built, of the files' bytes before.
std::string bar_of(const ImportReport& report) {
  const bool indexing = report.to_index > 0;
  const auto done = static_cast<double>(indexing ? report.indexed : report.bytes);
  const auto total = static_cast<double>(indexing ? report.to_index : report.total_bytes);
  if (total <= 0) return {};
  constexpr int kWidth = 20;
  const double share = std::min(1.0, done / total);
  const auto full = static_cast<std::size_t>(share * kWidth);
  std::string bar = "[" + std::string(full, '#') + std::string(kWidth - full, '.') + "] ";
  return bar + std::to_string(static_cast<int>(share * 100)) + "% ";
}

}  // namespace

ImportProgress bar_progress() {
  return [](const ImportReport& report) {
    // Back to the start of the line, and clear what is left of the longer one before.
    std::fprintf(stderr, "\r%s%s\x1B[K", bar_of(report).c_str(), bar_text(report).c_str());
    if (report.finished) std::fputc('\n', stderr);
    std::fflush(stderr);
  };
}

ImportProgress json_progress() {
  return [](const ImportReport& report) {
    const nlohmann::ordered_json line = {{"phase", report.to_index > 0 ? "indexing" : "reading"},
                                         {"read", report.read},
                                         {"added", report.added},
                                         {"updated", report.updated},
                                         {"unchanged", report.unchanged},
                                         {"refused", report.refused},
                                         {"repaired", report.repaired},
                                         {"committed", report.committed},
                                         {"indexed", report.indexed},
                                         {"to_index", report.to_index},
                                         {"seconds", report.seconds}};
    const std::string text = line.dump() + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
  };
}

}  // namespace broadsheet::indexer
