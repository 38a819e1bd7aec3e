// From an article to a Xapian document: which text, prefix and slot goes where. schema/fields.h and
// schema/README.md say what is written; whatever changes here needs a new kIndexVersion and a
// rebuild.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "schema/article.h"
#include "schema/text.h"

namespace broadsheet::indexer {

// A story says first what it is about: each of the first words of the body counts so many times.
// Chosen with headlines as queries over the bodies of eight sets in four languages, where the right
// article rose in all of them (`broadsheet-eval sets` has today's figures of some). 25 to 60 words
// did about as well.
inline constexpr std::uint32_t kOpeningWords = 40;
inline constexpr std::uint32_t kOpeningTimes = 2;

// Builds documents. Keeps what it learnt of words, so that each is normalised and stemmed once.
// Not thread-safe: one per thread.
class DocumentBuilder {
 public:
  // Every word's exact form is a term with positions; where its stem differs, the stem is a term
  // without. The stem alone counts as an occurrence (wdf), twice in the body's opening, so lengths
  // and weights are those of stems.
  [[nodiscard]] Xapian::Document build(const StoredArticle& stored);

  // A document that only hides the same number in older parts.
  [[nodiscard]] static Xapian::Document tombstone();

 private:
  // Gives back the last position used.
  std::uint32_t add_postings(Xapian::Document& document,
                             std::string_view text,
                             std::string_view language,
                             std::uint32_t base_position,
                             std::uint32_t opening_words);
  void add_title_stems(Xapian::Document& document, const Article& article);
  void count(std::vector<std::pair<std::uint32_t, std::string_view>>& seen,
             const Token& token,
             std::uint32_t times);
  void add_counted(Xapian::Document& document,
                   std::vector<std::pair<std::uint32_t, std::string_view>>& seen,
                   std::string_view prefix);

  TextAnalyzer analyzer_;
  std::vector<std::uint32_t> counts_;  // by word number; all zero between two texts
};

}  // namespace broadsheet::indexer
