// The one writer of the catalog. Everything happens inside transactions: nothing counts until
// commit() has returned, and a failure leaves the catalog as it was.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/stories/linker.h"
#include "indexer/write/doc_id_allocator.h"
#include "indexer/write/notice.h"
#include "indexer/write/source_registry.h"
#include "indexer/write/takedown.h"
#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// An article ready to be stored. Texts must be clean: the catalog takes them as they are.
struct IncomingArticle {
  Article article;            // an empty id is looked up (article_names.h), or becomes fallback_id
  std::string fallback_id;    // may be empty when article.id is not
  std::string canonical_url;  // of article.url; may be empty
  std::string original_id;    // a second name that finds the article; may be empty
  std::string id_of_feed;     // the feed whose word for its item original_id is; may be empty
  std::string content_hash;   // content_hash() of the article
  std::optional<std::int64_t> body_hash;  // body_hash() of its body
  std::optional<Notice> notice;  // it came without its text: complete() comes before all else
  std::optional<ArticleFeatures> features;  // of its text, where they were made already
};

enum class Upsert { added, updated, unchanged };

// Holds DATA/catalog.db open for writing; the caller holds DATA/writer.lock. Not thread-safe.
class CatalogWriter {
 public:
  [[nodiscard]] static Result<CatalogWriter> open(const std::filesystem::path& data_dir);
  CatalogWriter(CatalogWriter&&) noexcept;
  CatalogWriter& operator=(CatalogWriter&&) noexcept;
  ~CatalogWriter();

  // Begins a transaction unless one is open. The functions below begin one by themselves.
  [[nodiscard]] Result<void> begin();

  // Of an article that came without its text: takes what it lacks from the one that is known (see
  // notice.h), so that it can be stored as a whole one. Nothing for any other, or an unknown one.
  [[nodiscard]] Result<void> complete(IncomingArticle& incoming);

  // Stores an article under its id: the same content changes nothing and costs one lookup. The same
  // id again, in the same transaction too, replaces. What was erased stays so, and counts as
  // unchanged. `now`: seconds since 1970 UTC.
  [[nodiscard]] Result<Upsert> upsert(const IncomingArticle& incoming, std::int64_t now);

  // Whether upsert() of the article would change nothing. Costs as much as that.
  [[nodiscard]] Result<bool> is_unchanged(const IncomingArticle& incoming);

  // As the functions in takedown.h, for an article named by its id or alias.
  [[nodiscard]] Result<bool> withdraw(std::string_view id, const Withdrawal& withdrawal);
  [[nodiscard]] Result<Restoration> restore(std::string_view id);
  [[nodiscard]] Result<bool> erase(std::string_view id);

  // Gives a new change_seq to every article whose embargo ended or whose expiry passed since the
  // last call, so that the index looks at it again. Returns how many.
  [[nodiscard]] Result<std::int64_t> release_due(std::int64_t now);

  // As the functions in source_registry.h.
  [[nodiscard]] Result<bool> set_source(std::string_view id, const SourceSettings& settings);
  [[nodiscard]] Result<std::map<std::string, std::string>> source_languages();

  // Keeps a small fact in table meta.
  [[nodiscard]] Result<void> set_meta(std::string_view key, std::string_view value);

  // Links what has come in or changed since begin(), and some of what waits in table link_due, and
  // makes everything durable. Without a transaction there is nothing to do.
  [[nodiscard]] Result<void> commit();

  // Links more of what waits, in a transaction of its own; false: nothing waits. No transaction may
  // be open.
  [[nodiscard]] Result<bool> link_more();

  // What befell stories since the last call.
  [[nodiscard]] std::vector<StoryChange> take_story_changes();

  // Undoes everything since begin().
  void rollback();

 private:
  struct State;
  explicit CatalogWriter(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace broadsheet::indexer
