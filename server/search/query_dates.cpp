// Dates: the words of parse_window(), and years and months as people shorten them.
#include "server/search/query_dates.h"

#include <algorithm>
#include <utility>

#include "schema/time.h"
#include "server/search/filters.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kBetween = "..";

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The first day of a year or a month, or of the one after it; empty when it is neither.
std::string first_day(std::string_view text, int after) {
  const bool is_year = text.size() == 4 && is_number(text);
  const bool is_month = text.size() == 7 && text[4] == '-' && is_number(text.substr(0, 4)) &&
                        is_number(text.substr(5));
  if (!is_year && !is_month) return {};
  int year = std::stoi(std::string(text.substr(0, 4)));
  int month = is_month ? std::stoi(std::string(text.substr(5))) : 1;
  if (month < 1 || month > 12 || year < 1) return {};
  month += is_month ? after : 0;
  year += (is_year ? after : 0) + (month > 12 ? 1 : 0);
  month = month > 12 ? 1 : month;
  if (year > 9999) return {};
  const std::string years = std::to_string(year);
  const std::string months = std::to_string(month);
  return std::string(4 - years.size(), '0') + years + (months.size() == 1 ? "-0" : "-") + months +
         "-01";
}

bool is_span(std::string_view text) {
  return text.size() > 1 && is_number(text.substr(0, text.size() - 1)) &&
         std::string_view("hdw").find(text.back()) != std::string_view::npos;
}

class DateReader {
 public:
  DateReader(std::int64_t now, const std::string& zone)
      : now_(now), zone_(TimeZone::find(zone).value_or(*TimeZone::find("UTC"))) {}

  // Where a day begins and where the one after it does; a span of time has no end.
  [[nodiscard]] std::optional<TimeWindow> day(std::string_view text) const {
    const std::string first = first_day(text, 0);
    if (!first.empty()) return bounds(first, first_day(text, 1), Side::excluded);
    return is_span(text) ? bounds(text, {}, Side::included) : bounds(text, text, Side::included);
  }

  [[nodiscard]] std::optional<TimeWindow> days(std::string_view text) const {
    const std::size_t gap = text.find(kBetween);
    if (gap == std::string_view::npos) return day(text);
    const std::string_view first = text.substr(0, gap);
    const std::string_view last = text.substr(gap + kBetween.size());
    if (first.empty() && last.empty()) return std::nullopt;
    auto begin = first.empty() ? TimeWindow{} : day(first);
    auto end = last.empty() ? TimeWindow{} : day(last);
    if (!begin || !end) return std::nullopt;
    if (!first.empty() && !last.empty() && *begin->from > *end->from) std::swap(begin, end);
    // Of a span of time, what it goes back to is meant.
    const std::optional<std::int64_t> to = end->to ? end->to : end->from;
    return TimeWindow{begin->from, last.empty() ? std::nullopt : to};
  }

 private:
  enum class Side { included, excluded };

  [[nodiscard]] std::optional<TimeWindow> bounds(std::string_view from,
                                                 std::string_view to,
                                                 Side last) const {
    const auto begin = parse_window(from, {}, now_, zone_);
    if (!begin || !begin->from) return std::nullopt;
    if (to.empty()) return TimeWindow{begin->from, std::nullopt};
    const auto end = last == Side::included ? parse_window({}, to, now_, zone_)
                                            : parse_window(to, {}, now_, zone_);
    if (!end) return std::nullopt;
    return TimeWindow{begin->from, last == Side::included ? end->to : end->from};
  }

  std::int64_t now_;
  TimeZone zone_;
};

std::string_view unquoted(std::string_view value) {
  if (value.empty() || !is_quote_at(value, 0)) return value;
  const QuotedRange range = quoted_at(value, 0);
  return value.substr(range.inner_begin, range.inner_end - range.inner_begin);
}

}  // namespace

std::optional<TimeWindow> date_window(DateName name,
                                      std::string_view value,
                                      std::int64_t now,
                                      const std::string& zone) {
  const DateReader reader(now, zone);
  std::string text(unquoted(value));
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z' && text.size() < 10) c = static_cast<char>(c - 'A' + 'a');
  }
  const bool is_range = name == DateName::date || name == DateName::when;
  const auto days = is_range ? reader.days(text) : reader.day(text);
  if (!days || is_range) return days;
  if (name == DateName::after) return TimeWindow{days->from, std::nullopt};
  return TimeWindow{std::nullopt, days->from};
}

TimeWindow intersection(const TimeWindow& a, const TimeWindow& b) {
  TimeWindow both = a;
  if (b.from) both.from = std::max(*b.from, a.from.value_or(*b.from));
  if (b.to) both.to = std::min(*b.to, a.to.value_or(*b.to));
  if (both.from && both.to) both.to = std::max(*both.from, *both.to);
  return both;
}

}  // namespace broadsheet::server
