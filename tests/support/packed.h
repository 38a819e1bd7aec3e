// Packed bytes for tests of what is unpacked.
#pragma once

#include <string>

#include <zlib.h>

namespace broadsheet::tests {

// One of zlib's formats: 16 + MAX_WBITS is gzip, MAX_WBITS has zlib's frame, -MAX_WBITS none.
inline std::string deflated(const std::string& text, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline std::string gzip(const std::string& text) {
  return deflated(text, 16 + MAX_WBITS);
}

}  // namespace broadsheet::tests
