// DocId: an article's number in the index, a function of its publication time, newest smallest.
// Stored in every index and in the catalog: changing the formula needs a migration and a rebuild.
#pragma once

#include <cstdint>
#include <optional>

namespace broadsheet {

// An article's row in the catalog (SQLite rowid, AUTOINCREMENT, never reused).
using ArticleId = std::int64_t;

// A Xapian document number, 1 to 2^30 - 1.
using DocId = std::uint32_t;

inline constexpr DocId kFirstUndatedDocId = 900'000'000;
inline constexpr DocId kLastDocId = (1U << 30U) - 1;

// The number a publication time asks for; articles of the same five seconds take the next free one.
//
//   1 ........ 858 million   one number for every 5 seconds, from the end of 2062 back to 1926
//   above, to 862 million    one number an hour, from 1926 back to 1600
//   900 million and up       undated articles
//
// Times after 2062 count as its end, times before 1600 as its start.
[[nodiscard]] DocId doc_id_for(std::optional<std::int64_t> published_seconds);

// The latest time that asks for this number: every article at or after the number that lies at its
// own is no newer. Numbers of undated articles count as the oldest time.
[[nodiscard]] std::int64_t latest_time_of(DocId doc);

}  // namespace broadsheet
