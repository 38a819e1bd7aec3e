// Articles go the indexer's own road; the catalog tells which story each of them is in.
#include "tests/relevance/clusters.h"

#include <array>
#include <fstream>
#include <stdexcept>

#include "schema/catalog.h"
#include "tests/relevance/archive.h"
#include "tests/relevance/test_data.h"

namespace broadsheet::relevance {
namespace {

constexpr std::array kClusterMeasurements = {
    ClusterMeasurement{"stories-basil", "basil", "", "basil"},
    ClusterMeasurement{"stories-ecbplus", "ecbplus", "", "ecbplus"},
    ClusterMeasurement{"stories-basil-in-stream", "basil", "allsides", "allsides-basil"},
    ClusterMeasurement{"stories-ecbplus-in-stream", "ecbplus", "allsides", "allsides-ecbplus"},
};

StoryOf read_stories(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  StoryOf stories;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t tab = line.find('\t');
    if (tab != std::string::npos) stories[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return stories;
}

Result<StoryOf> found_stories(const std::filesystem::path& data_dir) {
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return pass_on(catalog.error());
  auto rows = catalog->statement("SELECT id, story_id FROM article WHERE story_id IS NOT NULL");
  if (!rows) return pass_on(rows.error());
  StoryOf stories;
  auto read = (*rows)->for_each_row([&]() -> Result<void> {
    stories.emplace((*rows)->text(0), (*rows)->text(1));
    return {};
  });
  if (!read) return pass_on(read.error());
  return stories;
}

}  // namespace

double BCubed::f1() const {
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

BCubed bcubed(const StoryOf& found, const StoryOf& truth) {
  std::map<std::string, std::map<std::string, double>> shared;  // found story, true story
  std::map<std::string, double> found_sizes;
  std::map<std::string, double> true_sizes;
  const auto story_of = [&](const std::string& article) {
    const auto story = found.find(article);
    return story == found.end() ? "alone " + article : "story " + story->second;
  };
  for (const auto& [article, story] : truth) {
    ++shared[story_of(article)][story];
    ++found_sizes[story_of(article)];
    ++true_sizes[story];
  }
  BCubed sums;
  for (const auto& [article, story] : truth) {
    const std::string mine = story_of(article);
    sums.precision += shared[mine][story] / found_sizes[mine];
    sums.recall += shared[mine][story] / true_sizes[story];
  }
  const auto count = static_cast<double>(truth.size());
  if (truth.empty()) return {};
  return {sums.precision / count, sums.recall / count, truth.size()};
}

std::span<const ClusterMeasurement> cluster_measurements() {
  return kClusterMeasurements;
}

Result<BCubed> measure(const ClusterMeasurement& measurement,
                       const std::filesystem::path& data,
                       const std::filesystem::path& work_dir) {
  std::vector<std::filesystem::path> files;
  if (!measurement.stream.empty()) files = article_files(data / measurement.stream);
  for (const auto& file : article_files(data / measurement.set))
    files.push_back(file);
  const std::filesystem::path data_dir = work_dir / measurement.archive;
  if (auto built = build_archive(data_dir, files, Titles::kept); !built)
    return pass_on(built.error());
  auto found = found_stories(data_dir);
  if (!found) return pass_on(found.error());
  return bcubed(*found, read_stories(data / measurement.set / "stories.tsv"));
}

}  // namespace broadsheet::relevance
