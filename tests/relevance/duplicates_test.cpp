// Near-duplicates through the linker's sample: how many edited copies of real articles it finds,
// and how many reports on one event it takes for copies of each other.
#include <algorithm>
#include <iostream>
#include <random>

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include "indexer/stories/article_features.h"
#include "indexer/stories/shingle_index.h"
#include "schema/catalog.h"
#include "tests/relevance/test_data.h"
#include "tests/support/raw_articles.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

using indexer::FeatureMaker;
using indexer::Fingerprint;

constexpr std::size_t kOriginals = 600;

struct Text {
  std::string id;
  std::string title;
  std::string body;
};

std::vector<Text> read_texts(const std::filesystem::path& set, std::size_t least_bytes) {
  std::vector<Text> texts;
  for (const auto& file : article_files(set)) {
    for (const indexer::RawArticle& raw : tests::read_raw_articles(file.string(), "jsonl")) {
      if (raw.body && raw.body->size() >= least_bytes)
        texts.push_back({raw.id.value_or(""), raw.title.value_or(""), *raw.body});
    }
  }
  return texts;
}

Fingerprint fingerprint_of(const Text& text, FeatureMaker& maker) {
  Article article;
  article.language = "en";
  article.title = text.title;
  article.body = text.body;
  return maker.make(article).fingerprint;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    if (end > begin) pieces.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return pieces;
}

std::string join(const std::vector<std::string>& pieces, const char* between) {
  std::string text;
  for (const std::string& piece : pieces)
    text += (text.empty() ? "" : between) + piece;
  return text;
}

using Edit = std::string (*)(const std::string& body, std::mt19937& random);

std::string cut(const std::string& body, std::mt19937& /*random*/) {
  auto words = split(body, ' ');
  words.resize(words.size() * 6 / 10);
  return join(words, " ");
}

std::string update(const std::string& body, std::mt19937& /*random*/) {
  const std::string inner = body.substr(std::min(body.find(". "), body.size() / 4) + 1);
  return "Officials gave new figures on Thursday and corrected what they had said before." + inner +
         " The inquiry goes on and a report is expected within a month, a spokeswoman added.";
}

std::string reword(const std::string& body, std::mt19937& random) {
  auto words = split(body, ' ');
  for (std::string& word : words) {
    if (random() % 20 == 0) word = "reworded" + std::to_string(random() % 1000);
  }
  return join(words, " ");
}

// Sentences in runs of three, for not every set has paragraphs.
std::string reorder(const std::string& body, std::mt19937& random) {
  const auto sentences = split(body, '.');
  std::vector<std::string> paragraphs;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i % 3 == 0) paragraphs.emplace_back();
    paragraphs.back() += sentences[i] + ".";
  }
  std::shuffle(paragraphs.begin(), paragraphs.end(), random);
  return join(paragraphs, " ");
}

// Looks for copies as the linker does, among all articles of the set.
class Duplicates : public testing::Test {
 protected:
  // The share of originals whose copy finds them.
  double recall(const std::vector<Text>& originals, Edit edit) {
    std::mt19937 random(7);
    std::size_t found = 0;
    for (std::size_t i = 0; i < originals.size(); ++i) {
      Text copy = originals[i];
      copy.body = edit(copy.body, random);
      const auto duplicates = index_.duplicates_of(-1, fingerprint_of(copy, maker_)).value();
      const auto id = static_cast<ArticleId>(i + 1);
      found += std::find(duplicates.begin(), duplicates.end(), id) != duplicates.end() ? 1 : 0;
    }
    return static_cast<double>(found) / static_cast<double>(originals.size());
  }

  tests::TempDir dir_;
  sqlite::Database catalog_ = open_catalog_for_writing(dir_.path()).value();
  indexer::ShingleIndex index_{catalog_};
  FeatureMaker maker_;
};

TEST_F(Duplicates, edited_copies_are_found) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  const auto all = read_texts(*data / "yahoo_finance", 1500);
  std::vector<Text> originals;
  for (std::size_t i = 0; i < kOriginals; ++i)
    originals.push_back(all[i * all.size() / kOriginals]);
  for (std::size_t i = 0; i < originals.size(); ++i)
    index_.add_recent(static_cast<ArticleId>(i + 1), fingerprint_of(originals[i], maker_));
  constexpr std::array<std::pair<const char*, Edit>, 4> kEdits = {
      {{"cut", cut}, {"updated", update}, {"reworded", reword}, {"reordered", reorder}}};
  for (const auto& [name, edit] : kEdits) {
    const double found = recall(originals, edit);
    std::cout << fmt::format("{:<10} recall {:.4f}\n", name, found);
    EXPECT_GE(found, 0.99) << name;
  }
}

TEST_F(Duplicates, reports_on_one_event_are_not_copies) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  std::size_t pairs = 0;
  std::size_t flagged = 0;
  for (const char* set : {"basil", "ecbplus"}) {
    std::map<std::string, Fingerprint> prints;
    for (const Text& text : read_texts(*data / set, 1))
      prints.emplace(text.id, fingerprint_of(text, maker_));
    for (const auto& [article, others] : truth_of_stories(*data / set / "stories.tsv")) {
      for (const auto& [other, judgment] : others) {
        if (article >= other || prints.count(article) == 0 || prints.count(other) == 0) continue;
        ++pairs;
        flagged += are_duplicates(prints.at(article), prints.at(other)) ? 1 : 0;
      }
    }
  }
  const double share = static_cast<double>(flagged) / static_cast<double>(pairs);
  std::cout << fmt::format("{} pairs of one story, {} flagged: {:.4f}\n", pairs, flagged, share);
  EXPECT_LE(share, 0.01);
}

}  // namespace
}  // namespace broadsheet::relevance
