// One entry for each report of its own.
#include "server/search/timeline.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "server/search/filters.h"

namespace broadsheet::server {
namespace {

// The last articles of a story that are visible, the oldest first, undated ones last.
Result<std::vector<StoredArticle>> articles_of(ReadSession& session,
                                               std::int64_t clock,
                                               Timeline& timeline) {
  const QueryNode everything;
  const std::vector<QueryNode> filters = {filter_node({Field::story, {timeline.story.id}, false})};
  const auto found = session.index.run(
      {.root = everything, .filters = filters, .sort = Sort::newest, .limit = kMostOfTimeline + 1});
  if (!found) return pass_on(found.error());
  std::vector<DocId> docs;
  for (const FoundDoc& doc : found->docs)
    docs.push_back(doc.doc);
  timeline.is_cut = docs.size() > kMostOfTimeline;
  if (timeline.is_cut) docs.resize(kMostOfTimeline);
  std::reverse(docs.begin(), docs.end());
  auto articles = session.catalog.articles_by_doc(docs);
  if (!articles) return pass_on(articles.error());
  std::erase_if(*articles, [clock](const StoredArticle& stored) {
    return !is_visible(stored.article, clock);
  });
  std::stable_partition(articles->begin(), articles->end(), [](const StoredArticle& stored) {
    return stored.article.published.has_value();
  });
  return articles;
}

}  // namespace

Result<Timeline> find_timeline(ReadSession& session,
                               TextAnalyzer& analyzer,
                               const Story& story,
                               const TimelineRequest& request) {
  Timeline timeline;
  timeline.story = story;
  timeline.index = {session.index.generation(), session.index.applied_seq()};
  auto articles = articles_of(session, request.clock, timeline);
  if (!articles) return pass_on(articles.error());
  // Its headline and dates are nobody's business either.
  if (articles->empty()) return fail(ErrorCode::not_found, "no article of this story is visible");
  for (const StoredArticle& stored : *articles) {
    if (stored.article.published) timeline.until = stored.article.published->seconds;
  }
  timeline.entries = timeline_of(analyzer, *std::move(articles), request.since);
  return timeline;
}

std::vector<TimelineEntry> timeline_of(TextAnalyzer& analyzer,
                                       std::vector<StoredArticle> articles,
                                       std::optional<std::int64_t> since) {
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
