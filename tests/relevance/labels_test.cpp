// Summaries and kickers against what people wrote: the event that BASIL's annotators named, and the
// places that Reuters' editors gave their articles.
#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "indexer/normalize/normalize.h"
#include "indexer/normalize/places.h"
#include "indexer/normalize/sentences.h"
#include "indexer/normalize/summary.h"
#include "schema/text.h"
#include "tests/relevance/test_data.h"
#include "tests/support/raw_articles.h"

namespace broadsheet::relevance {
namespace {

using indexer::RawArticle;
using Json = nlohmann::json;

constexpr std::int64_t kNow = 1'800'000'000;

// An article as it came in, and as it is stored.
struct Labelled {
  RawArticle raw;
  Article article;
};

Json extra_of(const RawArticle& raw, const std::string& name) {
  for (const auto& [key, json] : raw.extra) {
    if (key == name) return Json::parse(json);
  }
  return nullptr;
}

std::vector<Labelled> read_set(const std::filesystem::path& set, std::size_t most) {
  std::vector<Labelled> articles;
  for (const auto& file : article_files(set)) {
    for (RawArticle& raw : tests::read_raw_articles(file.string(), "jsonl")) {
      if (articles.size() == most) return articles;
      auto normalized = indexer::normalize(raw, {"", kNow, nullptr});
      if (!normalized) continue;
      indexer::conclude(normalized->article);
      articles.push_back({std::move(raw), std::move(normalized->article)});
    }
  }
  return articles;
}

// The same articles without what their sources say of their subject.
Article without_labels(RawArticle raw) {
  raw.section.reset();
  raw.kicker.reset();
  raw.tags.clear();
  auto normalized = indexer::normalize(std::move(raw), {"", kNow, nullptr});
  if (normalized) indexer::conclude(normalized->article);
  return normalized ? normalized->article : Article();
}

std::set<std::string> stems_of(std::string_view text) {
  TextAnalyzer analyzer;
  std::set<std::string> stems;
  analyzer.analyze(text, "en", [&](const Token& token) {
    if (!is_stop_word(token.term, "en")) stems.emplace(token.stem);
  });
  return stems;
}

// The share of the reference's stems that a text holds: ROUGE-1 recall.
double recall(std::string_view text, std::string_view reference) {
  const auto wanted = stems_of(reference);
  const auto held = stems_of(text);
  const auto found = std::count_if(
      wanted.begin(), wanted.end(), [&](const std::string& stem) { return held.count(stem) > 0; });
  return wanted.empty() ? 0 : static_cast<double>(found) / static_cast<double>(wanted.size());
}

// "south-korea" as Reuters writes it, as we do.
std::string label_of_reuters(const std::string& code) {
  if (code == "usa") return "u.s.";
  if (code == "west-germany" || code == "east-germany") return "germany";
  if (code == "ussr") return "soviet union";
  if (code == "uae") return "uae";
  std::string label = code;
  std::replace(label.begin(), label.end(), '-', ' ');
  return label;
}

class Labels : public testing::Test {
 protected:
  void SetUp() override {
    data_ = test_data_dir();
    if (!data_) GTEST_SKIP() << kNoTestData;
  }

  std::optional<std::filesystem::path> data_;
};

// What stands for a summary where there is no rule: the first sentence, cut where a summary is.
std::string lead_of(const Article& article) {
  const auto sentences = indexer::split_sentences(article.body, 1);
  return sentences.empty() ? std::string()
                           : std::string(sentences.front().substr(0, indexer::kMaxSummaryBytes));
}

struct SummaryFigures {
  double articles = 0;
  double rule = 0;
  double lead = 0;

  void count(const Article& article, const std::vector<std::string>& references) {
    articles += 1;
    for (const std::string& reference : references) {
      rule += recall(article.summary, reference) / static_cast<double>(references.size());
      lead += recall(lead_of(article), reference) / static_cast<double>(references.size());
    }
  }

