// Near-duplicates: a small sample of an article's shingles tells how much of one text another
// holds. Broder, "On the resemblance and containment of documents" (1997).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::indexer {

// Hashes kept of a text; more make the estimate better and the catalog larger.
inline constexpr std::size_t kSketchSize = 64;

// The smallest hashes are how likely duplicates are found. Of a copy cut to 60 % that shares every
// shingle it has, one of eight is missed with all of them in 1 of 1,500.
inline constexpr std::size_t kLookupKeys = 8;

// From here on two texts count as one: so much of the smaller is in the other, and so much of both
// together is in both. The second keeps a short item apart from a long report that quotes it:
// folding would hide what only the report says. A copy cut to 60 % has 0.6 in common.
inline constexpr double kDuplicateContainment = 0.5;
inline constexpr double kDuplicateResemblance = 0.4;

// What is remembered of a text to find copies of it.
struct Fingerprint {
  std::vector<std::uint32_t> shingles;  // the smallest hashes, ascending; empty: too short to tell
  std::uint32_t title = 0;              // a hash of the title's words; 0: no title
  // Whether the body speaks of what the title says. Where it does not, a source has sent the body
  // of another article, or a notice in its place.
  bool title_fits = true;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// The sample of a text's shingles. `keys`: a hash of each word, in the order of the text.
[[nodiscard]] std::vector<std::uint32_t> sample_shingles(std::span<const std::uint32_t> keys);

// A short text is only ever the same as another as a whole.
[[nodiscard]] std::vector<std::uint32_t> sample_whole(std::span<const std::uint32_t> keys);

// The share of the smaller text's shingles that the other holds, as the samples tell: 0 to 1.
[[nodiscard]] double containment(std::span<const std::uint32_t> a,
                                 std::span<const std::uint32_t> b);

// The share of all shingles of both texts that both hold, likewise.
[[nodiscard]] double resemblance(std::span<const std::uint32_t> a,
                                 std::span<const std::uint32_t> b);

// Whether two articles are near-duplicates of each other.
[[nodiscard]] bool are_duplicates(const Fingerprint& a, const Fingerprint& b);

// The shingles under which an article is looked for and finds others.
[[nodiscard]] std::span<const std::uint32_t> lookup_keys(const Fingerprint& fingerprint);

// As the catalog keeps it, and back; what is damaged gives an empty one.
//   byte 0: bit 0 title_fits; bytes 1-4: title; then four bytes a shingle, little-endian
[[nodiscard]] std::string to_bytes(const Fingerprint& fingerprint);
[[nodiscard]] Fingerprint fingerprint_from(std::string_view bytes);

}  // namespace broadsheet::indexer
