// "Already covered?": how much of a draft an article of the archive says in the same words, and
// where.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/text.h"
#include "server/search/draft_text.h"
#include "server/search/related_types.h"

namespace broadsheet::server {

// From this share of its words on, a draft counts as covered in large part.
inline constexpr double kLargePart = 0.3;

// A draft prepared for comparing articles with it. Lives no longer than the draft.
class DraftCover {
 public:
  DraftCover(const DraftText& draft, TextAnalyzer& analyzer);

  // The share of the draft's words, 0 to 1, that stand in the body in runs of four or more of the
  // draft's own order; when that is a large part, the runs of eight words or more, at most
  // kMostPassages, in the order of the draft.
  [[nodiscard]] double compare(std::string_view body, std::vector<SharedPassage>& passages) const;

 private:
  const DraftText& draft_;
  TextAnalyzer& analyzer_;
  std::vector<ByteRange> places_;    // of the draft's words in its plain text
  std::vector<std::uint32_t> keys_;  // word_key() of each
};

inline constexpr std::size_t kMostPassages = 20;

}  // namespace broadsheet::server
