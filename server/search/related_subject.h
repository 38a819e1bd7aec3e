// What links are looked for, read once: its weighted words, its vectors, its near-duplicate runs,
// and how its words are written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schema/article.h"
#include "schema/text.h"
#include "server/search/related_shingles.h"
#include "server/search/related_words.h"

namespace broadsheet::server {

// A word that tells what the subject is about.
struct SubjectWord {
  std::string stem;
  std::uint32_t key = 0;
  std::string shown;  // as the subject writes it
  std::uint32_t occurrences = 0;
  bool is_in_title = false;
  bool is_rare = false;  // as WordRarity::tells_apart()
  float weight = 0;      // log frequency x rarity, more in the title
};

// Two of the words side by side, as "tariff talks"; the keys in the order of the text.
struct SubjectPair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::string shown;
};

struct Subject {
  std::vector<SubjectWord> words;  // strongest first, at most kMaxSubjectWords
  std::vector<SubjectPair> pairs;  // of `words`, most frequent first
  WordVector text;
  WordVector title;
  WordVector lead;
  Shingles shingles;
  std::int64_t story = 0;            // as StoredArticle::story_number
  std::int64_t duplicate_group = 0;  // as StoredArticle::duplicate_group
  bool has_words = false;  // there are words besides stop words, whether others have them or not
};

// Words beyond this add time and no better candidates.
inline constexpr std::size_t kMaxSubjectWords = 30;

// The words an article opens with say what is new in it.
inline constexpr std::size_t kLeadWords = 50;

// How much a word of the title adds to its count in the text. 1: as any other word, so a word in
// the title counts twice.
[[nodiscard]] float word_weight(std::uint32_t occurrences, bool is_in_title);

// Reads a stored article or a draft (without doc_id). Of a very long body only the first
// kMaxComparedBytes.
[[nodiscard]] Subject read_subject(const StoredArticle& stored,
                                   TextAnalyzer& analyzer,
                                   WordRarity& rarity);

// The vector of the first kLeadWords of a body.
[[nodiscard]] WordVector lead_vector(std::string_view body,
                                     std::string_view language,
                                     TextAnalyzer& analyzer,
                                     WordRarity& rarity);

}  // namespace broadsheet::server
