// The catalog (SQLite): opening it in the right version, and reading its rows.
// Writing rows belongs to the indexer alone; see schema/README.md for every table.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet {

// DATA/catalog.db
[[nodiscard]] std::filesystem::path catalog_path(const std::filesystem::path& data_dir);

// The number of migrations this program knows: PRAGMA user_version of a current catalog.
[[nodiscard]] int catalog_version();

// Opens for the one writer: makes the file and its folder when missing and runs the migrations due.
// corrupt: foreign or damaged. version_mismatch: written by a newer version.
[[nodiscard]] Result<sqlite::Database> open_catalog_for_writing(
    const std::filesystem::path& data_dir);

// Opens for a reader. not_found: no catalog yet. outdated: the indexer must migrate it first.
// version_mismatch: newer than this program. corrupt: foreign or damaged.
[[nodiscard]] Result<sqlite::Database> open_catalog_for_reading(
    const std::filesystem::path& data_dir);

// The name of this archive among all others, given once; an index bears it too.
[[nodiscard]] Result<std::string> catalog_uuid(sqlite::Database& catalog);

// When an article changed last (came in, was edited, taken down, ...), in seconds since 1970 UTC;
// of a catalog that no program of this version has written to, when the last changed article came
// in. Empty while there is none.
[[nodiscard]] Result<std::optional<std::int64_t>> last_change(sqlite::Database& catalog);

// FROM and the columns that read_stored_article() reads, in its order: "SELECT " + kArticleColumns
// + " FROM " + kArticleTables. The body is the last column, read from article_text as t;
// articles are a, sources s, stories st.
inline constexpr std::string_view kArticleColumns =
    "a.article_id, a.id, a.doc_id, a.change_seq, a.revision, a.url, a.title, a.summary, "
    "a.published, a.published_offset, a.published_precision, a.published_origin, "
    "a.updated, a.updated_offset, a.updated_precision, a.updated_origin, "
    "a.ingested, s.id, s.name, a.authors, a.section, a.kicker, a.genre, a.language, a.tags, "
    "a.image_url, a.image_alt, a.image_credit, a.image_width, a.image_height, "
    "a.status, a.status_reason, a.legal, a.embargoed_until, a.expires, a.correction, a.access, "
    "a.prompt, a.extra, a.summary_origin, a.kicker_origin, a.language_confidence, a.body_shared, "
    "s.blocked, st.id, a.story_id, st.title, st.size, a.duplicate_group, t.body";
inline constexpr std::string_view kArticleTables =
    "article a LEFT JOIN source s ON s.source_id = a.source_id "
    "LEFT JOIN story st ON st.story_id = a.story_id "
    "JOIN article_text t ON t.article_id = a.article_id";

// Reads the current row of a statement that selects exactly kArticleColumns.
[[nodiscard]] StoredArticle read_stored_article(const sqlite::Statement& row);

// What article_url keeps of a canonical URL when its article is erased: whoever comes with the URL
// finds the article, and nobody reads the URL there.
[[nodiscard]] std::string erased_url(std::string_view canonical_url);

// Lists are stored one value a line.
[[nodiscard]] std::string join_lines(const std::vector<std::string>& values);
[[nodiscard]] std::vector<std::string> split_lines(std::string_view text);

}  // namespace broadsheet
