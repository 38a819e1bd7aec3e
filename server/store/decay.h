// Recency as a factor of the score: floor + (1 - floor) * 2^(-age / half-life), the middle for
// undated articles. Since numbers ascend from the newest article, the factor of later numbers is
// bounded, and a ranked run can stop early and stay exact.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "schema/doc_id.h"
#include "schema/time.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

class Decay {
 public:
  // `displacement`: numbers an article may lie behind the one its time asks for.
  Decay(const Recency& recency, std::int64_t displacement, bool has_undated)
      : recency_(recency), displacement_(displacement), has_undated_(has_undated) {}

  [[nodiscard]] bool is_off() const { return recency_.half_life_days <= 0; }

  [[nodiscard]] double factor(std::optional<std::int64_t> published) const {
    if (is_off()) return 1;
    if (!published) return undated();
    const auto age = static_cast<double>(std::max<std::int64_t>(0, recency_.now - *published));
    return recency_.floor +
           (1 - recency_.floor) * std::exp2(-age / (recency_.half_life_days * kSecondsADay));
  }

  // No article at or after this number has a higher factor.
  [[nodiscard]] double bound_from(DocId doc) const {
    if (is_off()) return 1;
    if (doc >= kFirstUndatedDocId) return undated();
    const double dated = factor(newest_time_of(doc));
    return has_undated_ ? std::max(dated, undated()) : dated;
  }

 private:
  [[nodiscard]] double undated() const { return (1 + recency_.floor) / 2; }

  // The newest time an article with this number can have.
  [[nodiscard]] std::int64_t newest_time_of(DocId doc) const {
    return latest_time_of(static_cast<DocId>(std::max<std::int64_t>(1, doc - displacement_)));
  }

  Recency recency_;
  std::int64_t displacement_;
  bool has_undated_;
};

}  // namespace broadsheet::server
