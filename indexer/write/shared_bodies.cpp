// All articles with one body bear the same flag, so looking at one of them is enough to know it.
#include "indexer/write/shared_bodies.h"

#include <cstring>
#include <string>
#include <vector>

#include "schema/text.h"

namespace broadsheet::indexer {
namespace {

// Some twenty words: below, a body is a phrase that many articles may share.
constexpr std::size_t kLeastBytes = 120;

// Titles that differ in case, accents or white space alone are the same.
bool is_same_title(std::string_view a, std::string_view b) {
  return a == b || fold(a) == fold(b);
}

struct Neighbour {
  ArticleId article_id = 0;
  std::string title;
  bool is_shared = false;
};

// The articles with a body, in the order of their rows: at most `most`.
Result<std::vector<Neighbour>> with_body(sqlite::Database& catalog,
                                         std::int64_t hash,
                                         ArticleId other_than,
                                         std::int64_t most) {
  auto select = catalog.statement(
      "SELECT article_id, title, body_shared FROM article "
      "WHERE body_hash = ?1 AND article_id <> ?2 ORDER BY article_id LIMIT ?3");
  if (!select) return pass_on(select.error());
  std::vector<Neighbour> found;
  (*select)->bind(1, hash).bind(2, other_than).bind(3, most);
  auto read = (*select)->for_each_row([&]() -> Result<void> {
    found.push_back(
        {(*select)->integer(0), std::string((*select)->text(1)), (*select)->integer(2) != 0});
    return {};
  });
  if (!read) return pass_on(read.error());
  return found;
}

Result<void> set_flag(sqlite::Database& catalog, ArticleId article_id, bool is_shared) {
  auto update = catalog.statement("UPDATE article SET body_shared = ?2 WHERE article_id = ?1");
  if (!update) return pass_on(update.error());
  return (*update)->bind(1, article_id).bind(2, std::int64_t{is_shared}).run();
}

constexpr std::int64_t kAll = -1;

}  // namespace

std::optional<std::int64_t> body_hash(std::string_view body) {
  if (body.size() < kLeastBytes) return std::nullopt;
  std::uint64_t hash = body.size();
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29U;
  };
  std::uint64_t word = 0;
  while (body.size() >= sizeof word) {
    std::memcpy(&word, body.data(), sizeof word);
    mix(word);
    body.remove_prefix(sizeof word);
  }
  word = 0;
  std::memcpy(&word, body.data(), body.size());
  mix(word);
  return static_cast<std::int64_t>(hash);
}

Result<void> flag_shared_body(sqlite::Database& catalog, const BodyOwner& owner) {
  if (!owner.body_hash) return {};
  auto first = with_body(catalog, *owner.body_hash, owner.article_id, 1);
  if (!first) return pass_on(first.error());
  if (first->empty()) return {};
  const Neighbour& other = first->front();
  if (!other.is_shared && is_same_title(other.title, owner.title)) return {};
  if (!other.is_shared) {
    auto all = with_body(catalog, *owner.body_hash, owner.article_id, kAll);
    if (!all) return pass_on(all.error());
    for (const Neighbour& neighbour : *all) {
      if (auto done = set_flag(catalog, neighbour.article_id, true); !done) return done;
    }
  }
  return set_flag(catalog, owner.article_id, true);
}

Result<void> review_shared_body(sqlite::Database& catalog, std::int64_t body_hash) {
  auto all = with_body(catalog, body_hash, 0, kAll);
  if (!all) return pass_on(all.error());
  bool is_shared = false;
  for (const Neighbour& neighbour : *all) {
    is_shared = is_shared || !is_same_title(neighbour.title, all->front().title);
  }
  for (const Neighbour& neighbour : *all) {
    if (neighbour.is_shared == is_shared) continue;
    if (auto done = set_flag(catalog, neighbour.article_id, is_shared); !done) return done;
  }
  return {};
}

}  // namespace broadsheet::indexer
