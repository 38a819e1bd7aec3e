// Reads the small files beside the articles. Articles themselves take the indexer's road.
#include "tests/relevance/test_data.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "indexer/normalize/ids.h"
#include "tests/support/raw_articles.h"

namespace broadsheet::relevance {
namespace {

std::ifstream open(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return stream;
}

}  // namespace

std::optional<std::filesystem::path> test_data_dir() {
  const char* named = std::getenv("BROADSHEET_TEST_DATA");
  if (named == nullptr || !std::filesystem::is_directory(named)) return std::nullopt;
  return std::filesystem::path(named);
}

std::vector<std::filesystem::path> article_files(const std::filesystem::path& set) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(set)) {
    const std::string name = file.path().filename().string();
    if (name.starts_with("articles") && name.ends_with(".jsonl.gz")) files.push_back(file.path());
  }
  if (files.empty()) throw std::runtime_error("no articles in " + set.string());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Question> read_questions(const std::filesystem::path& file) {
  std::vector<Question> questions;
  std::ifstream stream = open(file);
  for (std::string line; std::getline(stream, line);) {
    const auto json = nlohmann::json::parse(line);
    questions.push_back({json.at("id").get<std::string>(), json.at("text").get<std::string>()});
  }
  return questions;
}

Truth read_judgments(const std::filesystem::path& file) {
  Truth truth;
  std::ifstream stream = open(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream columns(line);
    std::string query;
    std::string unused;
    std::string article;
    int judgment = 0;
    if (columns >> query >> unused >> article >> judgment) truth[query][article] = judgment;
  }
  return truth;
}

Headlines headlines_of(const std::vector<std::filesystem::path>& files, std::size_t count) {
  constexpr std::size_t kMostArticles = 20'000;
  std::vector<Question> all;
  for (const auto& file : files) {
    for (const indexer::RawArticle& raw : tests::read_raw_articles(file.string(), "jsonl")) {
      const bool is_whole = raw.title && raw.body && !raw.title->empty() && !raw.body->empty();
      if (is_whole && all.size() < kMostArticles) all.push_back({*raw.id, *raw.title});
    }
  }
  Headlines chosen;
  for (std::size_t i = 0; i < std::min(count, all.size()); ++i) {
    Question& question = all[i * all.size() / std::min(count, all.size())];
    chosen.truth[question.id][question.id] = 1;
    chosen.questions.push_back(question);
  }
  return chosen;
}

Truth truth_of_stories(const std::filesystem::path& file) {
  std::map<std::string, std::vector<std::string>> stories;
  std::ifstream stream = open(file);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    stories[line.substr(tab + 1)].push_back(indexer::article_id_from(line.substr(0, tab)));
  }
  Truth truth;
  for (const auto& [story, articles] : stories) {
    for (const std::string& query : articles) {
      for (const std::string& other : articles) {
        if (other != query) truth[query][other] = 1;
      }
    }
  }
  return truth;
}

}  // namespace broadsheet::relevance
