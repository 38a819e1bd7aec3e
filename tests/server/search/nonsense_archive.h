// Articles of nonsense words, for tests that look at every one of them.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/store/index_reader.h"
#include "server/store/score_factor.h"
#include "tests/support/index_parts.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {

using Words = std::vector<std::string>;

inline constexpr std::int64_t kStart = 1'700'000'000;
inline constexpr int kArticles = 300;  // a minute apart

// What scores are multiplied by.
struct Factors {
  Recency recency;
  ScoreLabels labels;
};

inline const Factors kOff;
// Two hours, a little after the newest article; one source loud, one quiet.
inline const Factors kAll{
    {.half_life_days = 1.0 / 12, .now = kStart + std::int64_t{60} * kArticles},
    {{{label_term(Field::source, "loud"), 1.75}, {label_term(Field::source, "quiet"), 0.25}},
     {label_term(Field::genre, "analysis")}}};

// In three parts that hide some of each other's.
class Archive {
 public:
  Archive() {
    std::vector<tests::PartContent> parts(3);
    for (int i = 0; i < kArticles; ++i)
      add(parts[static_cast<std::size_t>(i % 3)], i);
    for (std::size_t i = 0; i < 20; ++i) {
      const DocId doc = parts[2].articles[i].doc_id;
      parts[0].tombstones.push_back(doc);
      texts_.erase(doc);
    }
    tests::write_index(folder_.path(), parts);
    reader_ = std::make_unique<IndexReader>(std::move(*IndexReader::open(folder_.path(), &cache_)));
  }

  IndexReader& reader() { return *reader_; }

  [[nodiscard]] const std::map<DocId, Words>& texts() const { return texts_; }

  // Their words as often as they count.
  [[nodiscard]] const Words& counted(DocId doc) const { return counted_.at(doc); }

  // By which an article's score is multiplied.
  [[nodiscard]] double factor(DocId doc, const Factors& factors) const {
    return recency(doc, factors.recency) * source_weight(doc, factors.labels.sources);
  }

  [[nodiscard]] double recency(DocId doc, const Recency& recency) const {
    if (recency.half_life_days == 0) return 1;
    const auto age =
        static_cast<double>(recency.now - articles_.at(doc).published->seconds) / 86'400;
    const double times = articles_.at(doc).genre.empty() ? 1 : kLastingTimes;
    return recency.floor +
           (1 - recency.floor) * std::pow(0.5, age / (times * recency.half_life_days));
  }

  [[nodiscard]] double source_weight(DocId doc, const std::vector<SourceWeight>& sources) const {
    for (const SourceWeight& source : sources) {
      if (source.term == label_term(Field::source, articles_.at(doc).source.id))
        return source.weight;
    }
    return 1;
  }

  std::string word() {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    return std::string("w") + static_cast<char>('a' + static_cast<int>(u * u * 12)) + "x";
  }

  int pick(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

 private:
  void add(tests::PartContent& part, int number) {
    std::string body;
    Words words;
    for (int n = 3 + pick(30); n > 0; --n) {
      words.push_back(word() + (pick(3) == 0 ? "y" : ""));
      body += words.back() + ' ';
    }
    const std::int64_t time = kStart + std::int64_t{60} * number;
    const DocId doc = doc_id_for(time);
    StoredArticle stored = tests::article_at(time, body, doc);
    if (number % 5 == 0) stored.article.genre = "Analysis";
    static constexpr const char* kSources[] = {"loud", "quiet", "other", ""};
    stored.article.source.id = kSources[number % 4];
    part.articles.push_back(stored);
    texts_[doc] = std::move(words);
    counted_[doc] = tests::counted_words(body);
    articles_[doc] = stored.article;
  }

  std::mt19937 random_{9};
  tests::TempDir folder_;
  PostingCache cache_{1U << 20U, 20};
  std::map<DocId, Words> texts_;
  std::map<DocId, Words> counted_;
  std::map<DocId, Article> articles_;
  std::unique_ptr<IndexReader> reader_;
};

}  // namespace broadsheet::server
