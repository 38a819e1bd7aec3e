// Well-formed byte sequences as in table 3-7 of the Unicode standard; eight ASCII bytes at a time.
#include "indexer/readers/utf8.h"

#include <cstdint>
#include <cstring>

namespace broadsheet::indexer {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Sequence {
  std::size_t size = 1;  // bytes that belong together
  bool valid = false;
};

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// How many bytes follow a lead byte, and what the first of them may be.
struct Lead {
  std::size_t more = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {1};
  if (byte == 0xE0) return {2, 0xA0};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte < 0xF0) return {2};
  if (byte == 0xF0) return {3, 0x90};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {3};
}

// The sequence that begins at a byte beyond ASCII.
Sequence sequence_at(std::string_view bytes, std::size_t at) {
  const Lead lead = lead_of(byte_at(bytes, at));
  Sequence sequence;
  if (lead.more == 0) return sequence;
  for (; sequence.size <= lead.more; ++sequence.size) {
    if (at + sequence.size >= bytes.size()) return sequence;
    const unsigned char byte = byte_at(bytes, at + sequence.size);
    const bool first = sequence.size == 1;
    if (byte < (first ? lead.low : 0x80) || byte > (first ? lead.high : 0xBF)) return sequence;
  }
  sequence.valid = true;
  return sequence;
}

std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + at, 8);
    if ((eight & kHighBits) != 0) break;
  }
  while (at < bytes.size() && byte_at(bytes, at) < 0x80)
    ++at;
  return at;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    const Sequence sequence = sequence_at(bytes, at);
    if (!sequence.valid) return false;
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
    out.append(sequence.valid ? bytes.substr(end, sequence.size) : kReplacement);
    at = end + sequence.size;
  }
  return out;
}

}  // namespace broadsheet::indexer
