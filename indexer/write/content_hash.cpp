// Each part is preceded by its length, so that no two articles give the same bytes.
#include "indexer/write/content_hash.h"

#include <array>
#include <charconv>
#include <string_view>

#include "schema/hash.h"

namespace broadsheet::indexer {
namespace {

class Parts {
 public:
  explicit Parts(std::size_t expected) { bytes_.reserve(expected); }

  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    bytes_ += text;
  }

  void add(std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    bytes_.append(digits.data(), end.ptr);
    bytes_ += ':';
  }

  void add(const std::vector<std::string>& list) {
    add(static_cast<std::int64_t>(list.size()));
    for (const std::string& value : list)
      add(value);
  }

  void add(const std::optional<Timestamp>& time) {
    if (!time) return add(std::string_view("-"));
    // To the minute or to the second is the same content: exports write both alike.
    add(time->seconds);
    add(std::int64_t{time->offset_minutes});
    add(std::int64_t{time->precision == Precision::day});
  }

  void add(const std::optional<std::int64_t>& number) {
    if (!number) return add(std::string_view("-"));
    add(*number);
  }

  std::string hash() const { return sha256_hex(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace

std::string content_hash(const Article& article) {
  // What was concluded from the rest is no content of its own, and changes as the rules do.
  static const std::string kNone;
  const bool own_summary = article.summary_from != SummaryOrigin::sentence;
  const bool own_kicker =
      article.kicker_from == KickerOrigin::source || article.kicker_from == KickerOrigin::none;
  const bool own_language = article.language_confidence.value_or(1) > 0;
  Parts parts(article.body.size() + article.extra.size() + 1024);
  for (const std::string* text : {&article.url,
                                  &article.title,
                                  &article.body,
                                  own_summary ? &article.summary : &kNone,
                                  &article.source.id,
                                  &article.section,
                                  own_kicker ? &article.kicker : &kNone,
                                  &article.genre,
                                  own_language ? &article.language : &kNone,
                                  &article.correction,
                                  &article.prompt,
                                  &article.extra}) {
    parts.add(std::string_view(*text));
  }
  parts.add(article.published);
  parts.add(article.updated);
  parts.add(article.authors);
  parts.add(article.tags);
  parts.add(article.access);
  const Image image = article.image.value_or(Image{});
  for (const std::string* text : {&image.url, &image.alt, &image.credit}) {
    parts.add(std::string_view(*text));
  }
  parts.add(std::int64_t{image.width});
  parts.add(std::int64_t{image.height});
  parts.add(static_cast<std::int64_t>(article.status));
  parts.add(article.embargoed_until);
  parts.add(article.expires);
  return parts.hash();
}

}  // namespace broadsheet::indexer
