// What is sloppy is taken as browsers take it; what is cut short is said.
#include "indexer/readers/http_answer.h"

#include <algorithm>
#include <charconv>

#include "indexer/readers/ascii.h"
#include "indexer/readers/content_coding.h"

namespace broadsheet::indexer {
namespace {

// The next line without its end; takes it away from `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The size that begins a chunk; anything behind it but an extension or blanks makes it none.
std::optional<std::uint64_t> chunk_size(std::string_view line) {
  line = trimmed(line.substr(0, line.find(';')));
  std::uint64_t size = 0;
  const char* end = line.data() + line.size();
  const auto [at, error] = std::from_chars(line.data(), end, size, 16);
  if (line.empty() || error != std::errc() || at != end) return std::nullopt;
  return size;
}

// Nothing where the body is not chunked at all; then it is taken as it is.
Result<std::optional<std::string>> join_chunks(std::string_view body) {
  std::string joined;
  for (bool is_first = true;; is_first = false) {
    const std::string_view line = take_line(body);
    const auto size = chunk_size(line);
    if (!size && is_first) return std::nullopt;
    if (!size || *size > body.size())
      return fail(ErrorCode::corrupt, "its chunks are damaged or cut short");
    if (*size == 0) return joined;
    joined.append(body.substr(0, *size));
    body.remove_prefix(*size);
    if (!trimmed(take_line(body)).empty())
      return fail(ErrorCode::corrupt, "its chunks are damaged or cut short");
  }
}

}  // namespace

std::string_view HeaderFields::value(std::string_view name) const {
  for (const auto& [known, value] : fields) {
    if (known == name) return value;
  }
  return {};
}

HeaderFields parse_fields(std::string_view lines) {
  // More fields than any server sends are left out.
  constexpr std::size_t kMost = 512;
  HeaderFields head;
  while (!lines.empty() && head.fields.size() < kMost) {
    const std::string_view line = take_line(lines);
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (goes_on && !head.fields.empty()) {
      head.fields.back().second.append(" ").append(trimmed(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    head.fields.emplace_back(lower_case(trimmed(line.substr(0, colon))),
                             std::string(trimmed(line.substr(colon + 1))));
  }
  return head;
}

std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t length = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, length);
  if (text.empty() || error != std::errc() || at != end) return std::nullopt;
  return length;
}

std::size_t head_size(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    const std::string_view next = text.substr(at + 1, 2);
    if (next.starts_with('\n')) return at + 2;
    if (next == "\r\n") return at + 3;
  }
  return std::string_view::npos;
}

Result<HttpAnswer> parse_answer(std::string_view bytes) {
  const std::size_t size = std::min(head_size(bytes), bytes.size());
  std::string_view head = bytes.substr(0, size);
  const std::string_view line = take_line(head);
  const std::string_view code = trimmed(line.substr(std::min(line.find(' '), line.size())));
  HttpAnswer answer;
  std::from_chars(code.data(), code.data() + code.size(), answer.status);
  if (!line.starts_with("HTTP/") || answer.status < 100)
    return fail(ErrorCode::invalid_argument, "no HTTP answer in it");
  answer.head = parse_fields(head);
  answer.body = bytes.substr(size);
  return answer;
}

Result<std::string> decode_body(const HttpAnswer& answer, std::size_t most) {
  std::string body(answer.body);
  const bool is_chunked =
      lower_case(answer.head.value("transfer-encoding")).find("chunked") != std::string::npos;
  bool was_chunked = false;
  if (is_chunked) {
    auto joined = join_chunks(answer.body);
    if (!joined) return pass_on(joined.error());
    was_chunked = joined->has_value();
    if (was_chunked) body = **std::move(joined);
  }
  const auto length = parse_length(answer.head.value("content-length"));
  const std::string_view codings = answer.head.value("content-encoding");
  auto decoded = decode_content(codings, std::move(body), most);
  if (!decoded) return pass_on(decoded.error());
  if (decoded->is_cut) return fail(ErrorCode::corrupt, "its packed data is cut short");
  // The length is that of the body as sent: it says nothing of one that is kept decoded.
  const bool is_as_sent = !decoded->is_named || decoded->is_coded;
  if (length && is_as_sent && !was_chunked && *length > answer.body.size()) {
    return fail(ErrorCode::invalid_argument,
                "its page is cut short: " + std::to_string(answer.body.size()) + " of " +
                    std::to_string(*length) + " bytes");
  }
  return std::move(decoded->bytes);
}

}  // namespace broadsheet::indexer
