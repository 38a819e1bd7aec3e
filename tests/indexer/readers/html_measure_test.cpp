// The extractor against pages whose text others have written down. Needs BROADSHEET_TEST_DATA;
// BROADSHEET_PRINT_PAGES=1 prints each page's figures, worst first.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "indexer/normalize/html_text.h"
#include "tests/support/raw_articles.h"
#include "tests/support/text_overlap.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using tests::TextOverlap;

std::string content_of(const fs::path& file) {
  std::stringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

class HtmlMeasure : public testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("BROADSHEET_TEST_DATA");
    folder_ = fs::path(named == nullptr ? "" : named) / "formats/html";
    if (named == nullptr || !fs::is_directory(folder_)) {
      GTEST_SKIP() << "no test data: set BROADSHEET_TEST_DATA to the folder with formats/html";
    }
  }

  // The pages whose names begin and end so, by what is between.
  std::vector<std::string> pages(const std::string& begin, const std::string& end) const {
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(folder_)) {
      const std::string name = file.path().filename().string();
      if (!name.starts_with(begin) || !name.ends_with(end)) continue;
      names.push_back(name.substr(begin.size(), name.size() - begin.size() - end.size()));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  RawArticle read(const std::string& page) const {
    const auto articles = tests::read_raw_articles((folder_ / page).string(), "html");
    return articles.size() == 1 ? articles.front() : RawArticle();
  }

  void measure(const std::string& page, const std::string& expected) {
    measured_.emplace_back(page, tests::overlap_of(expected, read(page).body.value_or("")));
  }

  double f1() {
    std::vector<TextOverlap> texts;
    for (const auto& [page, overlap] : measured_)
      texts.push_back(overlap);
    if (std::getenv("BROADSHEET_PRINT_PAGES") != nullptr) print();
    return tests::f1_of(texts);
  }

  fs::path folder_;

 private:
  void print() {
    std::sort(measured_.begin(), measured_.end(), [](const auto& a, const auto& b) {
      return a.second.both < b.second.both;
    });
    for (const auto& [page, overlap] : measured_) {
      std::printf(
          "precision %.3f recall %.3f %s\n", overlap.precision(), overlap.recall(), page.c_str());
    }
  }

  std::vector<std::pair<std::string, TextOverlap>> measured_;
};

TEST(text_overlap, counts_runs_of_four_words) {
  const TextOverlap overlap = tests::overlap_of("a b, c d e", "x a b c d");
  EXPECT_DOUBLE_EQ(overlap.both, 1.0 / 3);
  EXPECT_DOUBLE_EQ(overlap.precision(), 0.5);
  EXPECT_DOUBLE_EQ(overlap.recall(), 0.5);
  EXPECT_DOUBLE_EQ(tests::f1_of({overlap, tests::overlap_of("a b", "a b")}), 0.75);
  EXPECT_DOUBLE_EQ(tests::f1_of({tests::overlap_of("", ""), tests::overlap_of("a", "")}), 0);
}

TEST_F(HtmlMeasure, texts_of_the_article_extraction_benchmark) {
  const Json truth = Json::parse(content_of(folder_ / "aeb-ground-truth.json"));
  for (const auto& [page, expected] : truth.items())
    measure(page, expected.at("articleBody").get<std::string>());
  EXPECT_GE(f1(), 0.95);
}

TEST_F(HtmlMeasure, texts_of_the_readability_pages) {
  for (const std::string& page : pages("readability-", "-source.html")) {
    const std::string expected = content_of(folder_ / ("readability-" + page + "-expected.html"));
    measure("readability-" + page + "-source.html", html_to_text(expected));
  }
  EXPECT_GE(f1(), 0.90);
}

TEST_F(HtmlMeasure, texts_of_the_newspaper_pages) {
  for (const std::string& page : pages("newspaper4k-", ".txt"))
    measure("newspaper4k-" + page + ".html",
            content_of(folder_ / ("newspaper4k-" + page + ".txt")));
  EXPECT_GE(f1(), 0.95);
}

std::string folded(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;)
    out += (out.empty() ? "" : " ") + word;
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return out;
}

// Either may keep more around it: the site's name, "By", a date.
bool is_found(const std::string& found, const std::string& expected) {
  const std::string a = folded(found);
  const std::string b = folded(expected);
  return !a.empty() && (a.find(b) != std::string::npos || b.find(a) != std::string::npos);
}

struct Share {
  int found = 0;
  int expected = 0;

  void add(const std::string& said, const Json& wanted) {
    if (!wanted.is_string() || wanted.get<std::string>().empty()) return;
    ++expected;
    if (is_found(said, wanted.get<std::string>())) ++found;
  }

  double value() const { return static_cast<double>(found) / std::max(expected, 1); }
};

TEST_F(HtmlMeasure, metadata_of_the_readability_pages) {
  Share titles;
  Share bylines;
  Share dates;
  for (const std::string& page : pages("readability-", "-source.html")) {
    const RawArticle article = read("readability-" + page + "-source.html");
    const Json expected =
        Json::parse(content_of(folder_ / ("readability-" + page + "-expected-metadata.json")));
    std::string date = article.published.value_or("").substr(0, 19);
    std::string wanted_date = expected.value("publishedTime", Json()).is_string()
                                  ? expected["publishedTime"].get<std::string>()
                                  : "";
    std::replace(wanted_date.begin(), wanted_date.end(), ' ', 'T');
    std::replace(date.begin(), date.end(), ' ', 'T');
    titles.add(article.title.value_or(""), expected["title"]);
    bylines.add(article.byline.value_or(article.authors.empty() ? "" : article.authors.front()),
                expected["byline"]);
    dates.add(date, wanted_date);
  }
  std::printf("titles %d/%d, bylines %d/%d, dates %d/%d\n",
              titles.found,
              titles.expected,
              bylines.found,
              bylines.expected,
              dates.found,
              dates.expected);
  EXPECT_GE(titles.value(), 0.95);
  EXPECT_GE(bylines.value(), 0.65);  // some of the expected ones are a date, or another's name
  EXPECT_EQ(dates.value(), 1);
}

}  // namespace
}  // namespace broadsheet::indexer
