// A story told in order: who repeats whom, and what each report adds that none before it said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/story.h"
#include "schema/text.h"
#include "server/search/additions.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// Of longer stories the last so many articles are told.
inline constexpr std::size_t kMostOfTimeline = 300;

struct TimelineEntry {
  StoredArticle article;             // with body
  std::vector<std::string> repeats;  // ids of its near-duplicates, which have no entry
  Additions adds;                    // the first entry's are what the story begins with
};

// Asked for with an id of Searcher::story().
struct TimelineRequest {
  std::optional<std::int64_t> since;  // only entries from then on; seconds since 1970 UTC
  std::int64_t clock = 0;             // for visibility
};

struct Timeline {
  Story story;
  std::vector<TimelineEntry> entries;  // the oldest first, undated ones last
  bool is_cut = false;                 // the story has older articles that were not looked at
  std::optional<std::int64_t> until;   // when the newest entry's article was published
  IndexState index;
};

// Tells the visible articles of a story that lives. not_found: it has none; else as
// IndexReader::run().
[[nodiscard]] Result<Timeline> find_timeline(ReadSession& session,
                                             TextAnalyzer& analyzer,
                                             const Story& story,
                                             const TimelineRequest& request);

// Entries of the articles of one story, given in time order. All articles count for what was said
// before, also those before `since`. The sum of their texts is what it costs.
[[nodiscard]] std::vector<TimelineEntry> timeline_of(TextAnalyzer& analyzer,
                                                     std::vector<StoredArticle> articles,
                                                     std::optional<std::int64_t> since);

}  // namespace broadsheet::server
