// One entry for each report of its own.
#include "server/search/timeline.h"

#include <unordered_map>
#include <utility>

namespace broadsheet::server {

std::vector<TimelineEntry> timeline_of(std::vector<StoredArticle> articles,
                                       std::optional<std::int64_t> since) {
  TextAnalyzer analyzer;
  SaidSoFar said(analyzer);
  std::vector<TimelineEntry> entries;
  std::unordered_map<std::int64_t, std::size_t> entry_of;  // by group of near-duplicates
  for (StoredArticle& stored : articles) {
    const auto known = entry_of.find(stored.duplicate_group);
    if (stored.duplicate_group != 0 && known != entry_of.end()) {
      entries[known->second].repeats.push_back(stored.article.id);
      continue;
    }
    if (stored.duplicate_group != 0) entry_of.emplace(stored.duplicate_group, entries.size());
    Additions adds = said.add(stored.article);
    entries.push_back({std::move(stored), {}, std::move(adds)});
  }
  if (since) {
    std::erase_if(entries, [&](const TimelineEntry& entry) {
      const auto& published = entry.article.article.published;
      return !published || published->seconds < *since;
    });
  }
  return entries;
}

}  // namespace broadsheet::server
