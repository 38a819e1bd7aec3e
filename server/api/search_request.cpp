// Values that need more than a table: times, filters, durations.
#include "server/api/search_request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "server/search/filters.h"
#include "server/search/histogram.h"
#include "server/search/searcher.h"

namespace broadsheet::server {
namespace {

// A word of a request and what it stands for; the first row is the default.
template <typename Value>
struct WordRow {
  std::string_view word;
  Value value;
};

constexpr std::array kMatchModes = {
    WordRow<MatchMode>{"auto", MatchMode::automatic},
    WordRow<MatchMode>{"all", MatchMode::all},
    WordRow<MatchMode>{"any", MatchMode::any},
};

constexpr std::array kSorts = {
    WordRow<Sort>{"relevance", Sort::relevance},
    WordRow<Sort>{"newest", Sort::newest},
    WordRow<Sort>{"oldest", Sort::oldest},
};

constexpr std::array kCollapses = {
    WordRow<Collapse>{"duplicate", Collapse::duplicate},
    WordRow<Collapse>{"story", Collapse::story},
    WordRow<Collapse>{"source", Collapse::source},
    WordRow<Collapse>{"none", Collapse::none},
};

constexpr std::array kDateFields = {
    WordRow<DateField>{"published", DateField::published},
    WordRow<DateField>{"updated", DateField::updated},
    WordRow<DateField>{"ingested", DateField::ingested},
};

constexpr std::array kHighlights = {
    WordRow<Highlight>{"html", Highlight::html},
    WordRow<Highlight>{"offsets", Highlight::offsets},
    WordRow<Highlight>{"none", Highlight::none},
};

constexpr std::array kRelations = {
    WordRow<Relation>{"update", Relation::update},
    WordRow<Relation>{"background", Relation::background},
    WordRow<Relation>{"analysis", Relation::analysis},
    WordRow<Relation>{"same_story", Relation::same_story},
    WordRow<Relation>{"duplicate", Relation::duplicate},
};

template <typename Rows>
auto value_of(const Rows& rows, std::string_view word) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [word](const auto& row) { return row.word == word; });
  return found == rows.end() ? rows.front().value : found->value;
}

// Days of "30d", "12h" or "2w"; at most a thousand years.
std::optional<double> parse_days(std::string_view text) {
  constexpr std::array kUnits = {
      WordRow<double>{"d", 1.0}, WordRow<double>{"h", 1.0 / 24}, WordRow<double>{"w", 7.0}};
  constexpr std::int64_t kMost = 365'000;
  std::int64_t count = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(parsed.ptr,
                              static_cast<std::size_t>(text.data() + text.size() - parsed.ptr));
  const bool known = unit == "d" || unit == "h" || unit == "w";
  if (parsed.ec != std::errc() || !known || count < 1 || count > kMost) return std::nullopt;
  return static_cast<double>(count) * value_of(kUnits, unit);
}

void report(std::string_view param, const Error& error, Faults& faults) {
  faults.bad(param, sentence_of(error.message, param), sentence_of(error.hint));
}

// A page's cursor knows the time of the first page; a bad cursor is the searcher's to refuse.
std::int64_t read_now(const Params& params, std::int64_t clock, Faults& faults) {
  std::string text = params.text("now");
  std::int64_t now = clock;
  // The plus of an offset that a client forgot to escape arrives as a blank.
  if (const std::size_t blank = text.rfind(' '); blank != std::string::npos && blank > 10) {
    text[blank] = '+';
  }
  if (const auto time = parse_timestamp(text)) {
    now = time->seconds;
  } else if (!text.empty()) {
    faults.bad("now",
               "\"" + cited(text) + "\" is no time.",
               "Write it as RFC 3339 has it: 2025-04-18T10:00:00Z.");
  }
  const std::string& cursor = params.text("cursor");
  return cursor.empty() ? now : frozen_now(cursor).value_or(now);
}

int read_number(const Params& params, std::string_view name, int otherwise) {
  return static_cast<int>(params.integer(name).value_or(otherwise));
}

// As the client names the zone; the plus of an offset that it forgot to escape arrives as a blank.
std::string read_zone(const Params& params, Faults& faults) {
  std::string name = params.text("tz");
  if (name.starts_with(' ')) name.front() = '+';
  if (name.empty()) return "UTC";
  if (TimeZone::find(name)) return name;
  faults.bad("tz", "\"" + cited(name) + "\" is no time zone.", "Such as Europe/Berlin or +09:00.");
  return "UTC";
}

// Each bound is read by itself first, so that the fault names the one that is wrong.
TimeWindow read_window(const Params& params,
                       std::int64_t now,
                       const TimeZone& zone,
                       Faults& faults) {
  const std::string& from = params.text("from");
  const std::string& to = params.text("to");
  const auto from_alone = parse_window(from, "", now, zone);
  const auto to_alone = parse_window("", to, now, zone);
  if (!from_alone) report("from", from_alone.error(), faults);
  if (!to_alone) report("to", to_alone.error(), faults);
  if (!from_alone || !to_alone) return {};
  const auto window = parse_window(from, to, now, zone);
  if (window) return *window;
  // Each bound by itself is right, so this is all that can be wrong with the two.
  faults.bad("from", "from lies after to.", "Exchange the two, or leave one out.");
  return {};
}

