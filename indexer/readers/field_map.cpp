// Reads the text of --map. The first table lists the fields that it may name.
#include "indexer/readers/field_map.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "indexer/readers/ascii.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array<std::string_view, 29> kTargets = {
    "id",           "url",         "title",        "body",      "body_html",
    "summary",      "published",   "updated",      "source",    "source.id",
    "source.name",  "author",      "section",      "kicker",    "genre",
    "language",     "tags",        "image",        "image.url", "image.alt",
    "image.credit", "image.width", "image.height", "status",    "embargoed_until",
    "expires",      "correction",  "access",       "prompt"};

std::string known_targets() {
  std::string list;
  for (const std::string_view target : kTargets)
    list.append(list.empty() ? "" : ", ").append(target);
  return list;
}

// How many letters must be put in, taken out or replaced to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

// Of a word that other writers use for a field: that field; else the one spelt most like it.
std::string_view nearest_target(std::string_view name) {
  if (const KnownName known = known_name(name); !known.target.empty()) return known.target;
  const std::string lower = lower_case(name.substr(0, 64));
  return *std::min_element(
      kTargets.begin(), kTargets.end(), [&](std::string_view a, std::string_view b) {
        return distance(lower, a) < distance(lower, b);
      });
}

tl::unexpected<Error> refuse(std::string message, std::string hint) {
  return fail(ErrorCode::invalid_argument, "the map " + std::move(message), std::move(hint));
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

Result<FieldRule> parse_rule(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string target(trimmed(text.substr(0, equals)));
  if (equals == std::string_view::npos || target.empty()) {
    return refuse("has \"" + std::string(text) + "\", which is no FIELD=NAME",
                  "write it as title=headline,body=text");
  }
  if (std::find(kTargets.begin(), kTargets.end(), target) == kTargets.end()) {
    return refuse("names a field that is not there: " + target + "; the nearest is " +
                      std::string(nearest_target(target)),
                  "fields are " + known_targets());
  }
  const std::string_view sources = text.substr(equals + 1);
  const bool joins = sources.find('+') != std::string_view::npos;
  FieldRule rule{target, {}, joins ? SourceUse::joined : SourceUse::first_present};
  if (joins && sources.find('|') != std::string_view::npos)
    return refuse("mixes + and | for " + target, "use one of them for a field");
  for (const std::string_view source : split(sources, joins ? '+' : '|')) {
    if (source.empty())
      return refuse("gives no name for " + target, "write it as " + target + "=NAME");
    rule.sources.emplace_back(source);
  }
  return rule;
}

// Whether two fields are the same, or one is a part of the other.
bool overlap(std::string_view a, std::string_view b) {
  return a == b || a.starts_with(std::string(b) + ".") || b.starts_with(std::string(a) + ".");
}

// A rule of the map that says something of the same field, or null.
const FieldRule* rival_of(const FieldRule& rule, const FieldMap& map) {
  const auto found = std::find_if(map.rules.begin(), map.rules.end(), [&](const FieldRule& other) {
    return overlap(other.target, rule.target);
  });
  return found == map.rules.end() ? nullptr : &*found;
}

}  // namespace

Result<FieldMap> parse_field_map(std::string_view text) {
  FieldMap map;
  for (const std::string_view part : split(text, ',')) {
    auto rule = parse_rule(part);
    if (!rule) return pass_on(rule.error());
    if (const FieldRule* rival = rival_of(*rule, map)) {
      return refuse("has both " + rival->target + " and " + rule->target,
                    "write " + rule->target + "=a|b for the first present, a+b for all");
    }
    map.rules.push_back(*std::move(rule));
  }
  return map;
}

Tells told_by(std::string_view name, const FieldMap* map) {
  std::string_view target;
  if (map == nullptr) {
    target = known_name(name).target;
  } else {
    for (const FieldRule& rule : map->rules) {
      const auto& sources = rule.sources;
      const bool is_source = std::find(sources.begin(), sources.end(), name) != sources.end();
      const bool tells = rule.target == "title" || rule.target.starts_with("body");
      if (is_source && tells) target = rule.target;
    }
  }
  if (target == "title") return Tells::title;
  return target == "body" || target == "body_html" ? Tells::body : Tells::nothing;
}

}  // namespace broadsheet::indexer
