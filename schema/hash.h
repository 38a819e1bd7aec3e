// Hashes that are stored: SHA-256 for identity and content, a 64-bit mix for words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet {

// SHA-256 (FIPS 180-4) as 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

// FNV-1a, 64 bit (draft-eastlake-fnv). Stored in slots and term vectors: never change it.
[[nodiscard]] constexpr std::uint64_t fnv1a_64(std::string_view bytes,
                                               std::uint64_t seed = 0xcbf29ce484222325ULL) {
  std::uint64_t hash = seed;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace broadsheet
