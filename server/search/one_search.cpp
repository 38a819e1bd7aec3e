// Every step of a search is a room of its own; this file only tells their order.
#include "server/search/one_search.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "schema/hash.h"
#include "server/search/did_you_mean.h"
#include "server/search/explain.h"
#include "server/search/facets.h"
#include "server/search/histogram.h"
#include "server/search/hit_list.h"
#include "server/search/query.h"
#include "server/search/query_dates.h"
#include "server/search/query_wildcards.h"
#include "server/search/related.h"
#include "server/search/related_labels.h"

namespace broadsheet::server {
namespace {

// How often a page is refilled whose articles turn out to be taken down: the indexer, when it runs,
// leaves no more than a few of them.
constexpr int kMostPasses = 5;

std::vector<std::string> query_languages(const SearchRequest& request, const IndexReader& index) {
  for (const Filter& filter : request.filters) {
    if (filter.field == Field::language && !filter.excluded) return filter.values;
  }
  return index.languages();
}

std::vector<MarkedTerm> weighted_marks(const QueryNode& root, IndexReader& index) {
  std::vector<MarkedTerm> marks = marked_terms(root);
  const auto articles = static_cast<double>(index.stats().articles);
  for (MarkedTerm& mark : marks) {
    std::uint64_t with = 0;
    for (const std::string& term : mark.terms)
      with = std::max<std::uint64_t>(with, index.articles_with_about(term, fnv1a_64(term)));
    mark.weight = std::log(1 + articles / (1 + static_cast<double>(with)));
  }
  return marks;
}

// `gone`: how many of the matches cannot be shown.
Total total_of(const RunResult& run, std::uint64_t gone) {
  const MatchCount& count = run.count;
  const auto relation = count.exact                    ? Total::Relation::eq
                        : count.estimate > count.lower ? Total::Relation::approx
                                                       : Total::Relation::gte;
  const auto left = [gone](std::uint64_t matches) { return matches - std::min(matches, gone); };
  return {left(count.estimate), relation, left(count.lower), left(count.upper)};
}

class OneSearch {
 public:
  OneSearch(ReadSession& session, const SharedBySearches& shared, const SearchRequest& request)
      : session_(session),
        lists_(shared.lists),
        names_(shared.names),
        synonyms_(shared.synonyms),
        request_(request),
        bench_(workbench()) {}

  Result<SearchResponse> run() {
    const std::vector<std::string> languages = query_languages(request_, session_.index);
    const QueryOptions options{
        request_.match, languages, request_.strict, request_.now, request_.tz};
    auto plan = parse_query(request_.query, options, bench_.analyzer);
    if (!plan) return pass_on(plan.error());
    narrow_to(plan->window);
    auto labels_of_scores = score_labels();
    if (!labels_of_scores) return pass_on(labels_of_scores.error());
    plan->score_labels = std::move(*labels_of_scores);
    if (auto done = expand_wildcards(*plan, session_.index); !done) return pass_on(done.error());
    // What is printed is the plan as it was typed.
    std::optional<QueryPlan> wide = widened(*plan, options);
    QueryPlan& asked = wide ? *wide : *plan;
    const std::size_t known = gone_.size();
    const bool by_story = request_.collapse == Collapse::story;
    LabelFold labels(session_, names_, by_story ? Field::story : Field::source);
    auto list = HitLister(session_.index, lists_, gone_, &labels).page(request_, asked);
    if (!list) return pass_on(list.error());
    SearchResponse response;
    response.matched_all = list->run.reading != Reading::any;
    response.relaxed = list->run.relaxing != Relaxing::none;
    if (response.relaxed) {
      plan->root = with_runs_apart(plan->root).value_or(plan->root);
      if (wide) wide->root = with_runs_apart(wide->root).value_or(wide->root);
    }
    response.parsed = describe(*plan, request_.query, list->run.reading);
    response.language = languages.empty() ? std::string() : languages.front();
    response.warnings = std::move(plan->warnings);
    response.total = total_of(list->run, gone_.size());
    response.next_cursor = std::move(list->next_cursor);
    response.position = list->position;
    groups_ = std::move(list->groups);
    response.index = {session_.index.generation(), session_.index.applied_seq()};
    response.partial = list->run.partial;
    if (auto mended = mend(*plan, response); !mended) return pass_on(mended.error());
    if (auto filled = fill_hits(asked, list->run.reading, list->docs, response); !filled)
      return pass_on(filled.error());
    if (auto counted = count_folded(labels, response); !counted) return pass_on(counted.error());
    // Once more without those: others take their places, and copies of them show.
    if (gone_.size() != known && ++passes_ != kMostPasses) return run();
    auto counted_up = with_counts(asked.root, list->run.reading, std::move(response));
    asked_ = std::move(asked);
    reading_ = list->run.reading;
    return counted_up;
  }

