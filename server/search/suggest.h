// Completions of what a reader has typed so far.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "schema/result.h"
#include "schema/text.h"
#include "server/search/query_log.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

struct SuggestRequest {
  std::string text;        // as typed; its last word may be unfinished
  int limit = 10;          // 1 to 20
  std::int64_t clock = 0;  // the real clock, for visibility alone
};

struct Suggestion {
  enum class Kind { headline, query, name, kicker };
  std::string text;
  Kind kind = Kind::headline;
  std::string id;  // of a headline's article; else empty
};

struct SuggestResponse {
  std::vector<Suggestion> suggestions;
  IndexState index;
};

// Frequent queries first, then kickers and names (authors and tags) of most articles, then
// headlines, the newest first: those with every word typed, the last one unfinished. Where nothing
// is found, words that are one edit away count, too.
[[nodiscard]] Result<SuggestResponse> suggest(ReadSession& session,
                                              TextAnalyzer& analyzer,
                                              const QueryLog& log,
                                              const SuggestRequest& request);

}  // namespace broadsheet::server
