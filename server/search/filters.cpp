// What the parameters beside the query say.
#include "server/search/filters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_set>
#include <utility>

#include "server/search/query_values.h"

namespace broadsheet::server {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

// A half-life of a century is no decay at all, and a window of millennia no window.
constexpr std::int64_t kMaxSpan = std::int64_t{3'650'000} * kDay;

constexpr std::string_view kAcceptedTimes =
    "accepted: 2025-04-18, 2025-04-18T10:00:00+09:00, 7d, 24h, 2w, today, yesterday";
constexpr std::string_view kAcceptedRecency = "accepted: off, archive, news, breaking";
constexpr std::string_view kAcceptedHalfLives = "accepted: days, hours or weeks, as in 7d, 12h, 2w";

struct PresetRow {
  std::string_view name;
  double half_life_days;
};

constexpr std::array kPresets = {
    PresetRow{"off", 0},
    PresetRow{"archive", 365},
    PresetRow{"news", 7},
    PresetRow{"breaking", 0.5},
};

enum class Side { from, to };

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// Seconds in "7d", "24h", "2w".
std::optional<std::int64_t> span_of(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  std::int64_t unit = 0;
  switch (text.back()) {
    case 'h':
      unit = kHour;
      break;
    case 'd':
      unit = kDay;
      break;
    case 'w':
      unit = 7 * kDay;
      break;
    default:
      return std::nullopt;
  }
  std::int64_t count = 0;
  const char* const end = text.data() + text.size() - 1;
  const auto [stop, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc() || stop != end || count <= 0 || count > kMaxSpan / unit) {
    return std::nullopt;
  }
  return count * unit;
}

std::int64_t start_of_day_after(const CivilDate& date, int days, const TimeZone& zone) {
  return zone.start_of_day(civil_date_of(seconds_of(date) + days * kDay));
}

std::int64_t day_bound(const CivilDate& date, Side side, const TimeZone& zone) {
  return start_of_day_after(date, side == Side::to ? 1 : 0, zone);
}

// Whether a date-time names its zone: Z or an offset after the time.
bool names_zone(std::string_view text) {
  const char last = text.back();
  if (last == 'Z' || last == 'z') return true;
  return text.find_first_of("+-", text.find_first_of("Tt ")) != std::string_view::npos;
}

// A plus sign that a client forgot to escape arrives as a blank.
std::string with_plus_again(std::string_view text) {
  std::string mended(text);
  const std::size_t blank = mended.rfind(' ');
  const bool is_offset = blank != std::string::npos && mended.size() - blank == 6 &&
                         mended.find_first_of("Tt") < blank;
  if (is_offset) mended[blank] = '+';
  return mended;
}

std::optional<std::int64_t> bound_of(std::string_view text,
                                     Side side,
                                     std::int64_t now,
                                     const TimeZone& zone) {
  if (const auto date = parse_date(text)) return day_bound(*date, side, zone);
  if (const auto span = span_of(text)) return now - *span;
  if (text == "today") return day_bound(zone.date_at(now), side, zone);
  if (text == "yesterday") {
    return start_of_day_after(zone.date_at(now), side == Side::to ? 0 : -1, zone);
  }
  const std::string mended = with_plus_again(text);
  const std::optional<Timestamp> time = parse_timestamp(mended);
  if (!time) return std::nullopt;
  std::int64_t seconds = time->seconds;
  if (!names_zone(mended)) seconds -= zone.offset_at(seconds - zone.offset_at(seconds));
  return seconds + (side == Side::to ? 1 : 0);
}

Result<std::optional<std::int64_t>> read_bound(std::string_view text,
                                               Side side,
                                               std::int64_t now,
                                               const TimeZone& zone) {
  text = trimmed(text);
  if (text.empty()) return std::optional<std::int64_t>();
  const std::optional<std::int64_t> bound = bound_of(text, side, now, zone);
  if (bound) return bound;
  const std::string name = side == Side::from ? "from" : "to";
  return fail(ErrorCode::invalid_argument,
              name + ": not a time: " + std::string(text.substr(0, 64)),
              std::string(kAcceptedTimes));
}

}  // namespace

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> values(1);
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (list[at] == '\\' && at + 1 < list.size() && list[at + 1] == ',') {
      values.back() += ',';
      ++at;
    } else if (list[at] == ',') {
      values.emplace_back();
    } else {
      values.back() += list[at];
    }
  }
  return values;
}

QueryNode filter_node(const Filter& filter) {
  QueryNode node;
  node.kind = NodeKind::label;
  node.field = filter.field;
  node.occur = filter.excluded ? Occur::excluded : Occur::required;
  std::unordered_set<std::string> seen;
  for (const std::string& value : filter.values) {
    std::string term = asked_term(filter.field, value);
    if (seen.insert(term).second) node.terms.push_back(std::move(term));
  }
  return node;
}

std::vector<Filter> filters_of(Field field, const std::vector<std::string>& values) {
  Filter included{field, {}, false};
  Filter excluded{field, {}, true};
  for (const std::string& written : values) {
    std::string_view value = trimmed(written);
    const bool is_excluded = value.starts_with('-');
    if (is_excluded || value.starts_with("\\-")) value.remove_prefix(1);
    value = trimmed(value);
    if (!value.empty()) (is_excluded ? excluded : included).values.emplace_back(value);
  }
  std::vector<Filter> filters;
  if (!included.values.empty()) filters.push_back(std::move(included));
  if (!excluded.values.empty()) filters.push_back(std::move(excluded));
  return filters;
}

std::vector<Filter> parse_filter_values(Field field, const std::vector<std::string>& repeated) {
  std::vector<Filter> filters;
  for (const std::string& list : repeated) {
    for (Filter& filter : filters_of(field, split_list(list)))
      filters.push_back(std::move(filter));
  }
  return filters;
}

Result<TimeWindow> parse_window(std::string_view from,
                                std::string_view to,
                                std::int64_t now,
                                const TimeZone& zone) {
  const auto begin = read_bound(from, Side::from, now, zone);
  if (!begin) return pass_on(begin.error());
  const auto end = read_bound(to, Side::to, now, zone);
  if (!end) return pass_on(end.error());
  TimeWindow window{*begin, *end};
  if (window.from && window.to && *window.from >= *window.to) {
    return fail(ErrorCode::invalid_argument, "from: lies after to", std::string(kAcceptedTimes));
  }
  return window;
}

Result<Recency> parse_recency(std::string_view preset,
                              std::string_view half_life,
                              std::int64_t now) {
  Recency recency;
  recency.now = now;
  preset = trimmed(preset);
  const auto* row = std::find_if(kPresets.begin(), kPresets.end(), [&](const PresetRow& known) {
    return known.name == (preset.empty() ? "off" : preset);
  });
  if (row == kPresets.end()) {
    return fail(ErrorCode::invalid_argument,
                "recency: unknown preset: " + std::string(preset.substr(0, 64)),
                std::string(kAcceptedRecency));
  }
  recency.half_life_days = row->half_life_days;
  half_life = trimmed(half_life);
  if (half_life.empty()) return recency;
  const std::optional<std::int64_t> span = span_of(half_life);
  if (!span) {
    return fail(ErrorCode::invalid_argument,
                "half_life: not a span of time: " + std::string(half_life.substr(0, 64)),
                std::string(kAcceptedHalfLives));
  }
  recency.half_life_days = static_cast<double>(*span) / static_cast<double>(kDay);
  return recency;
}

}  // namespace broadsheet::server
