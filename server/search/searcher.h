// The plot of a search: query, filters, ranking, hits, snippets, links. Needs no socket: relevance
// tests and benchmarks call it as the API does.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "schema/result.h"
#include "server/search/suggest.h"
#include "server/search/synonyms.h"
#include "server/search/timeline.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// The `now` a cursor froze, so that relative dates mean the same on every page; empty when it is no
// cursor.
[[nodiscard]] std::optional<std::int64_t> frozen_now(const std::string& cursor);

// Answers requests out of borrowed sessions. Safe to call from many threads at once: every call
// borrows a session of its own and waits for one when all are out.
class Searcher {
 public:
  // The pool must outlive the searcher, and so must the synonyms, which may be null.
  explicit Searcher(SessionPool& pool, SynonymFile* synonyms = nullptr);
  ~Searcher();
  Searcher(const Searcher&) = delete;
  Searcher& operator=(const Searcher&) = delete;

  // invalid_argument: a bad cursor, or a broken query with `strict`. unavailable: nothing is
  // indexed yet.
  [[nodiscard]] Result<SearchResponse> search(const SearchRequest& request);

  // Why the article with this id is where it is in the answer to `request`, or is not in it.
  // not_found: the id is unknown; else as search().
  [[nodiscard]] Result<ExplainResponse> explain(const std::string& id,
                                                const SearchRequest& request);

  // The article with this id, alias or original id, visible or not (the caller judges); not_found.
  [[nodiscard]] Result<StoredArticle> article(const std::string& id);
  // The newest visible article seen under a URL, in any spelling of it; not_found.
  [[nodiscard]] Result<StoredArticle> article_by_url(const std::string& url, std::int64_t clock);

  // The article with this id, and its versions before number `before`; not_found.
  [[nodiscard]] Result<ArticleHistory> history(const std::string& id,
                                               std::int64_t before,
                                               std::size_t limit);
  // The story of a public id, merged ones too; not_found.
  [[nodiscard]] Result<Story> story(const std::string& id);
  // Its visible articles, told in order; of a merged story nothing but the story itself. not_found,
  // also when it has none.
  [[nodiscard]] Result<Timeline> timeline(const std::string& id, const TimelineRequest& request);

  // What changed after change number `since`, in order; the caller judges what is visible.
  [[nodiscard]] Result<ChangePage> changes(std::int64_t since, std::size_t limit);

  // Completions of what was typed. Frequent queries are those that search() was asked for.
  [[nodiscard]] Result<SuggestResponse> suggest(const SuggestRequest& request);

  // Links for a stored article; not_found when the id is unknown.
  [[nodiscard]] Result<RelatedResponse> related(const std::string& id,
                                                const RelatedRequest& request);
  // The finished list under a stored article; not_found when the id is unknown.
  [[nodiscard]] Result<ReadNextResponse> read_next(const std::string& id,
                                                   const ReadNextRequest& request);
  // Links for a draft; nothing of it is kept.
  [[nodiscard]] Result<RelatedResponse> related(const Draft& draft, const RelatedRequest& request);

  // Reads ahead what first requests would wait for: labels and times of all articles and the lists
  // of words, about half a second for 100,000 articles. What cannot be read is left to them. For a
  // thread beside the server.
  void warm_up();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace broadsheet::server
