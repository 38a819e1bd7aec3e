// Rows of table story: founding one, bringing one up to its articles, and one that went into
// another.
#pragma once

#include <string>

#include "indexer/stories/link_rows.h"
#include "indexer/stories/shelf.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Makes the story of an article, without articles yet: to readers it is none before it has two. Its
// public id is made from the article's, so the same articles give the same id in every archive.
// Gives back Story::number; asked again before the story has articles, the same.
[[nodiscard]] Result<std::int64_t> found_story(sqlite::Database& catalog, ArticleId founder);

// The public id.
[[nodiscard]] Result<std::string> story_id_of(sqlite::Database& catalog, std::int64_t story);

// Size and dates from the articles that are in the story by now.
[[nodiscard]] Result<void> recount(sqlite::Database& catalog, Cluster& cluster);

// The words of its articles, the newest two hundred, summed up anew: nothing stays of one that
// left.
[[nodiscard]] Result<void> sum_up(sqlite::Database& catalog, Cluster& cluster);

// Writes all that the cluster knows, with the title of its most central article of late and the
// kicker most of those share.
[[nodiscard]] Result<void> write_story(sqlite::Database& catalog, const Cluster& cluster);

// The story `from` is part of `into` from now on; its articles have moved. Stories that went into
// `from` earlier name `into` as well.
[[nodiscard]] Result<void> write_merged(sqlite::Database& catalog,
                                        std::int64_t from,
                                        std::int64_t into);

// The articles of a story.
[[nodiscard]] Result<std::vector<ArticleId>> articles_of(sqlite::Database& catalog,
                                                         std::int64_t story);

// No more words of a story are kept.
inline constexpr std::size_t kStoryWords = 200;

}  // namespace broadsheet::indexer