  // The same search without hits, and what it makes of one article.
  Result<ExplainResponse> explain_one(const StoredArticle& article) {
    request_.limit = 0;
    auto response = run();
    if (!response) return pass_on(response.error());
    auto explanation = explain(session_.index, request_, {*asked_, reading_}, article);
    if (!explanation) return pass_on(explanation.error());
    ExplainResponse explained{article, std::move(*response), std::move(*explanation), std::nullopt};
    if (!explained.explanation || !explained.explanation->score) return explained;
    auto rank = rank_of(article.doc_id);
    if (!rank) return pass_on(rank.error());
    explained.rank = *rank;
    return explained;
  }

 private:
  // As it was read, without folding.
  Result<std::optional<std::size_t>> rank_of(DocId doc) {
    const std::vector<QueryNode> filters = filter_nodes(request_);
    RunRequest all = run_request(request_, *asked_, filters);
    all.limit = kMaxRankedHits;
    return session_.index.rank_of(all, asked_->root, reading_, doc);
  }

  // Those that the archive has.
  Result<ScoreLabels> score_labels() {
    auto sources = session_.catalog.source_weights();
    if (!sources) return pass_on(sources.error());
    ScoreLabels labels{std::move(*sources), {}};
    if (request_.recency.half_life_days <= 0) return labels;
    for (const std::string& genre : lasting_genre_terms()) {
      if (session_.index.articles_with(genre) > 0) labels.lasting.push_back(genre);
    }
    return labels;
  }

  void narrow_to(const TimeWindow& window) {
    if (window.is_open()) return;
    request_.window = intersection(request_.window, window);
    // Judged when the request was read.
    request_.dates.days = day_window(request_.window, TimeZone::find(request_.tz).value());
  }

  // Later pages have been told before.
  Result<void> mend(const QueryPlan& plan, SearchResponse& response) {
    if (!request_.cursor.empty()) return {};
    auto spelling = did_you_mean(plan, request_.query, session_.index, request_.deadline);
    if (!spelling) return pass_on(spelling.error());
    response.did_you_mean = std::move(spelling->mended);
    response.is_known = spelling->is_known;
    return {};
  }

  // With synonyms, where there are any.
  std::optional<QueryPlan> widened(const QueryPlan& plan, const QueryOptions& options) {
    if (synonyms_ == nullptr) return std::nullopt;
    auto root = with_synonyms(plan.root, request_.query, *synonyms_, options, bench_.analyzer);
    if (!root) return std::nullopt;
    return QueryPlan{std::move(*root), plan.window, plan.dates, {}, plan.score_labels};
  }

  // How many matches of its source or story each hit stands for.
  Result<void> count_folded(LabelFold& labels, SearchResponse& response) const {
    if (request_.collapse != Collapse::source && request_.collapse != Collapse::story) return {};
    for (Hit& hit : response.hits) {
      const auto label = labels.label_of(hit.article.doc_id);
      if (!label) return pass_on(label.error());
      hit.folded = labels.others_of(*label);
    }
    return {};
  }

  Result<SearchResponse> with_counts(const QueryNode& root,
                                     Reading reading,
                                     SearchResponse response) {
    if (request_.by_first_seen) {
      auto archive = session_.catalog.uuid();
      if (!archive) return pass_on(archive.error());
      response.archive = std::move(*archive);
      auto changed = session_.catalog.last_change();
      if (!changed) return pass_on(changed.error());
      response.changed = *changed;
    }
    if (!wants_counts(request_)) return response;
    auto counted = MatchCounting(session_, names_, {request_, root, reading, gone_}).fill(response);
    if (!counted) return pass_on(counted.error());
    return response;
  }

  Result<void> fill_hits(const QueryPlan& plan,
                         Reading reading,
                         const std::vector<FoundDoc>& docs,
                         SearchResponse& response) {
    std::vector<DocId> numbers;
    std::unordered_map<DocId, double> scores;
    for (const FoundDoc& found : docs) {
      numbers.push_back(found.doc);
      scores.emplace(found.doc, found.score);
    }
    auto articles = session_.catalog.articles_by_doc(numbers);
    if (!articles) return pass_on(articles.error());
    auto keys = session_.index.duplicate_keys(numbers);
    if (!keys) return pass_on(keys.error());
    std::unordered_map<DocId, DuplicateKey> key_of;
    for (std::size_t i = 0; i < numbers.size(); ++i)
      key_of.emplace(numbers[i], (*keys)[i]);
    for (StoredArticle& article : *articles) {
      // Taken down since the index was written.
      if (!is_visible(article.article, request_.clock)) {
        gone_.insert(article.doc_id);
        continue;
      }
      auto hit = make_hit(std::move(article), key_of);
      if (!hit) return pass_on(hit.error());
      if (request_.sort == Sort::relevance) hit->score = scores[hit->article.doc_id];
      response.hits.push_back(std::move(*hit));
    }
    show_matches(plan, response);
    if (auto explained = explain_hits({plan, reading}, response); !explained) return explained;
    return add_links(response);
  }

