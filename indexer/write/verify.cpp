// A sampled article is built anew from its row and held against what the generation has of it.
#include "indexer/write/verify.h"

#include <optional>
#include <string>
#include <vector>

#include <spdlog/fmt/fmt.h>

#include "indexer/write/document.h"
#include "indexer/write/fold_parts.h"
#include "indexer/write/visible.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

constexpr const char* kUnchangedHint =
    "the live index is unchanged; run broadsheet-indexer rebuild again";

Result<void> same_count(const LiveIndex& built, std::uint64_t expected) {
  std::uint64_t found = 0;
  auto counted = xapian_try([&] { found = count_articles(built); });
  if (!counted) return counted;
  if (found == expected) return {};
  return fail(ErrorCode::internal,
              fmt::format("the new index holds {} articles, the catalog {}", found, expected),
              kUnchangedHint);
}

// Terms with their counts and positions, then the slots.
std::string content_of(const Xapian::Document& document) {
  std::string content;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    content.append(*term).append(1, '\0').append(std::to_string(term.get_wdf()));
    for (auto at = term.positionlist_begin(); at != term.positionlist_end(); ++at)
      content.append(1, ' ').append(std::to_string(*at));
    content += '\n';
  }
  for (auto slot = document.values_begin(); slot != document.values_end(); ++slot)
    content.append(std::to_string(slot.get_valueno())).append(1, '=').append(*slot).append(1, '\n');
  return content + document.get_data();
}

// What the newest part that has the number says of it; empty when none has.
std::optional<std::string> indexed_content(const std::vector<Xapian::Database>& parts, DocId doc) {
  for (const Xapian::Database& part : parts) {
    auto found = part.postlist_begin("");
    if (found == part.postlist_end("")) continue;
    found.skip_to(doc);
    if (found != part.postlist_end("") && *found == doc) return content_of(part.get_document(doc));
  }
  return std::nullopt;
}

// Evenly over all visible articles, beginning with another one each time.
Result<std::vector<std::int64_t>> sample(sqlite::Database& catalog,
                                         std::uint64_t visible,
                                         std::int64_t now) {
  const auto stride = static_cast<std::int64_t>(
      std::max<std::uint64_t>(1, (visible + kComparedArticles - 1) / kComparedArticles));
  auto rows = catalog.statement(
      fmt::format("SELECT article_id FROM (SELECT a.article_id, row_number() OVER (ORDER BY "
                  "a.article_id) AS place FROM article a WHERE {}) WHERE place % ?2 = ?3",
                  kVisibleCondition));
  if (!rows) return pass_on(rows.error());
  (*rows)->bind(1, now).bind(2, stride).bind(3, now % stride);
  std::vector<std::int64_t> ids;
  auto read = (*rows)->for_each_row([&]() -> Result<void> {
    ids.push_back((*rows)->integer(0));
    return {};
  });
  if (!read) return pass_on(read.error());
  return ids;
}

Result<void> same_article(const std::vector<Xapian::Database>& parts,
                          const StoredArticle& stored,
                          DocumentBuilder& builder) {
  bool is_same = false;
  auto compared = xapian_try([&] {
    is_same = indexed_content(parts, stored.doc_id) == content_of(builder.build(stored));
  });
  if (!compared || is_same) return compared;
  return fail(
      ErrorCode::internal,
      fmt::format("the new index holds article {} otherwise than the catalog", stored.article.id),
      kUnchangedHint);
}

}  // namespace

Result<std::uint64_t> verify_generation(const LiveIndex& built,
                                        sqlite::Database& catalog,
                                        std::uint64_t expected,
                                        std::int64_t now) {
  if (auto same = same_count(built, expected); !same) return pass_on(same.error());
  std::vector<Xapian::Database> parts;
  for (const auto& path : built.parts) {
    auto part = open_part(path);
    if (!part) return pass_on(part.error());
    parts.push_back(std::move(*part));
  }
  auto ids = sample(catalog, expected, now);
  if (!ids) return pass_on(ids.error());
  auto row = catalog.statement(
      fmt::format("SELECT {} FROM {} WHERE a.article_id = ?1", kArticleColumns, kArticleTables));
  if (!row) return pass_on(row.error());
  DocumentBuilder builder;
  for (const std::int64_t id : *ids) {
    const sqlite::StatementReset reset(**row);
    (*row)->bind(1, id);
    auto there = (*row)->step();
    if (!there) return pass_on(there.error());
    if (!*there) continue;
    if (auto same = same_article(parts, read_stored_article(**row), builder); !same)
      return pass_on(same.error());
  }
  return ids->size();
}

}  // namespace broadsheet::indexer
