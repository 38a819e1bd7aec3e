// Little-endian numbers in blobs of the catalog.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::indexer {

inline void append_u32(std::string& bytes, std::uint32_t number) {
  char four[4];
  for (int i = 0; i < 4; ++i)
    four[i] = static_cast<char>((number >> (8 * i)) & 0xffU);
  bytes.append(four, sizeof four);
}

// The number at `offset`; the caller has made sure that four bytes are there.
[[nodiscard]] inline std::uint32_t read_u32(std::string_view bytes, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number |= std::uint32_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
  return number;
}

}  // namespace broadsheet::indexer
