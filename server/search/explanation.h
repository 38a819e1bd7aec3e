// Why an article ranks where it does, in words and numbers that can be shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace broadsheet::server {

// What one word of a query gives to the score of one article.
struct ExplainedWord {
  std::string word;        // as it was looked for; with a * where it stands for its beginning
  double score = 0;        // before recency, with `title_score`
  double title_score = 0;  // for standing in the title; 0 where it does not
  std::uint32_t occurrences = 0;  // inflections too; in the text's opening each counts twice
  std::uint64_t articles = 0;     // of the archive that hold it: the fewer, the more it weighs
};

struct Explanation {
  bool is_match = false;
  std::vector<ExplainedWord> words;  // those the article holds, the largest share first
  std::vector<std::string> missing;  // those it lacks
  // What keeps it from matching: parts of the query, filters as name:value, "from" and "to" of the
  // dates.
  std::vector<std::string> failed;
  double text_score = 0;           // the sum of the words' shares
  double recency = 1;              // by which it is multiplied, 0.5 to 1
  double source_weight = 1;        // and by this, 0 to 100
  std::optional<double> age_days;  // with recency alone; empty for undated articles
  std::optional<double> score;     // as a hit has it; empty unless sorted by relevance
  std::string sentence;            // all this for a reader
};

}  // namespace broadsheet::server
