// Query strings by table, and what GET and POST share in judging one value.
#include "server/api/params.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "server/http/ascii.h"
#include "server/search/filters.h"

namespace broadsheet::server {
namespace {

// A name longer than this is noise; the edit distance costs its length squared.
constexpr std::size_t kMostNameBytes = 32;

// Labels of a whole newsroom fit; a query of 100,000 restrictions does not.
constexpr std::size_t kMostListValues = 1000;

// Edits that turn one name into the other: a letter more, less, another, or two neighbours swapped
// (optimal string alignment), three rows of the matrix at a time. Both at most kMostNameBytes long.
std::size_t edit_distance(std::string_view left, std::string_view right) {
  using Row = std::array<std::size_t, kMostNameBytes + 1>;
  std::array<Row, 3> rows{};
  for (std::size_t j = 0; j <= right.size(); ++j)
    rows[0][j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    const Row& before = rows[(i - 1) % 3];
    Row& row = rows[i % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t other = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({before[j - 1] + other, row[j - 1] + 1, before[j] + 1});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
    }
  }
  return rows[left.size() % 3][right.size()];
}

std::string spoken_list(std::string_view choices) {
  std::string spoken;
  for (const std::string_view choice : split_choices(choices)) {
    if (!spoken.empty()) spoken += ", ";
    spoken += choice;
  }
  return spoken;
}

bool is_choice(std::string_view choices, std::string_view value) {
  const auto parts = split_choices(choices);
  return std::find(parts.begin(), parts.end(), value) != parts.end();
}

// Says what is wrong with a value that must be one of a few; true when nothing is.
bool check_choice(const ParamRow& row, std::string_view value, Faults& faults) {
  if (is_choice(row.choices, value)) return true;
  faults.bad(row.name,
             "\"" + cited(value) + "\" is no value of " + std::string(row.name) + ".",
             "One of: " + spoken_list(row.choices) + ".");
  return false;
}

void read_flag(const ParamRow& row, std::string_view value, ReadParams& read) {
  if (value == "true" || value == "1") {
    read.params.entry(row.name).number = 1;
  } else if (value == "false" || value == "0") {
    read.params.entry(row.name).number = 0;
  } else {
    report_type(row, read.faults);
  }
}

// How many values a list has at most, counted without splitting it.
std::size_t most_values(const ListValue& list) {
  std::size_t count = list.with_commas.size();
  for (const std::string& text : list.with_commas)
    count += static_cast<std::size_t>(std::count(text.begin(), text.end(), ','));
  for (const auto& part : list.apart)
    count += part.size();
  return count;
}

// Reports values of a list that are not among the row's choices.
void check_list_choices(const ParamRow& row, ReadParams& read) {
  if (row.choices.empty()) return;
  for (const std::string& value : read.params.values(row.name)) {
    check_choice(row, value, read.faults);
  }
}

}  // namespace

std::vector<std::string_view> split_choices(std::string_view choices) {
  std::vector<std::string_view> parts;
  while (!choices.empty()) {
    const std::size_t bar = std::min(choices.find('|'), choices.size());
    parts.push_back(choices.substr(0, bar));
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return parts;
}

const ParamRow* find_row(ParamTable table, std::string_view name) {
  const auto found = std::find_if(
      table.begin(), table.end(), [name](const ParamRow& row) { return row.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::string_view nearest_name(ParamTable table, std::string_view name) {
  const std::string_view wanted = name.substr(0, kMostNameBytes);
  std::string_view nearest;
  std::size_t least = kMostNameBytes + 1;
  for (const ParamRow& row : table) {
    const std::size_t distance = edit_distance(wanted, row.name.substr(0, kMostNameBytes));
    if (distance < least) {
      least = distance;
      nearest = row.name;
    }
  }
  return nearest;
}

void report_type(const ParamRow& row, Faults& faults) {
  const std::string name(row.name);
  switch (row.type) {
    case ParamType::integer:
      return faults.bad(row.name,
                        name + " is a whole number from " + std::to_string(row.least) + " to " +
                            std::to_string(row.most) + ".");
    case ParamType::flag:
      return faults.bad(row.name, name + " is true or false.");
    case ParamType::list:
      return faults.bad(row.name, name + " is a list of texts.");
    default:
      return faults.bad(row.name, name + " is a text.");
  }
}

void read_integer_value(const ParamRow& row, std::int64_t value, ReadParams& read) {
  if (value < row.least || value > row.most) return report_type(row, read.faults);
  read.params.entry(row.name).number = value;
}

void read_text_value(const ParamRow& row, std::string_view value, ReadParams& read) {
  if (trimmed(value).empty()) return;
  std::int64_t number = 0;
  switch (row.type) {
    case ParamType::flag:
      return read_flag(row, value, read);
    case ParamType::list:
      read.params.entry(row.name).list.with_commas.emplace_back(value);
      return;
    case ParamType::integer: {
      const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
      const bool whole = parsed.ec == std::errc() && parsed.ptr == value.data() + value.size();
      return whole ? read_integer_value(row, number, read) : report_type(row, read.faults);
    }
    case ParamType::choice:
      if (!check_choice(row, value, read.faults)) return;
      break;
    case ParamType::text:
      break;
  }
  read.params.entry(row.name).text = value;
}

void check_lists(ParamTable table, ReadParams& read) {
  std::size_t count = 0;
  for (const ParamRow& row : table) {
    const ListValue* list = read.params.list(row.name);
    if (row.type != ParamType::list || list == nullptr) continue;
    count += most_values(*list);
    if (count > kMostListValues) {
      return read.faults.bad(row.name,
                             "The lists of this request have more than " +
                                 std::to_string(kMostListValues) + " values in all.",
                             "Ask in several requests.");
    }
    check_list_choices(row, read);
  }
}

ReadParams read_query_params(ParamTable table, const Request& request) {
  ReadParams read;
  std::vector<std::string_view> seen;
  for (const NameValue& param : request.params) {
    if (read.faults.full()) break;
    const ParamRow* row = find_row(table, param.name);
    if (row == nullptr) {
      read.faults.unknown(param.name, nearest_name(table, param.name));
      continue;
    }
    const bool again = std::find(seen.begin(), seen.end(), row->name) != seen.end();
    if (again && row->type != ParamType::list) {
      read.faults.bad(row->name, std::string(row->name) + " is given more than once.");
      continue;
    }
    seen.push_back(row->name);
    read_text_value(*row, param.value, read);
  }
  check_lists(table, read);
  return read;
}

const Params::Entry* Params::find(std::string_view name) const {
  const auto found = std::find_if(
      entries_.begin(), entries_.end(), [name](const Entry& entry) { return entry.name == name; });
  return found == entries_.end() ? nullptr : &*found;
}

Params::Entry& Params::entry(std::string_view name) {
  const auto found = std::find_if(
      entries_.begin(), entries_.end(), [name](const Entry& entry) { return entry.name == name; });
  if (found != entries_.end()) return *found;
  entries_.push_back(Entry{name, {}, 0, {}});
  return entries_.back();
}

const std::string& Params::text(std::string_view name) const {
  static const std::string kNone;
  const Entry* found = find(name);
  return found == nullptr ? kNone : found->text;
}

std::optional<std::int64_t> Params::integer(std::string_view name) const {
  const Entry* found = find(name);
  return found == nullptr ? std::nullopt : std::optional(found->number);
}

bool Params::flag(std::string_view name) const {
  return integer(name).value_or(0) != 0;
}

const ListValue* Params::list(std::string_view name) const {
  const Entry* found = find(name);
  return found == nullptr ? nullptr : &found->list;
}

std::vector<std::string> Params::values(std::string_view name) const {
  std::vector<std::string> all;
  const ListValue* found = list(name);
  if (found == nullptr) return all;
  const auto keep = [&all](const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      if (const std::string_view kept = trimmed(value); !kept.empty()) all.emplace_back(kept);
    }
  };
  for (const std::string& text : found->with_commas)
    keep(split_list(text));
  for (const auto& part : found->apart)
    keep(part);
  return all;
}

}  // namespace broadsheet::server
