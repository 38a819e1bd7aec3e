// Borrows sessions, and reads again what moved on in the midst.
#include "server/search/searcher.h"

#include <algorithm>

#include "schema/url.h"
#include "server/search/one_search.h"
#include "server/search/page_cursor.h"
#include "server/search/read_next.h"
#include "server/search/related.h"
#include "server/search/related_draft.h"

namespace broadsheet::server {
namespace {

// How often a read is repeated when the indexer commits twice in its midst: on a busy machine,
// where a read is made to wait and the indexer is not, that can happen ten times in a row.
constexpr int kReadTries = 100;

// Runs `read` again on a fresh view while the index moves on under it.
template <typename Read>
auto with_retries(ReadSession& session, Read read) -> decltype(read()) {
  for (int i = 1;; ++i) {
    auto outcome = read();
    const bool moved = !outcome && outcome.error().message == kModifiedMessage;
    if (!moved || i == kReadTries) return outcome;
    if (auto fresh = session.index.refresh(); !fresh) return pass_on(fresh.error());
  }
}

// The article with this id, alias or original id; not_found.
Result<StoredArticle> article_of(ReadSession& session, const std::string& id) {
  auto article = session.catalog.article_by_id(id);
  if (!article) return pass_on(article.error());
  if (!*article) return fail(ErrorCode::not_found, "there is no article with the id " + id);
  return **std::move(article);
}

// The story of a public id, merged or not; not_found, too, when nothing of it is visible.
Result<Story> story_of(ReadSession& session, const std::string& id) {
  auto story = session.catalog.story(id);
  if (!story) return pass_on(story.error());
  const bool is_shown = *story && ((*story)->size > 0 || !(*story)->merged_into.empty());
  if (!is_shown) return fail(ErrorCode::not_found, "there is no story with the id " + id);
  return **std::move(story);
}

}  // namespace

struct Searcher::State {
  State(SessionPool& sessions, SynonymFile* synonyms) : pool(sessions), file(synonyms) {}

  SessionPool& pool;
  FixedLists lists;
  FacetNames names;
  QueryLog queries;
  SynonymFile* file;

  [[nodiscard]] std::shared_ptr<const Synonyms> synonyms() const {
    return file == nullptr ? nullptr : file->current();
  }
};

Searcher::Searcher(SessionPool& pool, SynonymFile* synonyms) : state_(new State(pool, synonyms)) {}

Searcher::~Searcher() = default;

std::optional<std::int64_t> frozen_now(const std::string& cursor) {
  const auto decoded = decode_cursor(cursor);
  return decoded ? std::optional(decoded->now) : std::nullopt;
}

Result<SearchResponse> Searcher::search(const SearchRequest& request) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  const auto synonyms = state_->synonyms();
  const SharedBySearches shared{state_->lists, state_->names, synonyms.get()};
  auto response = with_retries(**session, [&] { return run_search(**session, shared, request); });
  // What others may be offered.
  const bool is_good = response && !response->hits.empty() && response->is_known &&
                       response->did_you_mean.empty() && response->warnings.empty() &&
                       !response->partial;
  if (is_good && request.cursor.empty()) state_->queries.note(request.query);
  return response;
}

Result<ExplainResponse> Searcher::explain(const std::string& id, const SearchRequest& request) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  auto article = article_of(**session, id);
  if (!article) return pass_on(article.error());
  const auto synonyms = state_->synonyms();
  const SharedBySearches shared{state_->lists, state_->names, synonyms.get()};
  return with_retries(**session, [&] { return run_explain(**session, shared, request, *article); });
}

Result<SuggestResponse> Searcher::suggest(const SuggestRequest& request) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  return with_retries(**session, [&] {
    return server::suggest(**session, workbench().analyzer, state_->queries, request);
  });
}

Result<StoredArticle> Searcher::article(const std::string& id) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  return article_of(**session, id);
}

Result<StoredArticle> Searcher::article_by_url(const std::string& url, std::int64_t clock) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  auto articles = (*session)->catalog.articles_by_url(canonical_url(url));
  if (!articles) return pass_on(articles.error());
  if (articles->empty()) return fail(ErrorCode::not_found, "no article was seen under this URL");
  const auto newest =
      std::find_if(articles->begin(), articles->end(), [clock](const StoredArticle& stored) {
        return is_visible(stored.article, clock);
      });
  // Of what was taken down the caller tells why.
  return std::move(newest == articles->end() ? articles->front() : *newest);
}

Result<ArticleHistory> Searcher::history(const std::string& id,
                                         std::int64_t before,
                                         std::size_t limit) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  auto article = article_of(**session, id);
  if (!article) return pass_on(article.error());
  auto page = (*session)->catalog.revisions(article->article_id, before, limit);
  if (!page) return pass_on(page.error());
  return ArticleHistory{*std::move(article), std::move(*page)};
}

Result<Story> Searcher::story(const std::string& id) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  return story_of(**session, id);
}

Result<Timeline> Searcher::timeline(const std::string& id, const TimelineRequest& request) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  const auto story = story_of(**session, id);
  if (!story) return pass_on(story.error());
  if (!story->merged_into.empty()) return Timeline{.story = *story};
  return with_retries(
      **session, [&] { return find_timeline(**session, workbench().analyzer, *story, request); });
}

Result<ChangePage> Searcher::changes(std::int64_t since, std::size_t limit) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  return (*session)->catalog.changes(since, limit);
}

Result<RelatedResponse> Searcher::related(const std::string& id, const RelatedRequest& request) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  auto subject = article_of(**session, id);
  if (!subject) return pass_on(subject.error());
  return with_retries(
      **session, [&] { return find_related(**session, workbench().analyzer, *subject, request); });
}

Result<ReadNextResponse> Searcher::read_next(const std::string& id,
                                             const ReadNextRequest& request) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  auto article = article_of(**session, id);
  if (!article) return pass_on(article.error());
  return with_retries(**session, [&] {
    return find_read_next(**session, workbench().analyzer, *article, request);
  });
}

Result<RelatedResponse> Searcher::related(const Draft& draft, const RelatedRequest& request) {
  auto session = state_->pool.borrow();
  if (!session) return pass_on(session.error());
  return with_retries(**session, [&] {
    return find_related_to_draft(**session, workbench().analyzer, draft, request);
  });
}

void Searcher::warm_up() {
  SearchRequest everything;
  everything.limit = 0;
  everything.facets.assign(kFacets.begin(), kFacets.end());
  everything.histogram = Interval::automatic;
  (void)search(everything);
  SuggestRequest any;
  any.text = "a";
  any.limit = 1;
  (void)suggest(any);
}

}  // namespace broadsheet::server
