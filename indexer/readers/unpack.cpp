// Unpacking by zlib and zstd, told apart by the first bytes. Both allow several packed pieces one
// after the other, as `cat a.gz b.gz` makes them.
#include <algorithm>

#include <zlib.h>
#include <zstd.h>

#include "indexer/readers/input.h"

namespace broadsheet::indexer {
namespace {

constexpr std::string_view kGzipMagic = "\x1F\x8B";          // RFC 1952 section 2.3.1
constexpr std::string_view kGzipMember = "\x1F\x8B\x08";     // with its one way of packing
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";  // RFC 8878 section 3.1.1
constexpr std::size_t kChunk = std::size_t{128} * 1024;

// So far back a damaged piece is searched for the next one: it may have swallowed its beginning.
constexpr std::size_t kLookBack = std::size_t{1} << 20U;

// And so much in all of one input.
constexpr std::size_t kMostLookedBack = std::size_t{64} << 20U;

// The packed bytes not used yet, read ahead from a source, and the used ones of the piece that is
// being unpacked.
class PackedBytes {
 public:
  explicit PackedBytes(std::unique_ptr<PeekedSource> source) : source_(std::move(source)) {}

  // Makes sure that something is at hand; false at the end.
  Result<bool> fill() {
    if (used_ < buffer_.size()) return true;
    // Cut seldom, so that a long piece is not moved again and again.
    if (used_ - piece_ > 2 * kLookBack) piece_ = used_ - kLookBack;
    buffer_.erase(0, piece_);
    used_ -= piece_;
    piece_ = 0;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kChunk);
    auto got = source_->read(buffer_.data() + before, kChunk);
    buffer_.resize(before + got.value_or(0));
    if (!got) return pass_on(got.error());
    return *got > 0;
  }

  char* data() { return buffer_.data() + used_; }

  std::size_t size() const { return buffer_.size() - used_; }

  void use(std::size_t count) { used_ += count; }

  // A piece begins at data().
  void begin_piece() { piece_ = used_; }

  // Goes to the next `magic` behind the beginning of the piece; false when there is none.
  Result<bool> find_piece(std::string_view magic) {
    std::size_t from = std::min(piece_ + 1, buffer_.size());
    // Pieces made to lie within each other must not be read without end.
    looked_back_ += used_ - std::min(used_, from);
    if (looked_back_ > kMostLookedBack) from = std::max(from, used_);
    while (true) {
      if (const std::size_t found = buffer_.find(magic, from); found != std::string::npos) {
        used_ = piece_ = found;
        return true;
      }
      // It may lie across the end of what is at hand.
      piece_ = std::max(from, buffer_.size() - std::min(buffer_.size(), magic.size() - 1));
      used_ = buffer_.size();
      auto more = fill();
      if (!more || !*more) return more;
      from = 0;
    }
  }

  std::uint64_t consumed() const { return source_->consumed() - size(); }

 private:
  std::unique_ptr<PeekedSource> source_;
  std::string buffer_;
  std::size_t used_ = 0;
  std::size_t piece_ = 0;  // where the piece begins, or the oldest byte kept of it
  std::size_t looked_back_ = 0;
};

class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<PeekedSource> source) : packed_(std::move(source)) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    ready_ = inflateInit2(&stream_, kGzipOnly) == Z_OK;
  }

  ~GzipSource() override { inflateEnd(&stream_); }

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (!ready_) return fail(ErrorCode::internal, "no memory to unpack gzip");
    while (true) {
      // A full buffer last time: zlib may hold more without needing input.
      auto more = output_was_full_ ? Result<bool>(true) : packed_.fill();
      if (!more) return pass_on(more.error());
      if (auto next = begin_member(); !next) return pass_on(next.error());
      auto got = inflate_some(buffer, size);
      if (!got || *got > 0) return got;
      if (!*more) return ended();
    }
  }

  std::uint64_t consumed() const override { return packed_.consumed(); }

  Result<bool> skip_damage() override {
    inflateReset(&stream_);
    between_members_ = true;
    output_was_full_ = false;
    return packed_.find_piece(kGzipMember);
  }

 private:
  // Behind a member: leaves out zero bytes, as tape and some servers pad with, and looks whether
  // the next member begins there.
  Result<void> begin_member() {
    if (!between_members_) return {};
    while (packed_.size() > 0 && *packed_.data() == '\0')
      packed_.use(1);
    packed_.begin_piece();
    if (packed_.size() == 0 || *packed_.data() == kGzipMagic.front()) return {};
    return fail(ErrorCode::corrupt, "bytes that are not gzip follow the gzip data");
  }

  Result<std::size_t> ended() const {
    if (between_members_) return std::size_t{0};
    return fail(ErrorCode::corrupt, "the gzip data ends too early");
  }

  Result<std::size_t> inflate_some(char* buffer, std::size_t size) {
    const std::size_t given = packed_.size();
    stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream_.avail_in = static_cast<uInt>(given);
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(size);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    packed_.use(given - stream_.avail_in);
    output_was_full_ = stream_.avail_out == 0;
    const std::size_t got = size - stream_.avail_out;
    if (result == Z_STREAM_END) {
      between_members_ = true;
      inflateReset(&stream_);
    } else if (result == Z_OK || got > 0) {
      between_members_ = false;
    } else if (result != Z_BUF_ERROR && got == 0) {
      return fail(ErrorCode::corrupt, "the gzip data is damaged");
    }
    return got;
  }

  PackedBytes packed_;
  z_stream stream_{};
  bool ready_ = false;
  bool between_members_ = false;  // nothing of the next one read yet
  bool output_was_full_ = false;
};

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<PeekedSource> source) : packed_(std::move(source)) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    ZSTD_outBuffer out{buffer, size, 0};
    while (out.pos == 0) {
      auto more = packed_.fill();
      if (!more) return pass_on(more.error());
      if (!*more && between_frames_) return std::size_t{0};
      // Without input, what the window still holds is flushed; nothing more means a cut frame.
      ZSTD_inBuffer in{packed_.data(), packed_.size(), 0};
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in);
      packed_.use(in.pos);
      if (ZSTD_isError(result) != 0) {
        return fail(ErrorCode::corrupt,
                    std::string("the zstd data is damaged: ") + ZSTD_getErrorName(result));
      }
      between_frames_ = result == 0;
      if (between_frames_) packed_.begin_piece();
      if (!*more && out.pos == 0) {
        return fail(ErrorCode::corrupt, "the zstd data ends too early");
      }
    }
    return out.pos;
  }

  std::uint64_t consumed() const override { return packed_.consumed(); }

  Result<bool> skip_damage() override {
    ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only);
    between_frames_ = true;
    return packed_.find_piece(kZstdMagic);
  }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };

  PackedBytes packed_;
  std::unique_ptr<ZSTD_DStream, Free> stream_{ZSTD_createDStream()};
  bool between_frames_ = true;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> unpack(std::unique_ptr<PeekedSource> source) {
  auto head = source->peek(kZstdMagic.size());
  if (!head) return pass_on(head.error());
  std::unique_ptr<ByteSource> unpacked;
  if (head->starts_with(kGzipMagic)) {
    unpacked = std::make_unique<GzipSource>(std::move(source));
  } else if (head->starts_with(kZstdMagic)) {
    unpacked = std::make_unique<ZstdSource>(std::move(source));
  } else {
    unpacked = std::move(source);
  }
  return unpacked;
}

}  // namespace broadsheet::indexer
