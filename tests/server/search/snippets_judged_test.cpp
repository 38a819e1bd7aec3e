// Snippets that an editor has read and found right, of the sample articles:
// tests/golden/snippets.txt holds `[article] query` and the snippet's HTML below it.
// BROADSHEET_UPDATE_GOLDEN=1 writes them anew; a pair is added by its first line alone. Read what
// changed before keeping it.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "schema/text.h"
#include "server/search/query.h"
#include "server/search/snippets.h"
#include "tests/support/raw_articles.h"

namespace broadsheet::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGolden = BROADSHEET_SOURCE_DIR "/tests/golden/snippets.txt";

struct Judged {
  std::string article;
  std::string query;
  std::string html;
};

std::vector<Judged> read_judged() {
  std::vector<Judged> all;
  std::ifstream file(kGolden);
  for (std::string line; std::getline(file, line);) {
    const std::size_t end = line.find("] ");
    if (line.starts_with('[') && end != std::string::npos) {
      all.push_back({line.substr(1, end - 1), line.substr(end + 2), ""});
    } else if (!line.empty() && !all.empty()) {
      all.back().html = line;
    }
  }
  return all;
}

void write_judged(const std::vector<Judged>& all) {
  std::ofstream file(kGolden);
  for (const Judged& each : all)
    file << '[' << each.article << "] " << each.query << '\n' << each.html << "\n\n";
}

std::map<std::string, indexer::RawArticle> sample_articles() {
  std::map<std::string, indexer::RawArticle> articles;
  for (const auto& file : fs::directory_iterator(BROADSHEET_SOURCE_DIR "/scripts/sample")) {
    for (indexer::RawArticle& article : tests::read_raw_articles(file.path().string()))
      articles.emplace(article.id.value_or(""), std::move(article));
  }
  return articles;
}

std::string snippet_of(const indexer::RawArticle& article, const std::string& query) {
  TextAnalyzer analyzer;
  const std::string language = article.language.value_or("en");
  const auto plan = parse_query(query, {MatchMode::any, {language}, false}, analyzer);
  SnippetMaker maker(analyzer);
  maker.look_for(marked_terms(plan->root));
  return maker.make(article.title.value_or(""), article.body.value_or(""), {language}).html;
}

TEST(SnippetsJudged, are_as_an_editor_found_them_right) {
  const auto articles = sample_articles();
  std::vector<Judged> all = read_judged();
  ASSERT_GE(all.size(), 40U);
  const bool is_updated = std::getenv("BROADSHEET_UPDATE_GOLDEN") != nullptr;
  for (Judged& each : all) {
    ASSERT_TRUE(articles.contains(each.article)) << each.article;
    const std::string html = snippet_of(articles.at(each.article), each.query);
    if (is_updated) each.html = html;
    EXPECT_EQ(html, each.html) << '[' << each.article << "] " << each.query;
  }
  if (is_updated) write_judged(all);
}

}  // namespace
}  // namespace broadsheet::server
