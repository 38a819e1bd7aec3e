// Reads articles for answers: rows by document number, id or URL. One per session, one thread at a
// time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schema/article.h"
#include "schema/catalog.h"
#include "schema/fields.h"
#include "schema/result.h"
#include "schema/sqlite.h"
#include "schema/story.h"
#include "server/store/catalog_history.h"
#include "server/store/facet_labels.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// A read-only view of the catalog. Between begin() and end() every read sees the same moment.
class CatalogReader {
 public:
  // Errors as open_catalog_for_reading().
  [[nodiscard]] static Result<CatalogReader> open(const std::filesystem::path& data_dir);

  [[nodiscard]] Result<void> begin();
  void end();

  // Whether this is still the catalog that lies in the folder, in the version of this program; to
  // be asked between begin() and end(). Costs a stat() and a look at the first page.
  [[nodiscard]] bool is_current();

  // The name of this archive; see catalog_uuid().
  [[nodiscard]] Result<std::string> uuid() { return catalog_uuid(database_); }

  // See broadsheet::last_change().
  [[nodiscard]] Result<std::optional<std::int64_t>> last_change() {
    return broadsheet::last_change(database_);
  }

  // The articles with these document numbers, in the same order; numbers without a row are left
  // out. Visibility is the caller's to check.
  [[nodiscard]] Result<std::vector<StoredArticle>> articles_by_doc(const std::vector<DocId>& docs);

  // The labels of a field that these articles have, each as often as it occurs; none for the host
  // of a URL, which is told by its term.
  [[nodiscard]] Result<std::vector<WrittenLabel>> labels(Field field,
                                                         const std::vector<DocId>& docs);

  // What the operator set other than 1.
  [[nodiscard]] Result<std::vector<SourceWeight>> source_weights();

  // As find_story().
  [[nodiscard]] Result<std::optional<Story>> story(const std::string& id) {
    return find_story(database_, id);
  }

  // By id, else by alias (an original id that ours had to differ from).
  [[nodiscard]] Result<std::optional<StoredArticle>> article_by_id(const std::string& id);

  // All articles seen under a canonical URL, newest first; where there are none, those under one
  // that means the same article (urls_to_try()).
  [[nodiscard]] Result<std::vector<StoredArticle>> articles_by_url(
      const std::string& canonical_url);

  // The versions of an article with a lower number than `before`, `limit` of them or as many as a
  // page may hold.
  [[nodiscard]] Result<RevisionPage> revisions(ArticleId article,
                                               std::int64_t before,
                                               std::size_t limit);

  // The articles whose last change came after `since`, likewise.
  [[nodiscard]] Result<ChangePage> changes(std::int64_t since, std::size_t limit);

 private:
  // Tells one file from another that has taken its name; all zero for none.
  struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
  };

  CatalogReader(std::filesystem::path file, FileStamp stamp, sqlite::Database database)
      : file_(std::move(file)), stamp_(stamp), database_(std::move(database)) {}

  static FileStamp stamp_of(const std::filesystem::path& file);
  Result<std::vector<StoredArticle>> read_all(sqlite::Statement& statement);

  std::filesystem::path file_;
  FileStamp stamp_;
  sqlite::Database database_;
};

}  // namespace broadsheet::server