  Result<void> explain_hits(const PlanRead& read, SearchResponse& response) {
    if (!request_.explain) return {};
    for (Hit& hit : response.hits) {
      if (is_late(response)) return {};
      auto explanation = explain(session_.index, request_, read, hit.article);
      if (!explanation) return pass_on(explanation.error());
      hit.explanation = std::move(*explanation);
    }
    return {};
  }

  Result<Hit> make_hit(StoredArticle stored,
                       const std::unordered_map<DocId, DuplicateKey>& key_of) {
    Hit hit;
    const DuplicateKey key = key_of.at(stored.doc_id);
    const auto known = groups_.find(key.group);
    auto group = known != groups_.end() ? known->second : session_.index.duplicates(key);
    if (!group) return pass_on(group.error());
    const auto is_shown = [this](DocId doc) { return !gone_.contains(doc); };
    const auto copies = std::count_if(group->begin(), group->end(), is_shown);
    hit.duplicates = copies == 0 ? 0 : static_cast<std::uint64_t>(copies) - 1;
    hit.article = std::move(stored);
    return hit;
  }

  // Whether the time is up; the answer says so from then on.
  bool is_late(SearchResponse& response) const {
    const bool is_late = Deadline::Clock::now() >= request_.deadline;
    response.partial = response.partial || is_late;
    return is_late;
  }

  void show_matches(const QueryPlan& plan, SearchResponse& response) {
    const bool wants_titles = request_.wants_title_html && request_.highlight == Highlight::html;
    if (!request_.wants_snippets && !wants_titles) return;
    bench_.snippets.look_for(weighted_marks(plan.root, session_.index));
    for (Hit& hit : response.hits) {
      if (is_late(response)) return;
      const Article& article = hit.article.article;
      if (request_.wants_snippets) {
        hit.snippet =
            bench_.snippets.make(article.title,
                                 article.body,
                                 {article.language, request_.snippet_chars, request_.highlight});
      }
      if (wants_titles) {
        hit.title_html = bench_.snippets.mark_title(article.title, article.language);
      }
    }
  }

  [[nodiscard]] LinkRules rules_of(const Hit& hit) const {
    return request_.link_rules ? request_.link_rules(hit.article.article.id) : LinkRules();
  }

  // Last, for links take the most time and are missed the least.
  Result<void> add_links(SearchResponse& response) {
    if (request_.related == 0) return {};
    for (Hit& hit : response.hits) {
      if (is_late(response)) return {};
      auto links = find_related(session_,
                                bench_.analyzer,
                                hit.article,
                                {.limit = request_.related,
                                 .rules = rules_of(hit),
                                 .now = request_.now,
                                 .clock = request_.clock,
                                 .deadline = request_.deadline});
      if (!links) return pass_on(links.error());
      hit.related = std::move(links->links);
    }
    is_late(response);
    return {};
  }

  ReadSession& session_;
  FixedLists& lists_;
  FacetNames& names_;
  const Synonyms* synonyms_;
  SearchRequest request_;  // narrowed by what the query says of time
  Workbench& bench_;
  std::unordered_set<DocId> gone_;
  std::unordered_map<std::uint64_t, std::vector<DocId>> groups_;  // duplicates the list met
  int passes_ = 0;
  std::optional<QueryPlan> asked_;  // as it was run,
  Reading reading_ = Reading::all;  // like this
};

}  // namespace

Workbench& workbench() {
  thread_local Workbench bench;
  bench.analyzer.trim();
  return bench;
}

Result<SearchResponse> run_search(ReadSession& session,
                                  const SharedBySearches& shared,
                                  const SearchRequest& request) {
  return OneSearch(session, shared, request).run();
}

Result<ExplainResponse> run_explain(ReadSession& session,
                                    const SharedBySearches& shared,
                                    const SearchRequest& request,
                                    const StoredArticle& article) {
  return OneSearch(session, shared, request).explain_one(article);
}

}  // namespace broadsheet::server
