// Rows of the catalog that the linker alone reads and writes, inside the caller's transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "indexer/stories/article_features.h"
#include "indexer/stories/word_counts.h"
#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// What is remembered of a linked article.
struct LinkRow {
  ArticleId article_id = 0;
  std::optional<std::int64_t> shelf;  // while it is in no story
  Fingerprint fingerprint;
  WordVector words;  // weighed, of length 1
};

[[nodiscard]] Result<void> write_link(sqlite::Database& catalog, const LinkRow& row);
[[nodiscard]] Result<std::optional<LinkRow>> read_link(sqlite::Database& catalog,
                                                       ArticleId article_id);
[[nodiscard]] Result<void> remove_link(sqlite::Database& catalog, ArticleId article_id);
[[nodiscard]] Result<void> set_link_shelf(sqlite::Database& catalog,
                                          ArticleId article_id,
                                          const std::optional<std::int64_t>& shelf);

// Where an article is linked now.
struct Membership {
  std::int64_t story = 0;            // Story::number; 0: none
  std::int64_t duplicate_group = 0;  // 0: none
};

[[nodiscard]] Result<Membership> membership_of(sqlite::Database& catalog, ArticleId article_id);

// Numbers of changes. An article that was committed before gets a new one when its story or group
// changes, for the index may hold it; one of this transaction has a new one already.
struct ChangeNumbers {
  std::int64_t committed = 0;  // the last one before this transaction
  std::int64_t& last;          // given out
};

[[nodiscard]] Result<void> set_story(sqlite::Database& catalog,
                                     ArticleId article_id,
                                     std::int64_t story,
                                     ChangeNumbers numbers);
[[nodiscard]] Result<void> set_group(sqlite::Database& catalog,
                                     ArticleId article_id,
                                     std::int64_t group,
                                     ChangeNumbers numbers);

// What a statement with all its values bound selects in its first column.
[[nodiscard]] Result<std::vector<ArticleId>> read_ids(sqlite::Statement& select);

// The queue of articles to be linked: adds one; the first `most`; takes one off.
[[nodiscard]] Result<void> add_due(sqlite::Database& catalog, ArticleId article_id);
[[nodiscard]] Result<std::vector<ArticleId>> first_due(sqlite::Database& catalog,
                                                       std::int64_t most);
[[nodiscard]] Result<void> remove_due(sqlite::Database& catalog, ArticleId article_id);

// Counts of words, and the last article that is in them.
struct CountedWords {
  WordCounts counts;
  ArticleId counted_to = 0;
};

[[nodiscard]] Result<CountedWords> read_word_counts(sqlite::Database& catalog);
[[nodiscard]] Result<void> write_word_counts(sqlite::Database& catalog, const CountedWords& words);

}  // namespace broadsheet::indexer
