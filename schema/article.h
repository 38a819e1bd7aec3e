// What Broadsheet knows of an article: clean on the way in, and as the catalog gives it back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/doc_id.h"
#include "schema/time.h"

namespace broadsheet {

// Whether an article may be shown; of one that was erased only its names are left. Stored in the
// catalog: append only; never renumber.
enum class Status : std::uint8_t {
  usable = 0,
  withheld = 1,
  withdrawn = 2,
  killed = 3,
  erased = 4
};

// Who published. `id` is the lower-cased name with every other run of characters as "-".
struct Source {
  std::string id;
  std::string name;

  friend bool operator==(const Source&, const Source&) = default;
};

struct Image {
  std::string url;
  std::string alt;
  std::string credit;
  int width = 0;   // pixels; 0 when unknown
  int height = 0;  // pixels; 0 when unknown

  friend bool operator==(const Image&, const Image&) = default;
};

// A clean article: valid UTF-8, checked dates, canonical ids. An empty string means "not known".
struct Article {
  std::string id;  // [A-Za-z0-9._~-]{1,128}
  std::string url;
  std::string title;
  std::string body;  // plain text; paragraphs split by blank lines
  std::string summary;
  std::optional<Timestamp> published;
  std::optional<Timestamp> updated;
  Source source;
  std::vector<std::string> authors;
  std::string section;
  std::string kicker;
  std::string genre;
  std::string language;  // ISO 639-1
  std::vector<std::string> tags;
  std::optional<Image> image;
  Status status = Status::usable;
  std::optional<std::int64_t> embargoed_until;  // seconds since 1970 UTC
  std::optional<std::int64_t> expires;          // seconds since 1970 UTC
  std::string correction;
  std::vector<std::string> access = {"public"};
  std::string prompt;
  std::string extra;  // a JSON object as text, or empty

  friend bool operator==(const Article&, const Article&) = default;
};

// An article as the catalog keeps it.
struct StoredArticle {
  Article article;
  ArticleId article_id = 0;
  DocId doc_id = 0;
  std::int64_t change_seq = 0;  // grows with every change anywhere in the catalog
  std::int64_t ingested = 0;    // first seen, seconds since 1970 UTC
  int revision = 1;             // counts the versions of this article
  std::string status_reason;    // why it was taken down, in public words
  bool legal = false;           // taken down for legal reasons: HTTP 451
};

// Whether an article may be shown at `now` (seconds since 1970 UTC): usable, past its embargo, not
// expired.
[[nodiscard]] inline bool is_visible(const Article& article, std::int64_t now) {
  return article.status == Status::usable && article.embargoed_until.value_or(now) <= now &&
         article.expires.value_or(now + 1) > now;
}

}  // namespace broadsheet
