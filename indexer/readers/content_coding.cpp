// A row for each coding. Bytes that fail at once were never packed: archives often keep the decoded
// body under the head it came with.
#include "indexer/readers/content_coding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "indexer/readers/ascii.h"

namespace broadsheet::indexer {
namespace {

struct Unpacked {
  std::string bytes;
  bool is_cut = false;
};

// Nothing where the bytes are not packed so at all.
using Decoded = Result<std::optional<Unpacked>>;

constexpr std::size_t kStep = std::size_t{64} * 1024;

tl::unexpected<Error> damaged(std::string_view coding) {
  return fail(ErrorCode::corrupt, "its " + std::string(coding) + " data is damaged");
}

tl::unexpected<Error> too_long(std::size_t most) {
  return fail(ErrorCode::invalid_argument,
              "it unpacks to more than " + std::to_string(most >> 20U) + " MiB");
}

// window: which of zlib's formats.
Decoded inflate_all(std::string_view bytes, std::size_t most, int window, std::string_view coding) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK)
    return fail(ErrorCode::internal, "no memory to unpack");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib reads only
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int result = Z_OK;
  while (result == Z_OK && out.size() <= most) {
    const std::size_t before = out.size();
    out.resize(before + kStep);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = kStep;
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (out.size() > most) return too_long(most);
  // No more output, and no more input: the end has not come.
  const bool is_cut = result == Z_BUF_ERROR;
  if (!is_cut && result != Z_STREAM_END) return damaged(coding);
  return Unpacked{std::move(out), is_cut};
}

Decoded decode_gzip(std::string_view bytes, std::size_t most) {
  if (!bytes.starts_with("\x1F\x8B")) return std::nullopt;
  return inflate_all(bytes, most, 16 + MAX_WBITS, "gzip");
}

// With zlib's frame as the standard says, or bare as many servers send it.
Decoded decode_deflate(std::string_view bytes, std::size_t most) {
  const auto head = bytes.size() < 2 ? 0U
                                     : static_cast<unsigned char>(bytes[0]) * 256U +
                                           static_cast<unsigned char>(bytes[1]);
  const bool has_frame = (head >> 8U & 15U) == 8 && head % 31 == 0;
  if (has_frame) return inflate_all(bytes, most, MAX_WBITS, "deflate");
  auto bare = inflate_all(bytes, most, -MAX_WBITS, "deflate");
  const bool is_whole = bare && !(*bare)->is_cut;
  if (!is_whole && bytes.find('<') < 256) return std::nullopt;  // a page as it is
  return bare;
}

Decoded decode_brotli(std::string_view bytes, std::size_t most) {
  BrotliDecoderState* state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
  if (state == nullptr) return fail(ErrorCode::internal, "no memory to unpack");
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t in_left = bytes.size();
  std::string out;
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  bool has_more = true;  // also when it waits for input that will not come
  while (has_more && out.size() <= most) {
    const std::size_t before = out.size();
    std::size_t room = kStep;
    out.resize(before + kStep);
    auto* next_out = reinterpret_cast<std::uint8_t*>(out.data() + before);
    result = BrotliDecoderDecompressStream(state, &in_left, &next_in, &room, &next_out, nullptr);
    has_more = result != BROTLI_DECODER_RESULT_ERROR && BrotliDecoderHasMoreOutput(state) != 0;
    out.resize(out.size() - room);
  }
  BrotliDecoderDestroyInstance(state);
  if (out.size() > most) return too_long(most);
  if (result == BROTLI_DECODER_RESULT_SUCCESS) return Unpacked{std::move(out)};
  // Brotli has no magic: what looks like a page is one.
  if (bytes.find('<') < 256) return std::nullopt;
  if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return damaged("br");
  return Unpacked{std::move(out), true};
}

Decoded decode_zstd(std::string_view bytes, std::size_t most) {
  if (!bytes.starts_with("\x28\xB5\x2F\xFD")) return std::nullopt;
  ZSTD_DStream* stream = ZSTD_createDStream();
  if (stream == nullptr) return fail(ErrorCode::internal, "no memory to unpack");
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string out;
  std::size_t result = 1;
  bool grows = true;
  while (result != 0 && ZSTD_isError(result) == 0 && grows && out.size() <= most) {
    const std::size_t before = out.size();
    out.resize(before + kStep);
    ZSTD_outBuffer room{out.data() + before, kStep, 0};
    const std::size_t taken = in.pos;
    result = ZSTD_decompressStream(stream, &room, &in);
    out.resize(before + room.pos);
    grows = room.pos > 0 || in.pos > taken;
  }
  ZSTD_freeDStream(stream);
  if (out.size() > most) return too_long(most);
  if (ZSTD_isError(result) != 0) return damaged("zstd");
  return Unpacked{std::move(out), result != 0};
}

struct Coding {
  std::string_view name;
  Decoded (*decode)(std::string_view bytes, std::size_t most);
};

constexpr std::array kCodings = {
    Coding{"gzip", decode_gzip},
    Coding{"x-gzip", decode_gzip},
    Coding{"deflate", decode_deflate},
    Coding{"br", decode_brotli},
    Coding{"zstd", decode_zstd},
};

Decoded decode_one(std::string_view coding, std::string_view bytes, std::size_t most) {
  const auto* row = std::find_if(
      kCodings.begin(), kCodings.end(), [&](const Coding& known) { return known.name == coding; });
  if (row == kCodings.end()) {
    return fail(ErrorCode::invalid_argument,
                "its content coding is not known: " + std::string(coding.substr(0, 40)));
  }
  return row->decode(bytes, most);
}

// Those of "gzip, br", the last applied first.
std::vector<std::string> codings_of(std::string_view value) {
  std::vector<std::string> names;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    const std::string name = lower_case(trimmed(value.substr(0, end)));
    if (!name.empty() && name != "identity") names.insert(names.begin(), name);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return names;
}

}  // namespace

Result<DecodedContent> decode_content(std::string_view codings,
                                      std::string bytes,
                                      std::size_t most) {
  constexpr std::size_t kMostCodings = 4;
  const auto names = codings_of(codings);
  if (names.size() > kMostCodings)
    return fail(ErrorCode::invalid_argument, "it has too many codings");
  DecodedContent content;
  content.bytes = std::move(bytes);
  content.is_named = !names.empty();
  for (const std::string& name : names) {
    auto decoded = decode_one(name, content.bytes, most);
    if (!decoded) return pass_on(decoded.error());
    if (!*decoded) continue;
    content.is_coded = true;
    content.is_cut = content.is_cut || (*decoded)->is_cut;
    content.bytes = std::move((*decoded)->bytes);
  }
  return content;
}

}  // namespace broadsheet::indexer
