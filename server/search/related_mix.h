// The score of a link: how alike two articles are in all their words, in what they open with, in
// their titles, and how near in time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/text.h"
#include "server/search/related_subject.h"
#include "server/search/related_types.h"
#include "server/store/index_reader.h"

namespace broadsheet::server {

// What each signal counts. Compared on same-event links of 614 articles; each part adds to the
// cosine, and none is sensitive. Named entities and dense vectors added nothing.
struct RelatedMix {
  double cosine = 1.0;
  double bm25 = 0.5;  // of the best candidate's
  double lead = 0.3;
  double title = 0.1;
};

inline constexpr RelatedMix kRelatedMix;

// An article that may become a link.
struct Candidate {
  DocId doc = 0;
  WordVector text;
  WordVector title;
  double bm25 = 0;                  // 0 to 1, of the best candidate's
  double cosine = 0;                // 0 to 1, all words
  double score = 0;                 // the mix times the decay
  double nearest = 0;               // largest cosine to a link already picked
  StoredArticle article;            // once read from the catalog
  const PinnedLink* pin = nullptr;  // of the request, when the desk chose it
};

// Half of the advantage of being near in time is gone after a week; half of the score stays for
// ever, for one same-story link in ten is half a year away. `days`: between the two, either way;
// empty when one of them has no date, which counts as neither near nor far.
[[nodiscard]] double time_factor(std::optional<double> days);

// Days from `from` to `to`, negative when `to` is older; empty when one is undated.
[[nodiscard]] std::optional<double> days_between(std::optional<std::int64_t> from,
                                                 std::optional<std::int64_t> to);

// When an article with this number appeared, to within hours; empty for undated ones.
[[nodiscard]] std::optional<std::int64_t> rough_time_of(DocId doc);

// Fills a candidate's vectors from the index and its first score, which needs no text.
[[nodiscard]] Result<void> weigh(Candidate& candidate,
                                 const Subject& subject,
                                 std::optional<std::int64_t> subject_time,
                                 IndexReader& index,
                                 WordRarity& rarity);

// The final score, from the article's own words and exact time.
void weigh_text(Candidate& candidate,
                const Subject& subject,
                std::optional<std::int64_t> subject_time,
                TextAnalyzer& analyzer,
                WordRarity& rarity);

}  // namespace broadsheet::server
