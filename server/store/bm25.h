// BM25 as Broadsheet ranks with it.
// Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
// with the never-negative inverse document frequency log(1 + (N - n + 0.5) / (n + 0.5)).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace broadsheet::server {

// Compared on known items and on judged queries: a slower saturation than the usual 1.2 finds a
// headline's own article more often; the differences among neighbouring values are within the noise
// of the sets.
inline constexpr double kBm25K1 = 2.0;
inline constexpr double kBm25B = 0.78;
// Articles shorter than half the average gain nothing more from being short: one-line items would
// lead.
inline constexpr double kMinNormalizedLength = 0.5;
// A word in the title counts once more at this scale, beside its occurrence in the text.
inline constexpr double kTitleScale = 0.4;

// What the weights of all terms share: the size of the collection.
struct CollectionStats {
  std::uint64_t articles = 0;
  double average_length = 1;  // in words
};

// The weight of one term: idf with its scale folded in, and how length matters.
class Bm25Weight {
 public:
  Bm25Weight(const CollectionStats& stats, std::uint64_t articles_with_term, double scale)
      : length_factor_(kBm25K1 * kBm25B / std::max(stats.average_length, 1.0)) {
    const auto all = static_cast<double>(stats.articles);
    const double with = std::min(static_cast<double>(articles_with_term), all);
    weight_ = scale * (kBm25K1 + 1) * std::log(1 + (all - with + 0.5) / (with + 0.5));
    min_norm_ = kBm25K1 * (1 - kBm25B + kBm25B * kMinNormalizedLength);
  }

  [[nodiscard]] double score(std::uint32_t occurrences, std::uint32_t length) const {
    const double norm =
        std::max(kBm25K1 * (1 - kBm25B) + length_factor_ * static_cast<double>(length), min_norm_);
    return saturated(occurrences, norm);
  }

  // No article with at most so many occurrences scores higher, whatever its length.
  [[nodiscard]] double bound(std::uint32_t occurrences) const {
    return saturated(occurrences, min_norm_);
  }

 private:
  [[nodiscard]] double saturated(std::uint32_t occurrences, double norm) const {
    const auto tf = static_cast<double>(occurrences);
    return weight_ * tf / (tf + norm);
  }

  double weight_ = 0;
  double length_factor_;
  double min_norm_ = 0;
};

}  // namespace broadsheet::server
