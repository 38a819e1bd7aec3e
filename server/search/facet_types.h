// What counting adds to a search: values by facet, articles by stretch of time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fields.h"

namespace broadsheet::server {

// A facet by its name in requests. `field` empty: the year, which is counted by time.
struct FacetRow {
  std::string_view name;
  std::optional<Field> field;
  bool has_names = false;  // values are ids and are shown with a name
};

inline constexpr std::array kFacets = {
    FacetRow{"source", Field::source, true},
    FacetRow{"section", Field::section},
    FacetRow{"kicker", Field::kicker},
    FacetRow{"author", Field::author},
    FacetRow{"tag", Field::tag},
    FacetRow{"language", Field::language},
    FacetRow{"genre", Field::genre},
    FacetRow{"site", Field::site},
    FacetRow{"story", Field::story, true},
    FacetRow{"year", std::nullopt},
};

struct FacetValue {
  std::string value;  // as filters take it: of a source and a story the id
  std::string name;   // of these two; a story's headline, which may be empty
  std::uint64_t count = 0;
};

// The values of one facet, most frequent first, equal ones in alphabetical order of folded values.
struct Facet {
  FacetRow row;
  std::vector<FacetValue> values;
  bool is_sampled = false;  // counts are estimates
};

// Stretches of time from narrow to wide; `automatic` is the narrowest that gives few buckets.
enum class Interval : std::uint8_t { hour, day, week, month, year, automatic };

inline constexpr std::array<std::string_view, 6> kIntervalNames = {
    "hour", "day", "week", "month", "year", "auto"};

constexpr std::string_view name_of(Interval interval) {
  return kIntervalNames[static_cast<std::size_t>(interval)];
}

struct HistogramBucket {
  std::string start;  // a date, or for hours a date-time with the offset that holds there
  std::uint64_t count = 0;
  double share = 0;  // of all visible articles of that stretch
};

struct Histogram {
  Interval interval = Interval::day;  // never automatic
  std::vector<HistogramBucket> buckets;
  bool is_sampled = false;  // counts are estimates
};

}  // namespace broadsheet::server
