// Stories and lone articles have keys of one kind: a story's number, or minus the article's.
#include "indexer/stories/story_shelves.h"

#include <algorithm>

namespace broadsheet::indexer {
namespace {

// Some 2 kB each.
constexpr std::size_t kMostClusters = 40'000;
// Of one shelf the newest alone are looked at: a shelf of 16 days holds more of them only in an
// archive of over 1,000 stories a day, or in one without dates.
constexpr std::int64_t kMostOnShelf = 20'000;

std::int64_t key_of(const Cluster& cluster) {
  return cluster.story != 0 ? cluster.story : -cluster.founder;
}

}  // namespace

Cluster& StoryShelves::keep(Cluster cluster) {
  const std::int64_t key = key_of(cluster);
  auto& kept = clusters_[key];
  kept = std::make_unique<Cluster>(std::move(cluster));
  return *kept;
}

Result<void> StoryShelves::load_stories(std::int64_t number, Shelf& shelf) {
  auto select = catalog_.statement(
      "SELECT story_id, size, first_published, last_published, words FROM story "
      "WHERE shelf = ?1 ORDER BY story_id DESC LIMIT ?2");
  if (!select) return pass_on(select.error());
  const sqlite::Statement& row = **select;
  (*select)->bind(1, number).bind(2, kMostOnShelf);
  return (*select)->for_each_row([&]() -> Result<void> {
    Cluster cluster;
    cluster.story = row.integer(0);
    cluster.size = row.integer(1);
    cluster.first = row.optional_integer(2);
    cluster.last = row.optional_integer(3);
    cluster.words = word_vector_from(row.blob(4));
    cluster.shelf = number;
    shelf.file(keep(std::move(cluster)));
    return {};
  });
}

Result<void> StoryShelves::load_lone(std::int64_t number, Shelf& shelf) {
  auto select = catalog_.statement(
      "SELECT l.article_id, a.published, l.words FROM article_link l "
      "JOIN article a ON a.article_id = l.article_id "
      "WHERE l.shelf = ?1 ORDER BY l.article_id DESC LIMIT ?2");
  if (!select) return pass_on(select.error());
  const sqlite::Statement& row = **select;
  (*select)->bind(1, number).bind(2, kMostOnShelf);
  return (*select)->for_each_row([&]() -> Result<void> {
    Cluster cluster;
    cluster.founder = row.integer(0);
    cluster.size = 1;
    cluster.first = cluster.last = row.optional_integer(1);
    cluster.words = word_vector_from(row.blob(2));
    cluster.shelf = number;
    shelf.file(keep(std::move(cluster)));
    return {};
  });
}

Result<Shelf*> StoryShelves::load(std::int64_t number) {
  const auto [found, is_new] = shelves_.try_emplace(number);
  Loaded& loaded = found->second;
  loaded.used = ++uses_;
  if (!is_new) return &loaded.shelf;
  auto done = load_stories(number, loaded.shelf);
  if (done) done = load_lone(number, loaded.shelf);
  if (done) return &loaded.shelf;
  forget();
  return pass_on(done.error());
}

Result<std::vector<StoryShelves::Candidate>> StoryShelves::candidates(
    const WordVector& words, const std::optional<std::int64_t>& published) {
  const std::vector<std::uint32_t> strongest = strongest_words(words, kFiledWords);
  std::vector<Shelf::Found> found;
  for (const std::int64_t number : shelves_around(published)) {
    auto shelf = load(number);
    if (!shelf) return pass_on(shelf.error());
    (*shelf)->find(strongest, found);
  }
  const auto most = static_cast<std::ptrdiff_t>(std::min(kMostFound, found.size()));
  std::partial_sort(
      found.begin(), found.begin() + most, found.end(), [](const auto& a, const auto& b) {
        if (a.shared != b.shared) return a.shared > b.shared;
        return key_of(*a.cluster) < key_of(*b.cluster);
      });
  found.resize(static_cast<std::size_t>(most));
  std::vector<Candidate> candidates;
  for (const Shelf::Found& each : found) {
    if (each.cluster->words.size() < kLeastWords) continue;
    candidates.push_back({each.cluster, likeness(*each.cluster, words, published)});
  }
  std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    if (a.likeness != b.likeness) return a.likeness > b.likeness;
    return key_of(*a.cluster) < key_of(*b.cluster);
  });
  return candidates;
}

Result<Cluster*> StoryShelves::of_story(std::int64_t story) {
  auto select = catalog_.statement("SELECT shelf FROM story WHERE story_id = ?1");
  if (!select) return pass_on(select.error());
  std::optional<std::int64_t> number;
  {
    const sqlite::StatementReset reset(**select);
    auto row = (*select)->bind(1, story).step();
    if (!row) return pass_on(row.error());
    if (*row) number = (*select)->optional_integer(0);
  }
  if (const auto found = clusters_.find(story); found != clusters_.end()) {
    return found->second.get();
  }
  if (!number) return nullptr;
  if (auto shelf = load(*number); !shelf) return pass_on(shelf.error());
  const auto found = clusters_.find(story);
  return found == clusters_.end() ? nullptr : found->second.get();
}

Result<Cluster*> StoryShelves::of_lone(ArticleId article_id, std::int64_t shelf) {
  if (auto loaded = load(shelf); !loaded) return pass_on(loaded.error());
  const auto found = clusters_.find(-article_id);
  return found == clusters_.end() ? nullptr : found->second.get();
}

Result<Cluster*> StoryShelves::add(Cluster cluster) {
  auto shelf = load(cluster.shelf);
  if (!shelf) return pass_on(shelf.error());
  Cluster& kept = keep(std::move(cluster));
  (*shelf)->file(kept);
  return &kept;
}

void StoryShelves::name_story(Cluster& cluster, std::int64_t story) {
  auto node = clusters_.extract(key_of(cluster));
  cluster.story = story;
  cluster.founder = 0;
  node.key() = story;
  clusters_.insert(std::move(node));
}

Result<void> StoryShelves::refile(Cluster& cluster, std::int64_t shelf) {
  if (shelf != cluster.shelf) {
    const auto before = shelves_.find(cluster.shelf);
    if (before != shelves_.end()) before->second.shelf.remove(cluster);
    cluster.shelf = shelf;
  }
  auto after = load(shelf);
  if (!after) return pass_on(after.error());
  (*after)->file(cluster);
  return {};
}

void StoryShelves::remove(Cluster& cluster) {
  const auto shelf = shelves_.find(cluster.shelf);
  if (shelf != shelves_.end()) shelf->second.shelf.remove(cluster);
  clusters_.erase(key_of(cluster));
}

void StoryShelves::trim() {
  while (clusters_.size() > kMostClusters) {
    const auto oldest =
        std::min_element(shelves_.begin(), shelves_.end(), [](const auto& a, const auto& b) {
          return a.second.used < b.second.used;
        });
    if (oldest == shelves_.end()) return;
    std::vector<std::int64_t> keys;
    for (const auto& [cluster, place] : oldest->second.shelf.clusters())
      keys.push_back(key_of(*cluster));
    for (const std::int64_t key : keys)
      clusters_.erase(key);
    shelves_.erase(oldest);
  }
}

void StoryShelves::forget() {
  shelves_.clear();
  clusters_.clear();
}

}  // namespace broadsheet::indexer
