// A shingle that hundreds of articles share is boilerplate and tells nothing, so of each key only
// the newest holders are looked at.
#include "indexer/stories/shingle_index.h"

#include <algorithm>

#include "indexer/stories/link_rows.h"

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kMostHolders = 48;
// Of so many that share a key the texts are compared.
constexpr std::size_t kMostCompared = 8;

}  // namespace

void ShingleIndex::add_recent(ArticleId article_id, Fingerprint fingerprint) {
  for (const std::uint32_t key : lookup_keys(fingerprint))
    recent_by_key_[key].push_back(article_id);
  recent_.insert_or_assign(article_id, std::move(fingerprint));
}

Result<void> ShingleIndex::add_settled(ArticleId article_id, const Fingerprint& fingerprint) {
  return run_for_keys("INSERT OR IGNORE INTO shingle_key (key, article_id) VALUES (?1, ?2)",
                      article_id,
                      fingerprint);
}

Result<void> ShingleIndex::remove(ArticleId article_id, const Fingerprint& fingerprint) {
  if (recent_.erase(article_id) > 0) {
    for (const std::uint32_t key : lookup_keys(fingerprint))
      std::erase(recent_by_key_[key], article_id);
    return {};
  }
  return run_for_keys(
      "DELETE FROM shingle_key WHERE key = ?1 AND article_id = ?2", article_id, fingerprint);
}

Result<void> ShingleIndex::run_for_keys(std::string_view sql,
                                        ArticleId article_id,
                                        const Fingerprint& fingerprint) {
  auto statement = catalog_.statement(sql);
  if (!statement) return pass_on(statement.error());
  for (const std::uint32_t key : lookup_keys(fingerprint)) {
    auto done = (*statement)->bind(1, std::int64_t{key}).bind(2, article_id).run();
    if (!done) return done;
  }
  return {};
}

Result<void> ShingleIndex::add_holders(std::uint32_t key,
                                       std::unordered_map<ArticleId, int>& holders) {
  if (const auto recent = recent_by_key_.find(key); recent != recent_by_key_.end()) {
    const auto& all = recent->second;
    const std::size_t from =
        all.size() - std::min(all.size(), static_cast<std::size_t>(kMostHolders));
    for (std::size_t i = from; i < all.size(); ++i)
      ++holders[all[i]];
  }
  auto select = catalog_.statement(
      "SELECT article_id FROM shingle_key WHERE key = ?1 ORDER BY article_id DESC LIMIT ?2");
  if (!select) return pass_on(select.error());
  (*select)->bind(1, std::int64_t{key}).bind(2, kMostHolders);
  return (*select)->for_each_row([&]() -> Result<void> {
    ++holders[(*select)->integer(0)];
    return {};
  });
}

Result<Fingerprint> ShingleIndex::fingerprint_of(ArticleId article_id) {
  if (const auto found = recent_.find(article_id); found != recent_.end()) return found->second;
  auto select = catalog_.statement("SELECT shingles FROM article_link WHERE article_id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, article_id).step();
  if (!row) return pass_on(row.error());
  return *row ? fingerprint_from((*select)->blob(0)) : Fingerprint{};
}

Result<std::vector<ArticleId>> ShingleIndex::duplicates_of(ArticleId self,
                                                           const Fingerprint& fingerprint) {
  std::unordered_map<ArticleId, int> holders;
  for (const std::uint32_t key : lookup_keys(fingerprint)) {
    if (auto done = add_holders(key, holders); !done) return pass_on(done.error());
  }
  holders.erase(self);
  std::vector<std::pair<int, ArticleId>> ranked;
  ranked.reserve(holders.size());
  for (const auto& [article_id, keys] : holders)
    ranked.emplace_back(-keys, article_id);
  const auto most = static_cast<std::ptrdiff_t>(std::min(kMostCompared, ranked.size()));
  std::partial_sort(ranked.begin(), ranked.begin() + most, ranked.end());
  ranked.resize(static_cast<std::size_t>(most));
  std::vector<std::pair<double, ArticleId>> alike;
  for (const auto& [keys, article_id] : ranked) {
    auto other = fingerprint_of(article_id);
    if (!other) return pass_on(other.error());
    if (!are_duplicates(fingerprint, *other)) continue;
    alike.emplace_back(-containment(fingerprint.shingles, other->shingles), article_id);
  }
  std::sort(alike.begin(), alike.end());
  std::vector<ArticleId> duplicates;
  duplicates.reserve(alike.size());
  for (const auto& [order, article_id] : alike)
    duplicates.push_back(article_id);
  return duplicates;
}

Result<void> ShingleIndex::settle() {
  std::vector<std::pair<std::uint32_t, ArticleId>> rows;
  for (const auto& [article_id, fingerprint] : recent_) {
    for (const std::uint32_t key : lookup_keys(fingerprint))
      rows.emplace_back(key, article_id);
  }
  std::sort(rows.begin(), rows.end());
  auto insert =
      catalog_.statement("INSERT OR IGNORE INTO shingle_key (key, article_id) VALUES (?1, ?2)");
  if (!insert) return pass_on(insert.error());
  for (const auto& [key, article_id] : rows) {
    auto done = (*insert)->bind(1, std::int64_t{key}).bind(2, article_id).run();
    if (!done) return done;
  }
  forget();
  return {};
}

void ShingleIndex::forget() {
  recent_.clear();
  recent_by_key_.clear();
}

}  // namespace broadsheet::indexer
