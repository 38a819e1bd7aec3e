// Genres and sources are looked up by their postings: nothing of a run without them.
#include "server/store/score_factor.h"

#include <algorithm>
#include <string>

namespace broadsheet::server {
namespace {

Recency lasting(Recency recency) {
  recency.half_life_days *= kLastingTimes;
  return recency;
}

bool stands_on(TermCursor& cursor, DocId doc) {
  cursor.skip_to(doc);
  return cursor.doc() == doc;
}

}  // namespace

ScoreFactor::ScoreFactor(const PartView& part, const MatchLimits& limits)
    : decay_(limits.recency, limits.displacement, part.has_undated),
      lasting_(lasting(limits.recency), limits.displacement, part.has_undated) {
  if (limits.score_labels == nullptr) return;
  for (const std::string& genre : limits.score_labels->lasting) {
    TermCursor cursor(part, genre);
    if (cursor.doc() != kNoMoreDocs) lasting_genres_.push_back(cursor);
  }
  for (const SourceWeight& source : limits.score_labels->sources) {
    TermCursor cursor(part, source.term);
    if (cursor.doc() == kNoMoreDocs) continue;
    weighted_.push_back({cursor, source.weight});
    most_weight_ = std::max(most_weight_, source.weight);
  }
}

double ScoreFactor::of(DocId doc, Admission& admission) {
  const double recent = decay_.is_off() ? 1 : recency(doc, admission.published(doc));
  return recent * source_weight(doc);
}

double ScoreFactor::recency(DocId doc, std::optional<std::int64_t> published) {
  return is_lasting(doc) ? lasting_.factor(published) : decay_.factor(published);
}

double ScoreFactor::source_weight(DocId doc) {
  for (Weighted& source : weighted_) {
    if (stands_on(source.articles, doc)) return source.weight;
  }
  return 1;
}

bool ScoreFactor::is_lasting(DocId doc) {
  return std::any_of(lasting_genres_.begin(), lasting_genres_.end(), [doc](TermCursor& genre) {
    return stands_on(genre, doc);
  });
}

}  // namespace broadsheet::server
