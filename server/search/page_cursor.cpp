// A cursor is numbers joined by blanks, the number of the format first, in Base64 so that nobody
// edits it by hand.
#include "server/search/page_cursor.h"

#include <charconv>
#include <string_view>

#include "schema/hash.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kMaxCursorBytes = 4096;
constexpr int kFormat = 3;

std::string to_base64(std::string_view bytes) {
  std::string text;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8U) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6)
      text += kDigits[(buffer >> (bits - 6)) & 63U];
  }
  if (bits > 0) text += kDigits[(buffer << (6 - bits)) & 63U];
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 6U) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((buffer >> bits) & 255U);
  }
  return bytes;
}

// Reads numbers off a text; once one is missing, all that follow are.
class NumberReader {
 public:
  explicit NumberReader(std::string_view text) : text_(text) {}

  template <typename Number>
  Number take() {
    Number number = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), number);
    if (error != std::errc()) failed_ = true;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    if (!text_.empty() && text_.front() == ' ') text_.remove_prefix(1);
    return failed_ ? 0 : number;
  }

  [[nodiscard]] bool at_end() const { return text_.empty(); }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::string_view text_;
  bool failed_ = false;
};

// Whether RFC 3339 can write a time: years of four digits. Anyone may make up a cursor.
bool is_writable(std::int64_t seconds) {
  constexpr std::int64_t kFirst = -62'135'596'800;  // 0001-01-01T00:00:00Z
  constexpr std::int64_t kLast = 253'402'300'799;   // 9999-12-31T23:59:59Z
  return seconds >= kFirst && seconds <= kLast;
}

// Adds to a hash with a separator, so that neighbouring values cannot be confused.
class Fingerprint {
 public:
  void add(std::string_view text) { hash_ = fnv1a_64("\x1f", fnv1a_64(text, hash_)); }

  void add(std::int64_t number) { add(std::to_string(number)); }

  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = fnv1a_64("");
};

}  // namespace

std::string encode_cursor(const PageCursor& cursor) {
  std::string text = std::to_string(kFormat);
  const auto add = [&text](auto number) { text += ' ' + std::to_string(number); };
  add(cursor.fingerprint);
  add(cursor.now);
  add(cursor.position);
  add(cursor.list);
  const bool is_time = cursor.after.has_value();
  const bool is_dated = is_time && cursor.after->published.has_value();
  add(is_time ? (is_dated ? 2 : 1) : 0);
  add(static_cast<int>(cursor.relaxing));
  if (is_time) add(cursor.after->doc_id);
  if (is_dated) add(*cursor.after->published);
  for (const DocId doc : cursor.shown)
    add(doc);
  return to_base64(text);
}

std::optional<PageCursor> decode_cursor(const std::string& text) {
  if (text.size() > kMaxCursorBytes) return std::nullopt;
  const auto bytes = from_base64(text);
  if (!bytes) return std::nullopt;
  NumberReader numbers(*bytes);
  if (numbers.take<int>() != kFormat) return std::nullopt;
  PageCursor cursor;
  cursor.fingerprint = numbers.take<std::uint64_t>();
  cursor.now = numbers.take<std::int64_t>();
  cursor.position = numbers.take<std::uint32_t>();
  cursor.list = numbers.take<std::uint64_t>();
  const int kind = numbers.take<int>();
  const int relaxing = numbers.take<int>();
  if (relaxing < 0 || relaxing > static_cast<int>(Relaxing::words)) return std::nullopt;
  cursor.relaxing = static_cast<Relaxing>(relaxing);
  if (kind != 0) {
    cursor.after = TimePosition{std::nullopt, numbers.take<DocId>()};
    if (kind == 2) cursor.after->published = numbers.take<std::int64_t>();
  }
  while (!numbers.at_end() && !numbers.failed())
    cursor.shown.push_back(numbers.take<DocId>());
  const bool is_sound =
      is_writable(cursor.now) && (kind != 2 || is_writable(cursor.after->published.value_or(0)));
  if (numbers.failed() || !is_sound) return std::nullopt;
  return cursor;
}

std::uint64_t fingerprint_of(const SearchRequest& request) {
  Fingerprint print;
  print.add(request.query);
  print.add(static_cast<int>(request.match));
  print.add(static_cast<int>(request.sort));
  print.add(static_cast<int>(request.collapse));
  print.add(request.window.from.value_or(-1));
  print.add(request.window.to.value_or(-1));
  print.add(static_cast<int>(request.by_first_seen));
  print.add(static_cast<int>(request.dates.field));
  const TimeWindow days = request.dates.days.value_or(request.window);
  print.add(days.from.value_or(-1));
  print.add(days.to.value_or(-1));
  print.add(std::to_string(request.recency.half_life_days));
  for (const Filter& filter : request.filters) {
    print.add(row_of(filter.field).name);
    print.add(static_cast<int>(filter.excluded));
    for (const std::string& value : filter.values)
      print.add(value);
  }
  return print.value();
}

}  // namespace broadsheet::server
