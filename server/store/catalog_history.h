// What the catalog tells of the past: earlier versions of an article, and changes in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/article.h"

namespace broadsheet::server {

// A page of either ends early when it holds this much text, but never before its first row.
inline constexpr std::size_t kMostPageBytes = std::size_t{8} << 20U;

// One version of an article.
struct Revision {
  std::int64_t revision = 0;
  std::int64_t since = 0;             // when it came in, seconds since 1970 UTC
  std::optional<std::int64_t> until;  // when the next one took its place; empty: the current one
  std::string title;
  std::string summary;
  std::string body;
};

struct RevisionPage {
  std::vector<Revision> revisions;          // newest first
  std::optional<std::int64_t> next_before;  // where the next page begins; empty: this is the last
};

struct ChangePage {
  std::string archive;                  // the catalog's uuid: another one means another archive
  std::int64_t latest = 0;              // the last change there is
  std::vector<StoredArticle> articles;  // by change_seq; each once, as it is now, visible or not
  std::int64_t next_since = 0;          // where the next page goes on
};

}  // namespace broadsheet::server
