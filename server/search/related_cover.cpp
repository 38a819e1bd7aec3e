// Runs of words are found by their first four: where these stand in the article, the run is
// followed as far as both go on alike.
#include "server/search/related_cover.h"

#include <algorithm>

#include "server/search/related_shingles.h"
#include "server/search/related_words.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kShortestRun = 4;
// Shorter ones are turns of phrase that any two reports may share.
constexpr std::size_t kShortestShown = 8;

struct Words {
  std::vector<ByteRange> places;
  std::vector<std::uint32_t> keys;
};

Words words_of(std::string_view text, TextAnalyzer& analyzer) {
  Words words;
  analyzer.analyze(text, "", [&](const Token& token) {
    words.keys.push_back(word_key(token.term));
    words.places.push_back({token.begin, token.end});
  });
  return words;
}

// Four keys as one number. Collisions are followed up word by word, so they only cost time.
std::uint64_t start_of_run(const std::vector<std::uint32_t>& keys, std::size_t at) {
  std::uint64_t hash = 0;
  for (std::size_t i = at; i < at + kShortestRun; ++i)
    hash = (hash ^ keys[i]) * 0x9e3779b97f4a7c15ULL;  // the golden ratio's odd multiplier (Knuth)
  return hash;
}

std::size_t run_length(const std::vector<std::uint32_t>& a,
                       std::size_t at_a,
                       const std::vector<std::uint32_t>& b,
                       std::size_t at_b) {
  std::size_t length = 0;
  while (at_a + length < a.size() && at_b + length < b.size() &&
         a[at_a + length] == b[at_b + length])
    ++length;
  return length;
}

}  // namespace

DraftCover::DraftCover(const DraftText& draft, TextAnalyzer& analyzer)
    : draft_(draft), analyzer_(analyzer) {
  Words words = words_of(draft.plain().substr(0, kMaxComparedBytes), analyzer);
  places_ = std::move(words.places);
  keys_ = std::move(words.keys);
}

double DraftCover::compare(std::string_view body, std::vector<SharedPassage>& passages) const {
  if (keys_.size() < kShortestRun) return 0;
  const std::string_view read = body.substr(0, kMaxComparedBytes);
  const Words theirs = words_of(read, analyzer_);
  std::unordered_map<std::uint64_t, std::size_t> starts;
  for (std::size_t i = 0; i + kShortestRun <= theirs.keys.size(); ++i)
    starts.try_emplace(start_of_run(theirs.keys, i), i);

  struct Run {
    std::size_t mine = 0;
    std::size_t theirs = 0;
    std::size_t length = 0;
  };

  std::vector<Run> runs;
  std::size_t covered = 0;
  for (std::size_t i = 0; i + kShortestRun <= keys_.size();) {
    const auto start = starts.find(start_of_run(keys_, i));
    const std::size_t length =
        start == starts.end() ? 0 : run_length(keys_, i, theirs.keys, start->second);
    if (length >= kShortestRun) {
      covered += length;
      if (length >= kShortestShown) runs.push_back({i, start->second, length});
    }
    i += std::max<std::size_t>(length >= kShortestRun ? length : 1, 1);
  }
  const double share = static_cast<double>(covered) / static_cast<double>(keys_.size());
  if (share < kLargePart) return share;
  runs.resize(std::min(runs.size(), kMostPassages));
  for (const Run& run : runs) {
    const std::size_t last = run.length - 1;
    passages.push_back(
        {draft_.sent_span({places_[run.mine].begin, places_[run.mine + last].end}),
         span_of(read, {theirs.places[run.theirs].begin, theirs.places[run.theirs + last].end})});
  }
  return share;
}

}  // namespace broadsheet::server
