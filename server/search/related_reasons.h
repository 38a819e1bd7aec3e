// Why two articles are linked, for machines (relation) and for readers (a clause, the words).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/article.h"
#include "schema/text.h"
#include "server/search/related_mix.h"
#include "server/search/related_subject.h"
#include "server/search/types.h"

namespace broadsheet::server {

// Two articles this alike and at most kSameStoryDays apart tell one story.
inline constexpr double kSameStoryCosine = 0.25;
inline constexpr double kSameStoryDays = 14;
// Without a date words alone must tell, and one topic has many stories.
inline constexpr double kSameStoryCosineUndated = 0.45;
// So much later, an article of the same story is an update of it. Days when one of them is known to
// the day only.
inline constexpr double kUpdateAfterDays = 1.0 / 24;

// By these rules, the first that holds: a piece about the news (piece_kind()): analysis. One that
// explains: background. Same story and later: update. Same story: same_story. Else background.
// Near-duplicates are told before. Where the indexer has put both into stories, these say what is
// one; else likeness does, and one story also needs a rare name that both have and one of them has
// in its title, three such names in the texts, or two rare words of both titles: one topic has
// many stories that use the same words. `subject_article`: its `published` is all that is read.
[[nodiscard]] Relation relation_of(const Candidate& candidate,
                                   const Subject& subject,
                                   const Article& subject_article);

// Why, as one sentence without full stop ("Shares tariff, Akazawa; same story; 6 days earlier"),
// and the shared words, strongest first.
struct Reason {
  std::string why;
  std::vector<SharedTerm> terms;
};

[[nodiscard]] Reason reason_for(const Candidate& candidate,
                                const Subject& subject,
                                Relation relation,
                                const Article& subject_article,
                                TextAnalyzer& analyzer);

// "2 days later", "5 hours earlier", "the same day".
[[nodiscard]] std::string distance_in_words(double days);

}  // namespace broadsheet::server