void read_times(const Params& params, SearchRequest& request, Faults& faults) {
  request.tz = read_zone(params, faults);
  // Judged just now.
  const TimeZone zone = TimeZone::find(request.tz).value();
  request.window = read_window(params, request.now, zone, faults);
  request.dates = {value_of(kDateFields, params.text("date_field")),
                   day_window(request.window, zone)};
}

void read_counts(const Params& params, SearchRequest& request) {
  const std::vector<std::string> names = params.values("facets");
  for (const FacetRow& row : kFacets) {
    // In the order of the table, each once.
    if (std::find(names.begin(), names.end(), row.name) != names.end())
      request.facets.push_back(row);
  }
  request.facet_limit = read_number(params, "facet_limit", request.facet_limit);
  const std::string& interval = params.text("histogram");
  const auto* const name = std::find(kIntervalNames.begin(), kIntervalNames.end(), interval);
  if (name != kIntervalNames.end())
    request.histogram = static_cast<Interval>(name - kIntervalNames.begin());
}

void read_recency(const Params& params, SearchRequest& request, Faults& faults) {
  const std::string& preset = params.text("recency");
  const std::string& half_life = params.text("half_life");
  if (!preset.empty() && !half_life.empty()) {
    return faults.bad("half_life", "recency and half_life exclude each other.", "Leave out one.");
  }
  const auto recency = parse_recency(preset, half_life, request.now);
  if (!recency) return report(half_life.empty() ? "recency" : "half_life", recency.error(), faults);
  request.recency = *recency;
  if (!half_life.empty()) {
    request.recency_preset = "custom";
  } else if (!preset.empty()) {
    request.recency_preset = preset;
  }
}

void read_filters(const Params& params, std::vector<Filter>& filters) {
  const auto keep = [&filters](std::vector<Filter> more) {
    filters.insert(filters.end(), more.begin(), more.end());
  };
  for (const FilterRow& row : kFilters) {
    const ListValue* list = params.list(row.parameter);
    if (list == nullptr) continue;
    keep(parse_filter_values(row.field, list->with_commas));
    for (const auto& values : list->apart)
      keep(filters_of(row.field, values));
  }
}

}  // namespace

SearchQuery read_search(const Params& params,
                        std::int64_t clock,
                        std::chrono::steady_clock::time_point accepted_at,
                        Faults& faults) {
  SearchQuery query;
  SearchRequest& request = query.request;
  request.query = params.text("q");
  request.match = value_of(kMatchModes, params.text("match"));
  request.strict = params.flag("strict");
  request.clock = clock;
  request.now = read_now(params, clock, faults);
  read_filters(params, request.filters);
  read_times(params, request, faults);
  read_counts(params, request);
  request.sort = value_of(kSorts, params.text("sort"));
  // A list in time order has no weights that would push weak matches down.
  if (request.sort != Sort::relevance && params.text("match").empty()) {
    request.match = MatchMode::all;
  }
  read_recency(params, request, faults);
  request.collapse = value_of(kCollapses, params.text("collapse"));
  request.limit = read_number(params, "limit", request.limit);
  request.cursor = params.text("cursor");
  request.highlight = value_of(kHighlights, params.text("highlight"));
  request.snippet_chars = read_number(params, "snippet_chars", request.snippet_chars);
  request.related = read_number(params, "related", request.related);
  request.deadline =
      accepted_at +
      std::chrono::milliseconds(params.integer("timeout_ms").value_or(kDefaultTimeout.count()));
  const std::vector<std::string> fields = params.values("fields");
  const auto is_wanted = [&fields](std::string_view member) {
    return fields.empty() || std::find(fields.begin(), fields.end(), member) != fields.end();
  };
  request.explain = params.flag("explain");
  request.wants_snippets = is_wanted("snippet");
  request.wants_title_html = is_wanted("title_html");
  if (!is_wanted("related")) request.related = 0;
  query.members = hit_members(fields);
  return query;
}

RelatedRequest read_related(const Params& params, std::int64_t clock, Faults& faults) {
  RelatedRequest request;
  request.limit = read_number(params, "limit", request.limit);
  for (const std::string& word : params.values("relation")) {
    request.relations.push_back(value_of(kRelations, word));
  }
  if (const std::string& age = params.text("max_age"); !age.empty()) {
    request.max_age_days = parse_days(age);
    if (!request.max_age_days) {
      faults.bad(
          "max_age", "\"" + cited(age) + "\" is no length of time.", "Such as 30d, 12h or 2w.");
    }
  }
  request.exclude = params.values("exclude");
  request.collapse = value_of(kCollapses, params.text("collapse"));
  request.now = clock;
  request.clock = clock;
  return request;
}

ReadNextRequest read_next_request(const Params& params, std::int64_t clock) {
  ReadNextRequest request;
  request.limit = read_number(params, "limit", request.limit);
  request.exclude = params.values("exclude");
  request.now = clock;
  request.clock = clock;
  return request;
}

}  // namespace broadsheet::server
