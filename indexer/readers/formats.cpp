// The table, and the choice of a row.
#include "indexer/readers/formats.h"

#include <algorithm>
#include <array>

#include "indexer/readers/csv.h"
#include "indexer/readers/feed.h"
#include "indexer/readers/html.h"
#include "indexer/readers/json.h"
#include "indexer/readers/jsonl.h"
#include "indexer/readers/newsml.h"
#include "indexer/readers/ninjs.h"
#include "indexer/readers/nitf.h"
#include "indexer/readers/sitemap.h"
#include "indexer/readers/warc.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array kFormats = {
    Format{"newsml", looks_like_newsml, "", TakesMap::no, open_newsml},
    Format{"nitf", looks_like_nitf, ".nitf ", TakesMap::no, open_nitf},
    Format{"rss", looks_like_feed, ".rss .atom .rdf ", TakesMap::no, open_feed},
    Format{"sitemap", looks_like_sitemap, "", TakesMap::no, open_sitemap},
    Format{"ninjs", looks_like_ninjs, "", TakesMap::no, open_ninjs},
    Format{"html", looks_like_html, ".html .htm ", TakesMap::no, open_html},
    Format{"warc", looks_like_warc, ".warc ", TakesMap::no, open_warc},
    Format{"json", looks_like_json, ".json ", TakesMap::yes, open_json},
    Format{"jsonl", looks_like_jsonl, ".jsonl .ndjson ", TakesMap::yes, open_jsonl},
    Format{"csv", looks_like_csv, ".csv .tsv ", TakesMap::yes, open_csv},
};

// ".jsonl" of "a/b.jsonl.gz".
std::string_view suffix_of(std::string_view path) {
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (path.ends_with(packed)) path.remove_suffix(packed.size());
  }
  path.remove_prefix(std::min(path.find_last_of('/') + 1, path.size()));
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(dot);
}

bool has_suffix_of(const Format& format, std::string_view path) {
  const std::string suffix = path == "-" ? ".jsonl" : std::string(suffix_of(path));
  return !suffix.empty() && format.suffixes.find(suffix + " ") != std::string_view::npos;
}

bool can_use(const Format& format, const FieldMap* map) {
  return map == nullptr || format.takes_map == TakesMap::yes;
}

// The row for "auto", or the end of the table.
const Format* format_of(std::string_view head, const ReaderOptions& options) {
  const FieldMap* map = options.map.get();
  const auto* by_bytes = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) {
    return can_use(format, map) && format.looks_like(head);
  });
  if (by_bytes != kFormats.end()) return by_bytes;
  return std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) {
    return can_use(format, map) && has_suffix_of(format, options.path);
  });
}

enum class Known { all, with_map };

std::string known_formats(Known which) {
  std::string list;
  for (const Format& format : kFormats) {
    if (which == Known::all || format.takes_map == TakesMap::yes)
      list.append(list.empty() ? "" : ", ").append(format.name);
  }
  return list;
}

}  // namespace

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  names.reserve(kFormats.size());
  for (const Format& format : kFormats)
    names.emplace_back(format.name);
  return names;
}

Result<void> check_takes_map(std::string_view format) {
  for (const Format& row : kFormats) {
    if (row.name != format || row.takes_map == TakesMap::yes) continue;
    return fail(ErrorCode::invalid_argument,
                "a map cannot be used with the format " + std::string(format),
                "it can with " + known_formats(Known::with_map));
  }
  return {};
}

Result<std::unique_ptr<ArticleReader>> open_reader(std::string_view format,
                                                   const ReaderOptions& options,
                                                   std::unique_ptr<ByteSource> source) {
  auto peeked = std::make_unique<PeekedSource>(std::move(source));
  if (format == "auto") {
    auto head = peeked->peek_text();
    if (!head) return pass_on(head.error());
    const Format* row = format_of(*head, options);
    if (row != kFormats.end()) return row->open(std::move(peeked), options);
    return fail(ErrorCode::invalid_argument,
                options.map ? "it is in no format that a map can be used with"
                            : "it is in no format known here",
                "known are " + known_formats(options.map ? Known::with_map : Known::all) +
                    "; name one with --format");
  }
  const auto* row = std::find_if(
      kFormats.begin(), kFormats.end(), [&](const Format& known) { return known.name == format; });
  if (row == kFormats.end()) {
    return fail(ErrorCode::invalid_argument,
                "there is no format " + std::string(format),
                "known are " + known_formats(Known::all));
  }
  if (options.map) {
    if (auto takes = check_takes_map(format); !takes) return pass_on(takes.error());
  }
  return row->open(std::move(peeked), options);
}

}  // namespace broadsheet::indexer
