// Scoring candidates in two steps: from the index alone for all of them, with their text for the
// best.
#include "server/search/related_mix.h"

#include <algorithm>
#include <cmath>

namespace broadsheet::server {
namespace {

constexpr double kHalfLifeDays = 7;
constexpr double kTimeFloor = 0.5;

std::optional<std::int64_t> time_of(const Article& article) {
  if (!article.published) return std::nullopt;
  return article.published->seconds;
}

double mix_without_lead(const Candidate& candidate, const Subject& subject) {
  return kRelatedMix.cosine * candidate.cosine + kRelatedMix.bm25 * candidate.bm25 +
         kRelatedMix.title * candidate.title.cosine(subject.title);
}

}  // namespace

double time_factor(std::optional<double> days) {
  if (!days) return (1 + kTimeFloor) / 2;
  return kTimeFloor + (1 - kTimeFloor) * std::exp2(-std::abs(*days) / kHalfLifeDays);
}

std::optional<double> days_between(std::optional<std::int64_t> from,
                                   std::optional<std::int64_t> to) {
  if (!from || !to) return std::nullopt;
  return static_cast<double>(*to - *from) / kSecondsADay;
}

std::optional<std::int64_t> rough_time_of(DocId doc) {
  if (doc >= kFirstUndatedDocId) return std::nullopt;
  return latest_time_of(doc);
}

Result<void> weigh(Candidate& candidate,
                   const Subject& subject,
                   std::optional<std::int64_t> subject_time,
                   IndexReader& index,
                   WordRarity& rarity) {
  std::vector<StemCount> stems;
  if (auto read = index.stems_of(candidate.doc, stems); !read) return read;
  std::vector<std::uint64_t> title;
  for (const StemCount& stem : stems) {
    if (!stem.in_title) continue;
    title.push_back(stem.hash);
    candidate.title.add(word_key(stem.hash), rarity.of(stem.articles));
  }
  for (const StemCount& stem : stems) {
    if (stem.in_title) continue;
    const bool is_in_title = std::find(title.begin(), title.end(), stem.hash) != title.end();
    candidate.text.add(word_key(stem.hash),
                       word_weight(stem.occurrences, is_in_title) * rarity.of(stem.articles));
  }
  candidate.text.finish();
  candidate.title.finish();
  candidate.cosine = candidate.text.cosine(subject.text);
  const auto days = days_between(subject_time, rough_time_of(candidate.doc));
  candidate.score = mix_without_lead(candidate, subject) * time_factor(days);
  return {};
}

void weigh_text(Candidate& candidate,
                const Subject& subject,
                std::optional<std::int64_t> subject_time,
                TextAnalyzer& analyzer,
                WordRarity& rarity) {
  const Article& article = candidate.article.article;
  const WordVector lead = lead_vector(article.body, article.language, analyzer, rarity);
  const double mix =
      mix_without_lead(candidate, subject) + kRelatedMix.lead * lead.cosine(subject.lead);
  candidate.score = mix * time_factor(days_between(subject_time, time_of(article)));
}

}  // namespace broadsheet::server
