// Why one article has its score, in the terms of the plan.
#pragma once

#include <cstdint>
#include <vector>

#include "server/store/query_plan.h"

namespace broadsheet::server {

// What one word of a plan gives to the score of one article.
struct WordShare {
  const QueryNode* word = nullptr;  // of the plan
  double score = 0;                 // before recency, with `title_score`
  double title_score = 0;           // for standing in the title
  std::uint32_t occurrences = 0;    // inflections too; in the text's opening each counts twice
  std::uint64_t articles = 0;       // of the whole index that hold it
};

// One article under one plan. Points into the plan and its filters.
struct Explained {
  bool is_match = false;
  bool is_in_window = true;
  std::vector<WordShare> words;           // those it holds, the largest share first
  std::vector<const QueryNode*> missing;  // those it lacks, in the order of the plan
  // What keeps it from matching: parts of the plan and filters that it must meet and does not, or
  // must not and does.
  std::vector<const QueryNode*> failed;
  double text_score = 0;     // the sum of the shares
  double recency = 1;        // times this,
  double source_weight = 1;  // and this is the score
};

}  // namespace broadsheet::server
