// Ranks in a file are for people; what counts are the scores.
#include "tests/relevance/trec.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace broadsheet::relevance {

void append_run(const std::filesystem::path& file, std::string_view tag, const Run& run) {
  std::ofstream stream(file, std::ios::app);
  for (const auto& [query, ranked] : run) {
    for (std::size_t i = 0; i < ranked.size(); ++i)
      stream << fmt::format("{} Q0 {} {} {} {}\n", query, ranked[i], i + 1, ranked.size() - i, tag);
  }
}

Run read_run(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  std::map<std::string, std::vector<std::pair<double, std::string>>> scored;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    std::istringstream columns(line);
    std::string query;
    std::string unused;
    std::string article;
    std::string rank;
    double score = 0;
    if (columns >> query >> unused >> article >> rank >> score) {
      scored[query].emplace_back(score, article);
    } else if (line.find_first_not_of(" \t\r") != std::string::npos) {
      throw std::runtime_error(
          fmt::format("{}:{}: not \"query Q0 article rank score tag\"", file.string(), number));
    }
  }
  Run run;
  for (auto& [query, list] : scored) {
    std::sort(list.begin(), list.end(), std::greater<>());
    for (auto& [score, article] : list)
      run[query].push_back(std::move(article));
  }
  return run;
}

}  // namespace broadsheet::relevance
