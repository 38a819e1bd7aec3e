// Shingles over exact words, not stems: a rewritten sentence is not a copied one.
#include "server/search/related_shingles.h"

#include <algorithm>

#include "server/search/related_words.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kRunLength = 4;

// Mixes a key into a hash so that the order of words counts. Odd multiplier from SplitMix64
// (Steele, Lea and Flood, 2014).
std::uint64_t mixed(std::uint64_t hash, std::uint32_t key) {
  hash = (hash ^ key) * 0xbf58476d1ce4e5b9ULL;
  return hash ^ (hash >> 29U);
}

}  // namespace

Shingles::Shingles(const std::vector<std::uint32_t>& keys) {
  if (keys.empty()) return;
  const std::size_t length = std::min(kRunLength, keys.size());
  runs_.reserve(keys.size());
  for (std::size_t i = 0; i + length <= keys.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t j = i; j < i + length; ++j)
      hash = mixed(hash, keys[j]);
    runs_.push_back(hash);
  }
  std::sort(runs_.begin(), runs_.end());
  runs_.erase(std::unique(runs_.begin(), runs_.end()), runs_.end());
}

double Shingles::containment(const Shingles& other) const {
  const std::size_t smaller = std::min(runs_.size(), other.runs_.size());
  if (smaller == 0) return 0;
  std::size_t shared = 0;
  auto mine = runs_.begin();
  auto theirs = other.runs_.begin();
  while (mine != runs_.end() && theirs != other.runs_.end()) {
    const std::uint64_t a = *mine;
    const std::uint64_t b = *theirs;
    shared += a == b ? 1 : 0;
    mine += a <= b ? 1 : 0;
    theirs += b <= a ? 1 : 0;
  }
  return static_cast<double>(shared) / static_cast<double>(smaller);
}

Shingles shingles_of(std::string_view title, std::string_view body, TextAnalyzer& analyzer) {
  std::vector<std::uint32_t> keys;
  const auto sink = [&](const Token& token) { keys.push_back(word_key(token.term)); };
  analyzer.analyze(title, "", sink);
  analyzer.analyze(body.substr(0, kMaxComparedBytes), "", sink);
  return Shingles(keys);
}

}  // namespace broadsheet::server
