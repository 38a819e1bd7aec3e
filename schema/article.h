// What Broadsheet knows of an article: clean on the way in, and as the catalog gives it back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

// Where a summary or a kicker was taken from. Stored in the catalog: append only; never renumber.
enum class SummaryOrigin : std::uint8_t { none = 0, source = 1, sentence = 2 };
enum class KickerOrigin : std::uint8_t {
  none = 0,
  source = 1,
  tag = 2,
  section = 3,
  place = 4,
  name = 5
};

// As they are called in exports and answers; empty for `none`.
[[nodiscard]] std::string_view name_of(SummaryOrigin origin);
[[nodiscard]] std::string_view name_of(KickerOrigin origin);

// Who published. `id` is the lower-cased name with every other run of characters as "-".
struct Source {
  std::string id;
  std::string name;
  bool blocked = false;  // by the operator: none of its articles is shown

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
  std::string body;     // plain text; paragraphs split by blank lines
  std::string summary;  // one sentence
  SummaryOrigin summary_from = SummaryOrigin::none;
  std::optional<Timestamp> published;
  std::optional<Timestamp> updated;
  Source source;
  std::vector<std::string> authors;
  std::string section;
  std::string kicker;
  KickerOrigin kicker_from = KickerOrigin::none;
  std::string genre;
  std::string language;  // ISO 639-1
  // Percent, of a language found out from the text; 0 when it is only the source's usual one. None
  // when it was declared, or is not known.
  std::optional<int> language_confidence;
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
  std::int64_t change_seq = 0;       // grows with every change anywhere in the catalog
  std::int64_t ingested = 0;         // first seen, seconds since 1970 UTC
  int revision = 1;                  // counts the versions of this article
  std::string status_reason;         // why it was taken down, in public words
  bool legal = false;                // taken down for legal reasons: HTTP 451
  bool body_shared = false;          // another article has the same body under another title
  std::string story;                 // public id of its story, be it alone there; empty: in none.
                                     // See schema/story.h
  std::int64_t story_number = 0;     // Story::number; 0: in none, or alone
  std::string story_title;           // Story::title; may be empty
  std::int64_t story_articles = 0;   // Story::size
  std::int64_t duplicate_group = 0;  // ArticleId of the article that founded its group of
                                     // near-duplicates; 0: in none
};

// Whether an article may be shown at `now` (seconds since 1970 UTC): usable, past its embargo, not
// expired, of no blocked source.
[[nodiscard]] inline bool is_visible(const Article& article, std::int64_t now) {
  return article.status == Status::usable && article.embargoed_until.value_or(now) <= now &&
         article.expires.value_or(now + 1) > now && !article.source.blocked;
}

}  // namespace broadsheet
