// The table, and the choice of a row.
#include "indexer/readers/formats.h"

#include <algorithm>
#include <array>

#include "indexer/readers/feed.h"
#include "indexer/readers/html.h"
#include "indexer/readers/jsonl.h"
#include "indexer/readers/newsml.h"
#include "indexer/readers/ninjs.h"
#include "indexer/readers/nitf.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array kFormats = {
    Format{"newsml", looks_like_newsml, "", open_newsml},
    Format{"nitf", looks_like_nitf, ".nitf ", open_nitf},
    Format{"rss", looks_like_feed, ".rss .atom .rdf ", open_feed},
    Format{"ninjs", looks_like_ninjs, "", open_ninjs},
    Format{"html", looks_like_html, ".html .htm ", open_html},
    Format{"jsonl", looks_like_jsonl, ".jsonl .ndjson .json ", open_jsonl},
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

// The row for "auto", or the end of the table.
const Format* format_of(std::string_view head, std::string_view path) {
  const auto* by_bytes = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) {
    return format.looks_like(head);
  });
  if (by_bytes != kFormats.end()) return by_bytes;
  return std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) {
    return has_suffix_of(format, path);
  });
}

std::string known_formats() {
  std::string list;
  for (const Format& format : kFormats)
    list.append(list.empty() ? "" : ", ").append(format.name);
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

Result<std::unique_ptr<ArticleReader>> open_reader(std::string_view format,
                                                   const ReaderOptions& options,
                                                   std::unique_ptr<ByteSource> source) {
  auto peeked = std::make_unique<PeekedSource>(std::move(source));
  if (format == "auto") {
    auto head = peeked->peek_text();
    if (!head) return pass_on(head.error());
    const Format* row = format_of(*head, options.path);
    if (row != kFormats.end()) return row->open(std::move(peeked), options);
    return fail(ErrorCode::invalid_argument,
                "it is in no format known here",
                "known are " + known_formats() + "; name one with --format");
  }
  const auto* row = std::find_if(
      kFormats.begin(), kFormats.end(), [&](const Format& known) { return known.name == format; });
  if (row == kFormats.end()) {
    return fail(ErrorCode::invalid_argument,
                "there is no format " + std::string(format),
                "known are " + known_formats());
  }
  return row->open(std::move(peeked), options);
}

}  // namespace broadsheet::indexer
