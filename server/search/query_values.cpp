// Lists of values, read and written.
#include "server/search/query_values.h"

#include <algorithm>

#include "schema/text.h"
#include "server/search/query_lexer.h"

namespace broadsheet::server {
namespace {

void add_value(std::vector<std::string>& values, std::string_view typed) {
  std::string value = fold(typed);
  if (value.empty() || std::find(values.begin(), values.end(), value) != values.end()) return;
  values.push_back(std::move(value));
}

// Whether a value can stand by itself: nothing in it ends a run.
bool is_plain(std::string_view value) {
  return value.front() != '-' && value.front() != '+' &&
         std::all_of(value.begin(), value.end(), [](char c) {
           const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           const bool is_sign = std::string_view("-._~:/&@'").find(c) != std::string_view::npos;
           return is_letter || is_sign || (c >= '0' && c <= '9') || (c & '\x80') != 0;
         });
}

// A mark may close what another of its family opens, so the mark is chosen by what the value holds.
std::string quoted_value(std::string_view value) {
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (!is_quote_at(value, at)) continue;
    const std::string_view rest = value.substr(at);
    const bool is_guillemet = rest.starts_with("\u00AB") || rest.starts_with("\u00BB");
    if (!is_guillemet) return "\u00AB" + std::string(value) + "\u00BB";
  }
  return '"' + std::string(value) + '"';
}

bool needs_quotes(std::string_view value) {
  if (!is_plain(value)) return true;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (ends_a_run(value, at)) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> label_values(std::string_view list) {
  std::vector<std::string> values;
  std::size_t at = 0;
  while (at < list.size()) {
    if (is_quote_at(list, at)) {
      const QuotedRange range = quoted_at(list, at);
      add_value(values, list.substr(range.inner_begin, range.inner_end - range.inner_begin));
      at = range.end;
      continue;
    }
    std::size_t end = at;
    while (end < list.size() && list[end] != ',' && !is_quote_at(list, end))
      ++end;
    add_value(values, list.substr(at, end - at));
    at = end + (end < list.size() && list[end] == ',' ? 1 : 0);
  }
  return values;
}

std::string asked_term(Field field, std::string_view value) {
  if (field != Field::site) return label_term(field, value);
  const std::string site =
      site_of(value.find("://") == std::string_view::npos ? "https://" + std::string(value)
                                                          : std::string(value));
  return label_term(field, site.empty() ? value : site);
}

std::string label_list(const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) {
    if (!list.empty()) list += ',';
    list += needs_quotes(value) ? quoted_value(value) : value;
  }
  return list;
}

}  // namespace broadsheet::server
