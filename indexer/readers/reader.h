// What every input format gives: articles as their source said them, nothing trusted.
// A format cuts its input into records in order; records are then read in parallel.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/result.h"

namespace broadsheet::indexer {

// How much of an article a record is, as far as its format tells.
enum class Extent {
  text,           // what it says of the article's text is the text; without one it only tells of it
  maybe_excerpt,  // so too, but what looks like the text may be a description or its beginning
  whole           // all there is: what the record lacks, the article has not
};

// An article as its source said it: any bytes may be in any member. An absent optional means that
// the source did not say. Text is valid UTF-8; everything else is for normalize/ to judge.
struct RawArticle {
  std::optional<std::string> id;
  // The feed whose word for its item `id` is: it must not hide that the URL is known, but another
  // item of that feed is another article, even under the same URL. Empty: `id` is the article's
  // own.
  std::string id_of_feed;
  std::optional<std::string> original_id;  // what an exported article was called before ours
  std::optional<std::string> url;
  std::optional<std::string> title;
  std::optional<std::string> body;       // plain text
  std::optional<std::string> body_html;  // used where there is no body
  std::optional<std::string> summary;
  std::optional<std::string> published;
  std::optional<std::string> updated;
  std::optional<std::string> source_id;
  std::optional<std::string> source_name;
  std::optional<std::string> byline;  // authors in one string, to be split
  std::vector<std::string> authors;   // authors one by one
  std::optional<std::string> section;
  std::optional<std::string> kicker;
  std::optional<std::string> genre;
  std::optional<std::string> language;
  std::vector<std::string> tags;
  std::optional<std::string> image_url;
  std::optional<std::string> image_alt;
  std::optional<std::string> image_credit;
  std::optional<std::string> image_width;
  std::optional<std::string> image_height;
  std::optional<std::string> status;
  std::optional<std::string> embargoed_until;
  std::optional<std::string> expires;
  std::optional<std::string> correction;
  std::optional<std::vector<std::string>> access;
  std::optional<std::string> prompt;
  Extent extent = Extent::text;
  // Title, summary, names and labels are HTML, as in feeds: tags and references are to be read.
  bool is_html = false;

  // Of exported articles: what of them was concluded from the rest, and is to be concluded anew.
  std::optional<std::string> summary_from;
  std::optional<std::string> kicker_from;
  std::optional<std::string> language_confidence;  // between 0 and 1

  // Members the format does not know: name and value as JSON text.
  std::vector<std::pair<std::string, std::string>> extra;

  std::string refusal;               // why the record is no article; empty when it is one
  std::vector<std::string> repairs;  // what the reader had to mend, in words
};

// So much of a refused record is kept and shown in the quarantine.
inline constexpr std::size_t kShownOfRefused = std::size_t{64} * 1024;

// One piece of the input, cut out and in most formats not read yet.
struct RawRecord {
  std::string text;
  std::uint64_t number = 0;  // counted from 1 in its file
  std::uint64_t offset = 0;  // of its first byte in the (unpacked) file
  std::string refusal;       // why it could not even be cut out; empty when it could
  // The article itself, where a format must read a whole document to tell its parts.
  std::optional<RawArticle> article;
};

struct FieldMap;  // field_map.h

// What an input's own bytes do not say.
struct ReaderOptions {
  std::string path;          // as the user named it; "-" is standard input
  std::string content_type;  // of the answer it came in (RFC 9110 section 8.3); empty for files
  std::string base_url;      // where relative links start from; empty when unknown
  std::shared_ptr<const FieldMap> map;  // what members and columns mean; may be null
};

// Parts of one kind that a reader passed over.
struct PassedOver {
  std::string what;  // in the plural: "request records"
  std::uint64_t count = 0;
};

// Reads one input in one format.
class ArticleReader {
 public:
  ArticleReader() = default;
  virtual ~ArticleReader() = default;
  ArticleReader(const ArticleReader&) = delete;
  ArticleReader& operator=(const ArticleReader&) = delete;

  // Cuts out the next record; false at the end. Blocks only while no whole record is at hand. An
  // error ends the input: what was cut out before it stays good.
  [[nodiscard]] virtual Result<bool> next(RawRecord& record) = 0;

  // Whether next() can answer without waiting for input: when not, pass on what there is.
  [[nodiscard]] virtual bool has_buffered() const = 0;

  // Parts of the input so far that are no articles and no faults either. On the thread of next().
  [[nodiscard]] virtual std::vector<PassedOver> passed_over() const { return {}; }

  // Reads a record; takes what lies in `record.article`, and leaves its text. Thread-safe for
  // different records, and never throws.
  [[nodiscard]] virtual RawArticle parse(RawRecord& record) const = 0;
};

}  // namespace broadsheet::indexer
