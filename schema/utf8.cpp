// ICU's macros know the table of well-formed sequences; runs of ASCII are passed eight bytes at a
// time.
#include "schema/utf8.h"

#include <cstdint>
#include <cstring>

#include <unicode/utf8.h>

namespace broadsheet {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Sequence {
  std::size_t size = 1;  // bytes that belong together
  bool is_well_formed = false;
};

// The macro computes with bytes as numbers.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"

// NOLINTNEXTLINE(readability-function-size): the branches are the macro's
Sequence sequence_at(std::string_view text, std::size_t at) {
  const std::string_view ahead = text.substr(at, U8_MAX_LENGTH);
  const auto end = static_cast<std::int32_t>(ahead.size());
  std::int32_t next = 0;
  UChar32 character = 0;
  U8_NEXT(ahead.data(), next, end, character);
  return {static_cast<std::size_t>(next), character >= 0};
}

#pragma GCC diagnostic pop

std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + at, 8);
    if ((eight & kHighBits) != 0) break;
  }
  while (at < bytes.size() && U8_IS_SINGLE(bytes[at]))
    ++at;
  return at;
}

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
  const Sequence sequence = sequence_at(text, at);
  return sequence.is_well_formed ? sequence.size : 0;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    const Sequence sequence = sequence_at(bytes, at);
    if (!sequence.is_well_formed) return false;
    at += sequence.size;
  }
  return true;
}

std::string repair_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 16);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t end = skip_ascii(bytes, at);
    out.append(bytes.substr(at, end - at));
    if (end == bytes.size()) break;
    const Sequence sequence = sequence_at(bytes, end);
    out.append(sequence.is_well_formed ? bytes.substr(end, sequence.size) : kReplacement);
    at = end + sequence.size;
  }
  return out;
}

}  // namespace broadsheet
