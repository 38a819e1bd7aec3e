// A running story: articles about one event and what came of it, linked by the indexer as they come
// in. One article alone is no story to readers, but has the row, with size 0, that it would found
// one with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet {

struct Story {
  std::int64_t number = 0;            // of its row; never given to another one
  std::string id;                     // "st_" and 12 hex digits
  std::string title;                  // that of one of its articles; empty when none has one
  std::string kicker;                 // the one most of its articles share; may be empty
  std::optional<std::int64_t> first;  // its first dated article, seconds since 1970 UTC
  std::optional<std::int64_t> last;   // its last one
  std::int64_t size = 0;              // visible articles; 0 once it was merged
  std::string merged_into;            // public id of the story it went into; empty: it lives

  friend bool operator==(const Story&, const Story&) = default;
};

// Fewer articles than this are no story to readers.
inline constexpr std::int64_t kLeastStoryArticles = 2;

// FROM and the columns that read_story() reads, in its order; stories are st.
inline constexpr std::string_view kStoryColumns =
    "st.story_id, st.id, st.title, st.kicker, st.first_published, st.last_published, st.size, "
    "heir.id";
inline constexpr std::string_view kStoryTables =
    "story st LEFT JOIN story heir ON heir.story_id = st.merged_into";

// Reads the current row of a statement that selects exactly kStoryColumns.
[[nodiscard]] Story read_story(const sqlite::Statement& row);

// The story of a public id, one that was merged too; empty when there never was one.
[[nodiscard]] Result<std::optional<Story>> find_story(sqlite::Database& catalog,
                                                      std::string_view id);

// The story of a number; empty when there is none.
[[nodiscard]] Result<std::optional<Story>> find_story(sqlite::Database& catalog,
                                                      std::int64_t number);

}  // namespace broadsheet
