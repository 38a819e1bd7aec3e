// Joining, leaving and merging in memory; rows of stories are written once, at the end.
#include "indexer/stories/story_linker.h"

#include <algorithm>

#include "indexer/stories/story_rows.h"

namespace broadsheet::indexer {
namespace {

void widen(Cluster& cluster, const std::optional<std::int64_t>& time) {
  if (!time) return;
  cluster.first = std::min(cluster.first.value_or(*time), *time);
  cluster.last = std::max(cluster.last.value_or(*time), *time);
}

// A story with an undated article stays where undated ones look.
std::int64_t shelf_for(const Cluster& cluster, const std::optional<std::int64_t>& joined) {
  return cluster.shelf == kUndatedShelf || !joined ? kUndatedShelf : shelf_of(cluster.last);
}

}  // namespace

Result<Cluster*> StoryLinker::choose(const ArticleInTime& article, std::int64_t before) {
  auto candidates = shelves_.candidates(article.words, article.published);
  if (!candidates) return pass_on(candidates.error());
  candidates_ = *std::move(candidates);
  for (const auto& candidate : candidates_) {
    if (before != 0 && candidate.cluster->story == before && candidate.likeness >= kStay) {
      return candidate.cluster;
    }
  }
  const bool joins = article.words.size() >= kLeastWords && !candidates_.empty() &&
                     candidates_.front().likeness >= kJoin;
  return joins ? candidates_.front().cluster : nullptr;
}

Result<std::optional<std::int64_t>> StoryLinker::link(const ArticleInTime& article,
                                                      std::int64_t before,
                                                      ChangeNumbers numbers) {
  auto chosen = choose(article, before);
  if (!chosen) return pass_on(chosen.error());
  const std::int64_t now = *chosen == nullptr ? 0 : (*chosen)->story;
  if (*chosen == nullptr) {
    auto shelf = stand_alone(article, numbers);
    if (!shelf) return pass_on(shelf.error());
    if (auto noted = note_split(before, 0); !noted) return pass_on(noted.error());
    return std::optional(*shelf);
  }
  if (auto joined = join(**chosen, article, numbers); !joined) return pass_on(joined.error());
  if (now != before) {
    if (auto noted = note_split(before, (*chosen)->story); !noted) return pass_on(noted.error());
  }
  if (auto merged = merge_alike(**chosen, article, numbers); !merged)
    return pass_on(merged.error());
  return std::optional<std::int64_t>();
}

Result<std::int64_t> StoryLinker::stand_alone(const ArticleInTime& article, ChangeNumbers numbers) {
  auto own = found_story(catalog_, article.article_id);
  if (!own) return own;
  if (auto done = set_story(catalog_, article.article_id, *own, numbers); !done)
    return pass_on(done.error());
  Cluster alone;
  alone.founder = article.article_id;
  alone.words = article.words;
  alone.size = 1;
  alone.first = alone.last = article.published;
  alone.shelf = shelf_of(article.published);
  auto added = shelves_.add(std::move(alone));
  if (!added) return pass_on(added.error());
  return (*added)->shelf;
}

Result<void> StoryLinker::make_story(Cluster& cluster, ChangeNumbers numbers) {
  if (cluster.story != 0) return {};
  const ArticleId founder = cluster.founder;
  auto story = found_story(catalog_, founder);
  if (!story) return pass_on(story.error());
  if (auto done = set_story(catalog_, founder, *story, numbers); !done) return done;
  if (auto done = set_link_shelf(catalog_, founder, std::nullopt); !done) return done;
  shelves_.name_story(cluster, *story);
  return {};
}

Result<void> StoryLinker::join(Cluster& cluster,
                               const ArticleInTime& article,
                               ChangeNumbers numbers) {
  if (auto done = make_story(cluster, numbers); !done) return done;
  if (auto done = set_story(catalog_, article.article_id, cluster.story, numbers); !done)
    return done;
  cluster.words = added(cluster.words, article.words);
  keep_strongest(cluster.words, kStoryWords);
  ++cluster.size;
  widen(cluster, article.published);
  changed_.insert(cluster.story);
  return shelves_.refile(cluster, shelf_for(cluster, article.published));
}

// An article that is as much of another story may have shown that both are one.
Result<void> StoryLinker::merge_alike(Cluster& cluster,
                                      const ArticleInTime& article,
                                      ChangeNumbers numbers) {
  for (const auto& [other, alike] : candidates_) {
    if (other == &cluster || alike < kJoin) continue;
    const double pairs = static_cast<double>(cluster.size) * static_cast<double>(other->size);
    const double likeness = product_of(cluster.words, other->words) / pairs;
    if (likeness * closeness(*other, article.published) < kMerge) continue;
    const bool is_larger =
        other->size > cluster.size ||
        (other->size == cluster.size && other->story != 0 && other->story < cluster.story);
    return is_larger ? merge(cluster, *other, numbers) : merge(*other, cluster, numbers);
  }
  return {};
}

Result<void> StoryLinker::merge(Cluster& from, Cluster& into, ChangeNumbers numbers) {
  if (auto done = make_story(into, numbers); !done) return done;
  if (auto done = move_articles(from, into, numbers); !done) return done;
  into.words = added(into.words, from.words);
  keep_strongest(into.words, kStoryWords);
  into.size += from.size;
  widen(into, from.first);
  widen(into, from.last);
  changed_.insert(into.story);
  const bool stays = from.shelf != kUndatedShelf;
  shelves_.remove(from);
  return shelves_.refile(into, stays ? shelf_for(into, into.last) : kUndatedShelf);
}

Result<void> StoryLinker::move_articles(const Cluster& from,
                                        const Cluster& into,
                                        ChangeNumbers numbers) {
  if (from.story == 0) {
    if (auto done = set_story(catalog_, from.founder, into.story, numbers); !done) return done;
    return set_link_shelf(catalog_, from.founder, std::nullopt);
  }
  auto articles = articles_of(catalog_, from.story);
  if (!articles) return pass_on(articles.error());
  for (const ArticleId article_id : *articles) {
    if (auto done = set_story(catalog_, article_id, into.story, numbers); !done) return done;
  }
  if (auto done = write_merged(catalog_, from.story, into.story); !done) return done;
  changed_.erase(from.story);
  thinned_.erase(from.story);
  return note(StoryChange::Kind::merged, from.story, into.story);
}

Result<void> StoryLinker::leave(const LinkRow& row, std::int64_t story, ChangeNumbers numbers) {
  if (auto done = set_story(catalog_, row.article_id, 0, numbers); !done) return done;
  if (row.shelf) {
    auto alone = shelves_.of_lone(row.article_id, *row.shelf);
    if (!alone) return pass_on(alone.error());
    if (*alone != nullptr) shelves_.remove(**alone);
    return {};
  }
  auto cluster = shelves_.of_story(story);
  if (!cluster) return pass_on(cluster.error());
  if (*cluster == nullptr) return {};
  // Exact sums wait for finish(), when the row is gone; until then this is near enough.
  (*cluster)->words = added((*cluster)->words, row.words, -1);
  --(*cluster)->size;
  changed_.insert(story);
  thinned_.insert(story);
  return {};
}

Result<void> StoryLinker::note(StoryChange::Kind kind, std::int64_t story, std::int64_t other) {
  auto id = story_id_of(catalog_, story);
  if (!id) return pass_on(id.error());
  auto other_id = other == 0 ? Result<std::string>(std::string()) : story_id_of(catalog_, other);
  if (!other_id) return pass_on(other_id.error());
  changes_.push_back({kind, *std::move(id), *std::move(other_id)});
  return {};
}

Result<void> StoryLinker::note_split(std::int64_t story, std::int64_t other) {
  if (story == 0) return {};
  return note(StoryChange::Kind::split, story, other);
}

Result<void> StoryLinker::finish(std::vector<StoryChange>& changes) {
  for (const std::int64_t story : changed_) {
    auto found = shelves_.of_story(story);
    if (!found) return pass_on(found.error());
    if (*found == nullptr) continue;
    if (auto done = write(**found); !done) return done;
  }
  changed_.clear();
  thinned_.clear();
  changes.insert(changes.end(), changes_.begin(), changes_.end());
  changes_.clear();
  return {};
}

Result<void> StoryLinker::write(Cluster& cluster) {
  if (thinned_.contains(cluster.story)) {
    if (auto done = recount(catalog_, cluster); !done) return done;
    if (auto done = sum_up(catalog_, cluster); !done) return done;
    if (auto done = shelves_.refile(cluster, cluster.shelf); !done) return done;
  }
  if (auto done = write_story(catalog_, cluster); !done) return done;
  if (cluster.size == 0) shelves_.remove(cluster);
  return {};
}

void StoryLinker::trim() {
  shelves_.trim();
}

void StoryLinker::forget() {
  shelves_.forget();
  changed_.clear();
  thinned_.clear();
  changes_.clear();
}

}  // namespace broadsheet::indexer
