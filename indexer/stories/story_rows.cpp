// What readers see of a story is read from its articles whenever it changes, so it never names one
// that was taken down.
#include "indexer/stories/story_rows.h"

#include <algorithm>
#include <map>

#include "schema/hash.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kIdDigits = 12;
// One of so many of late gives the title.
constexpr std::int64_t kTitleArticles = 16;
constexpr std::int64_t kSummedArticles = 200;

Result<std::string> public_id(sqlite::Database& catalog, ArticleId article_id) {
  auto select = catalog.statement("SELECT id FROM article WHERE article_id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, article_id).step();
  if (!row) return pass_on(row.error());
  return std::string((*select)->text(0));
}

// What a public id stands for.
struct Holder {
  std::int64_t story = 0;  // 0: nothing yet
  bool is_empty = false;   // all its articles have gone
};

Result<Holder> holder_of(sqlite::Database& catalog, const std::string& id) {
  auto select = catalog.statement(
      "SELECT story_id, size = 0 AND merged_into IS NULL FROM story WHERE id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, id).step();
  if (!row) return pass_on(row.error());
  if (!*row) return Holder{};
  return Holder{(*select)->integer(0), (*select)->integer(1) != 0};
}

struct Headline {
  std::string title;
  std::string kicker;
};

// Newest first, so the newest of equals wins.
Result<Headline> headline_of(sqlite::Database& catalog, const Cluster& cluster) {
  auto select = catalog.statement(
      "SELECT a.title, a.kicker, l.words FROM article a "
      "JOIN article_link l ON l.article_id = a.article_id WHERE a.story_id = ?1 "
      "ORDER BY a.published DESC, a.article_id DESC LIMIT ?2");
  if (!select) return pass_on(select.error());
  const sqlite::Statement& row = **select;
  Headline headline;
  double best = -1;
  std::map<std::string, int, std::less<>> kickers;
  int most = 0;
  (*select)->bind(1, cluster.story).bind(2, kTitleArticles);
  auto read = (*select)->for_each_row([&]() -> Result<void> {
    const double central = product_of(word_vector_from(row.blob(2)), cluster.words);
    if (central > best && !row.text(0).empty()) {
      best = central;
      headline.title = row.text(0);
    }
    if (row.text(1).empty()) return {};
    const int times = ++kickers[std::string(row.text(1))];
    if (times > most) {
      most = times;
      headline.kicker = row.text(1);
    }
    return {};
  });
  if (!read) return pass_on(read.error());
  return headline;
}

}  // namespace

Result<std::int64_t> found_story(sqlite::Database& catalog, ArticleId founder) {
  auto article = public_id(catalog, founder);
  if (!article) return pass_on(article.error());
  std::string seed = *article;
  std::string id;
  // An article that left its story may found another one; one whose story has run empty, the same.
  for (bool is_free = false; !is_free; seed += '\n') {
    id = "st_" + sha256_hex(seed).substr(0, kIdDigits);
    auto holder = holder_of(catalog, id);
    if (!holder) return pass_on(holder.error());
    if (holder->is_empty) return holder->story;
    is_free = holder->story == 0;
  }
  auto insert = catalog.statement("INSERT INTO story (id) VALUES (?1)");
  if (!insert) return pass_on(insert.error());
  if (auto done = (*insert)->bind(1, id).run(); !done) return pass_on(done.error());
  return catalog.last_row_id();
}

Result<std::string> story_id_of(sqlite::Database& catalog, std::int64_t story) {
  auto select = catalog.statement("SELECT id FROM story WHERE story_id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, story).step();
  if (!row) return pass_on(row.error());
  return std::string((*select)->text(0));
}

Result<void> recount(sqlite::Database& catalog, Cluster& cluster) {
  auto select = catalog.statement(
      "SELECT count(*), min(published), max(published) FROM article WHERE story_id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, cluster.story).step();
  if (!row) return pass_on(row.error());
  cluster.size = (*select)->integer(0);
  cluster.first = (*select)->optional_integer(1);
  cluster.last = (*select)->optional_integer(2);
  return {};
}

Result<void> sum_up(sqlite::Database& catalog, Cluster& cluster) {
  auto select = catalog.statement(
      "SELECT l.words FROM article a JOIN article_link l ON l.article_id = a.article_id "
      "WHERE a.story_id = ?1 ORDER BY a.published DESC, a.article_id DESC LIMIT ?2");
  if (!select) return pass_on(select.error());
  WordVector sum;
  float summed = 0;
  (*select)->bind(1, cluster.story).bind(2, kSummedArticles);
  auto read = (*select)->for_each_row([&]() -> Result<void> {
    sum = added(sum, word_vector_from((*select)->blob(0)));
    ++summed;
    return {};
  });
  if (!read) return read;
  // The sum stands for all of them.
  const float share = summed > 0 ? static_cast<float>(cluster.size) / summed : 0;
  for (WordWeight& each : sum)
    each.weight *= std::max(share, 1.0F);
  keep_strongest(sum, kStoryWords);
  cluster.words = std::move(sum);
  return {};
}

Result<void> write_story(sqlite::Database& catalog, const Cluster& cluster) {
  auto headline = headline_of(catalog, cluster);
  if (!headline) return pass_on(headline.error());
  auto update = catalog.statement(
      "UPDATE story SET title = ?2, kicker = ?3, first_published = ?4, last_published = ?5, "
      "size = ?6, shelf = ?7, words = ?8 WHERE story_id = ?1");
  if (!update) return pass_on(update.error());
  const std::string words = to_bytes(cluster.words);
  const bool is_empty = cluster.size == 0;
  (*update)->bind(1, cluster.story);
  (*update)->bind_text_or_null(2, headline->title).bind_text_or_null(3, headline->kicker);
  (*update)->bind(4, cluster.first).bind(5, cluster.last).bind(6, cluster.size);
  (*update)->bind(7, is_empty ? std::nullopt : std::optional(cluster.shelf));
  is_empty ? (*update)->bind_null(8) : (*update)->bind_blob(8, words);
  return (*update)->run();
}

Result<void> write_merged(sqlite::Database& catalog, std::int64_t from, std::int64_t into) {
  for (const std::string_view sql :
       {"UPDATE story SET merged_into = ?2, title = NULL, kicker = NULL, first_published = NULL, "
        "last_published = NULL, size = 0, shelf = NULL, words = NULL WHERE story_id = ?1",
        "UPDATE story SET merged_into = ?2 WHERE merged_into = ?1"}) {
    auto update = catalog.statement(sql);
    if (!update) return pass_on(update.error());
    if (auto done = (*update)->bind(1, from).bind(2, into).run(); !done) return done;
  }
  return {};
}

Result<std::vector<ArticleId>> articles_of(sqlite::Database& catalog, std::int64_t story) {
  auto select = catalog.statement("SELECT article_id FROM article WHERE story_id = ?1");
  if (!select) return pass_on(select.error());
  return read_ids((*select)->bind(1, story));
}

}  // namespace broadsheet::indexer
