// Bottom-k samples: of every text the hashes below a bound are known, so two samples together tell
// what the texts share below the lower of their bounds.
#include "indexer/stories/fingerprint.h"

#include <algorithm>

#include "indexer/stories/bytes.h"

namespace broadsheet::indexer {
namespace {

// Words in a shingle: common in the literature, and measured: three make independent reports alike,
// six lose reworded copies.
constexpr std::size_t kRun = 4;
constexpr std::size_t kHeadBytes = 5;
constexpr std::uint64_t kWholeSeed = 0x57ULL;

// Mixes a key into a hash so that the order of words counts. Odd multipliers of SplitMix64 (Steele,
// Lea and Flood, 2014).
std::uint64_t mixed(std::uint64_t hash, std::uint32_t key) {
  hash = (hash ^ key) * 0xbf58476d1ce4e5b9ULL;
  return hash ^ (hash >> 29U);
}

std::uint32_t finished(std::uint64_t hash) {
  hash *= 0x94d049bb133111ebULL;
  return static_cast<std::uint32_t>(hash >> 32U);
}

// The `most` smallest, ascending, each once.
std::vector<std::uint32_t> smallest(const std::vector<std::uint32_t>& hashes, std::size_t most) {
  std::vector<std::uint32_t> sample(std::min(most, hashes.size()));
  std::partial_sort_copy(hashes.begin(), hashes.end(), sample.begin(), sample.end());
  sample.erase(std::unique(sample.begin(), sample.end()), sample.end());
  return sample;
}

// Hashes of two texts below the bound up to which both samples know all.
struct Overlap {
  std::size_t first = 0;
  std::size_t second = 0;
  std::size_t both = 0;
};

Overlap overlap_of(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  // A sample that is not full holds all there is.
  constexpr std::uint32_t kEverything = 0xffffffff;
  const std::uint32_t a_bound = a.size() < kSketchSize ? kEverything : a.back();
  const std::uint32_t b_bound = b.size() < kSketchSize ? kEverything : b.back();
  const std::uint32_t bound = std::min(a_bound, b_bound);
  Overlap overlap;
  auto mine = a.begin();
  auto theirs = b.begin();
  const auto is_known = [bound](auto at, auto end) { return at != end && *at <= bound; };
  while (is_known(mine, a.end()) || is_known(theirs, b.end())) {
    const bool takes_mine =
        is_known(mine, a.end()) && (!is_known(theirs, b.end()) || *mine <= *theirs);
    const bool takes_theirs =
        is_known(theirs, b.end()) && (!is_known(mine, a.end()) || *theirs <= *mine);
    overlap.both += static_cast<std::size_t>(takes_mine && takes_theirs);
    overlap.first += static_cast<std::size_t>(takes_mine);
    overlap.second += static_cast<std::size_t>(takes_theirs);
    mine += static_cast<std::ptrdiff_t>(takes_mine);
    theirs += static_cast<std::ptrdiff_t>(takes_theirs);
  }
  return overlap;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::vector<std::uint32_t> sample_shingles(std::span<const std::uint32_t> keys) {
  std::vector<std::uint32_t> shingles;
  if (keys.size() < kRun) return shingles;
  shingles.reserve(keys.size());
  for (std::size_t i = 0; i + kRun <= keys.size(); ++i) {
    std::uint64_t hash = 0;
    for (const std::uint32_t key : keys.subspan(i, kRun))
      hash = mixed(hash, key);
    shingles.push_back(finished(hash));
  }
  // Repeats are rare: a margin mostly spares sorting all.
  std::vector<std::uint32_t> sample = smallest(shingles, 2 * kSketchSize);
  if (sample.size() < kSketchSize) sample = smallest(shingles, shingles.size());
  sample.resize(std::min(sample.size(), kSketchSize));
  sample.shrink_to_fit();
  return sample;
}

std::vector<std::uint32_t> sample_whole(std::span<const std::uint32_t> keys) {
  std::uint64_t hash = kWholeSeed;
  for (const std::uint32_t key : keys)
    hash = mixed(hash, key);
  return {finished(hash)};
}

double containment(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  const Overlap overlap = overlap_of(a, b);
  return share(overlap.both, std::min(overlap.first, overlap.second));
}

double resemblance(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  const Overlap overlap = overlap_of(a, b);
  return share(overlap.both, overlap.first + overlap.second - overlap.both);
}

bool are_duplicates(const Fingerprint& a, const Fingerprint& b) {
  const bool is_meant = (a.title_fits && b.title_fits) || a.title == b.title;
  return is_meant && containment(a.shingles, b.shingles) >= kDuplicateContainment &&
         resemblance(a.shingles, b.shingles) >= kDuplicateResemblance;
}

std::span<const std::uint32_t> lookup_keys(const Fingerprint& fingerprint) {
  return std::span(fingerprint.shingles).first(std::min(fingerprint.shingles.size(), kLookupKeys));
}

std::string to_bytes(const Fingerprint& fingerprint) {
  std::string bytes;
  bytes.reserve(kHeadBytes + 4 * fingerprint.shingles.size());
  bytes += fingerprint.title_fits ? '\1' : '\0';
  append_u32(bytes, fingerprint.title);
  for (const std::uint32_t shingle : fingerprint.shingles)
    append_u32(bytes, shingle);
  return bytes;
}

Fingerprint fingerprint_from(std::string_view bytes) {
  Fingerprint fingerprint;
  if (bytes.size() < kHeadBytes) return fingerprint;
  fingerprint.title_fits = bytes[0] != '\0';
  fingerprint.title = read_u32(bytes, 1);
  for (std::size_t at = kHeadBytes; at + 4 <= bytes.size(); at += 4)
    fingerprint.shingles.push_back(read_u32(bytes, at));
  return fingerprint;
}

}  // namespace broadsheet::indexer