  void print(std::string_view set) {
    rule /= articles;
    lead /= articles;
    std::cout << fmt::format("summary  {}  articles {}  rouge-1 recall: rule {:.3f}  lead {:.3f}\n",
                             set,
                             articles,
                             rule,
                             lead);
  }
};

TEST_F(Labels, SummaryTellsOfTheEventAsAnnotatorsNamedIt) {
  SummaryFigures figures;
  for (const Labelled& one : read_set(*data_ / "basil", 1000)) {
    const Json event = extra_of(one.raw, "main_event");
    if (event.is_string()) figures.count(one.article, {event.get<std::string>()});
  }
  ASSERT_GT(figures.articles, 100);
  figures.print("basil");
  EXPECT_GT(figures.rule, 0.56);
}

// The references are the headlines of other articles of the event, never the article's own.
TEST_F(Labels, SummaryTellsWhatOthersPutInTheirHeadlines) {
  std::map<std::string, Article> articles;
  for (Labelled& one : read_set(*data_ / "ecbplus", 1000))
    articles.emplace(one.raw.id.value_or(""), std::move(one.article));
  SummaryFigures figures;
  for (const auto& [id, others] : truth_of_stories(*data_ / "ecbplus" / "stories.tsv")) {
    constexpr std::size_t kLongestHeadline = 110;  // some titles are sentences of the text
    std::vector<std::string> headlines;
    for (const auto& [other, judged] : others) {
      const std::string& title = articles[other].title;
      if (!title.empty() && title.size() < kLongestHeadline) headlines.push_back(title);
    }
    if (!headlines.empty() && !articles[id].body.empty()) figures.count(articles[id], headlines);
  }
  ASSERT_GT(figures.articles, 100);
  figures.print("ecbplus");
  EXPECT_GT(figures.rule, figures.lead + 0.01);
}

TEST_F(Labels, SummaryIsOneSentenceAndNotTheTitle) {
  for (const Labelled& one : read_set(*data_ / "allsides", 1500)) {
    const Article& article = one.article;
    EXPECT_LE(article.summary.size(), 330U);
    EXPECT_EQ(article.summary.find('\n'), std::string::npos);
    EXPECT_NE(article.summary, article.title);
  }
}

TEST_F(Labels, MostArticlesGetAKicker) {
  double kickers = 0;
  double alone = 0;
  double articles = 0;
  for (const Labelled& one : read_set(*data_ / "allsides", 3000)) {
    articles += 1;
    kickers += one.article.kicker.empty() ? 0 : 1;
    alone += without_labels(one.raw).kicker.empty() ? 0 : 1;
  }
  ASSERT_GT(articles, 1000);
  std::cout << fmt::format("kicker   allsides  articles {}  share {:.3f}  from text alone {:.3f}\n",
                           articles,
                           kickers / articles,
                           alone / articles);
  EXPECT_GE(kickers / articles, 0.95);
  EXPECT_GE(alone / articles, 0.9);
}

TEST_F(Labels, FirstPlaceIsOneThatTheEditorsGave) {
  double right = 0;
  double either = 0;
  double articles = 0;
  for (const Labelled& one : read_set(*data_ / "reuters21578", 6000)) {
    const Json places = extra_of(one.raw, "places");
    if (!places.is_array() || places.empty()) continue;
    if (indexer::find_places(one.article.title, "").empty()) continue;
    std::set<std::string> truth;
    for (const Json& code : places)
      truth.insert(label_of_reuters(code.get<std::string>()));
    const auto found = indexer::find_places(one.article.title, one.article.body);
    const auto is_true = [&](std::size_t at) {
      return at < found.size() && truth.count(fold(found[at].label)) > 0;
    };
    articles += 1;
    right += is_true(0) ? 1 : 0;
    either += is_true(0) || is_true(1) ? 1 : 0;
  }
  ASSERT_GT(articles, 500);
  std::cout << fmt::format(
      "kicker   reuters  headlines with a place {}  first label right {:.3f}  either {:.3f}\n",
      articles,
      right / articles,
      either / articles);
  EXPECT_GE(right / articles, 0.75);
}

}  // namespace
}  // namespace broadsheet::relevance
