// A backend without stores: every function answers what a test put there. The clock stands at kNow.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/api/handlers.h"

namespace broadsheet::server {

inline constexpr std::int64_t kNow = 1'750'239'000;  // 2025-06-18T09:30:00Z

using Json = nlohmann::ordered_json;

inline StoredArticle sample_article() {
  StoredArticle stored;
  Article& article = stored.article;
  article.id = "20250418-japan-talks";
  article.url = "https://www.example.com/talks";
  article.title = "Japan \"talks\" & more";
  article.body = "First paragraph.\n\nThe tariff <stays>.";
  article.summary = "One sentence.";
  article.summary_from = SummaryOrigin::source;
  article.published = parse_timestamp("2025-04-18T10:00:00+09:00");
  article.source = {"meridian-wire", "Meridian Wire"};
  article.authors = {"A. Writer", "B. Réporter"};
  article.section = "world";
  article.kicker = "Japan-U.S.";
  article.kicker_from = KickerOrigin::place;
  article.language_confidence = 97;
  article.language = "en";
  article.tags = {"trade"};
  article.image = Image{"https://www.example.com/i.jpg", "A port", "", 800, 0};
  article.extra = R"({"byline":"By A. Writer","deep":[[1]]})";
  stored.ingested = kNow - 60;
  stored.change_seq = 7;
  return stored;
}

inline ArticleHistory sample_history() {
  ArticleHistory history{sample_article(), {}};
  history.article.revision = 2;
  history.page.revisions = {{2, kNow - 30, std::nullopt, "New title", "A sentence.", "New body."},
                            {1, kNow - 60, kNow - 30, "Old title", "", "Old body."}};
  return history;
}

inline ChangePage sample_changes() {
  return {"0f8b", 9, {sample_article()}, 7};
}

inline RelatedLink sample_link() {
  RelatedLink link;
  link.article.article.id = "older";
  link.article.article.title = "Older";
  link.article.article.published = parse_timestamp("2025-04-01");
  link.relation = Relation::same_story;
  link.why = "the same talks";
  link.terms = {{"japan", 0.5}, {"tariff", 0.25}};
  link.score = 1.25;
  return link;
}

inline RelatedResponse sample_links() {
  RelatedResponse response;
  response.links = {sample_link()};
  response.steps = {"less likeness was asked for, as the text has 3 words to go by"};
  response.short_reason = "nothing else is close";
  response.index = {3, 9};
  return response;
}

inline ReadNextResponse sample_list() {
  return {
      {{sample_link(), ReadNextSlot::background, "Trade", "A sentence."}}, "nothing else", {3, 9}};
}

inline Hit sample_hit() {
  Hit hit;
  hit.article = sample_article();
  hit.score = 12.8125;
  hit.snippet = {"The tariff stays.", "The <mark>tariff</mark> stays.", {{4, 6}}, Field::body};
  hit.title_html = "<mark>Japan</mark> &quot;talks&quot; &amp; more";
  hit.duplicates = 2;
  hit.related = {sample_link()};
  return hit;
}

inline SearchResponse sample_response() {
  SearchResponse response;
  response.parsed = "japan AND tariff";
  response.language = "en";
  response.hits = {sample_hit()};
  response.total = {37, Total::Relation::eq, 37, 37};
  response.next_cursor = "c1";
  response.index = {3, 48213};
  return response;
}

inline Explanation sample_explanation() {
  Explanation explanation;
  explanation.is_match = true;
  explanation.words = {{"tariff", 8.5, 2.25, 3, 12}};
  explanation.missing = {"steel"};
  explanation.text_score = 8.5;
  explanation.recency = 0.75;
  explanation.age_days = 7;
  explanation.score = 6.375;
  explanation.sentence = "Has tariff; lacks steel.";
  return explanation;
}

inline ExplainResponse sample_explained() {
  ExplainResponse explained{sample_article(), sample_response(), sample_explanation(), 3};
  explained.search.hits.clear();
  return explained;
}

inline Story sample_story() {
  return {.number = 1,
          .id = "st_1",
          .title = "Talks",
          .kicker = "Japan-U.S.",
          .first = kNow - 86'400,
          .last = kNow,
          .size = 2};
}

inline Timeline sample_timeline() {
  Timeline timeline{.story = sample_story()};
  timeline.entries = {
      {sample_article(), {"copy"}, {{"25 %"}, {"Ryosei Akazawa"}, {"no deal has been reached"}}}};
  timeline.until = kNow;
  return timeline;
}

// What the handlers asked for is kept beside what they are given.
struct Stub {
  Result<SearchResponse> found = sample_response();
  Result<ExplainResponse> explained = sample_explained();
  Result<StoredArticle> stored = sample_article();
  Result<ArticleHistory> history = sample_history();
  Result<Story> story = sample_story();
  Result<Timeline> timeline = sample_timeline();
  Result<ChangePage> changes = sample_changes();
  Result<RelatedResponse> links = sample_links();
  Result<ReadNextResponse> list = sample_list();
  Result<SuggestResponse> suggestions =
      SuggestResponse{{{"Japan-U.S.", Suggestion::Kind::kicker, {}},
                       {"Talks \"open\"", Suggestion::Kind::headline, "a1"}},
                      {3, 9}};
  Result<IndexState> index = IndexState{3, 48213};
  StoreState state{.ready = true,
                   .code = {},
                   .reason = {},
                   .hint = {},
                   .generation = 3,
                   .applied_seq = 9,
                   .articles = 24};
  ServerStats stats;

  std::vector<SearchRequest> searches;
  std::vector<RelatedRequest> related_requests;
  std::vector<ReadNextRequest> read_next_requests;
  std::vector<SuggestRequest> suggest_requests;
  std::vector<TimelineRequest> timeline_requests;
  std::vector<Draft> drafts;
  std::vector<std::string> asked;                           // ids and URLs
  std::vector<std::pair<std::int64_t, std::size_t>> pages;  // of histories and changes
  std::vector<std::string> failures;                        // messages kept from clients

  Backend backend() {
    Backend made;
    made.search = [this](const SearchRequest& request) {
      searches.push_back(request);
      return found;
    };
    made.explain = [this](const std::string& id, const SearchRequest& request) {
      asked.push_back(id);
      searches.push_back(request);
      return explained;
    };
    made.article = [this](const std::string& id) {
      asked.push_back(id);
      return stored;
    };
    made.article_by_url = [this](const std::string& url, std::int64_t) {
      asked.push_back(url);
      return stored;
    };
    made.history = [this](const std::string& id, std::int64_t before, std::size_t limit) {
      asked.push_back(id);
      pages.emplace_back(before, limit);
      return history;
    };
    made.story = [this](const std::string& id) {
      asked.push_back(id);
      return story;
    };
    made.timeline = [this](const std::string& id, const TimelineRequest& request) {
      asked.push_back(id);
      timeline_requests.push_back(request);
      return timeline;
    };
    made.changes = [this](std::int64_t since, std::size_t limit) {
      pages.emplace_back(since, limit);
      return changes;
    };
    made.suggest = [this](const SuggestRequest& request) {
      suggest_requests.push_back(request);
      return suggestions;
    };
    made.related = [this](const std::string& id, const RelatedRequest& request) {
      asked.push_back(id);
      related_requests.push_back(request);
      return links;
    };
    made.read_next = [this](const std::string& id, const ReadNextRequest& request) {
      asked.push_back(id);
      read_next_requests.push_back(request);
      return list;
    };
    made.related_to_draft = [this](const Draft& draft, const RelatedRequest& request) {
      drafts.push_back(draft);
      related_requests.push_back(request);
      return links;
    };
    made.index_state = [this] { return index; };
    made.store_state = [this] { return state; };
    made.http_stats = [this] { return stats; };
    made.clock = [] { return kNow; };
    made.on_failure = [this](const Request&, const Error& error) {
      failures.push_back(error.message);
    };
    return made;
  }
};

inline Request get(std::string path, std::vector<NameValue> params = {}) {
  Request request;
  request.method = "GET";
  request.path = std::move(path);
  request.params = std::move(params);
  return request;
}

// Of what has the id that the path holds.
inline Request get_one(std::string path, std::string id, std::vector<NameValue> params = {}) {
  Request request = get(std::move(path), std::move(params));
  request.captures = {{"id", std::move(id)}};
  return request;
}

inline Request post(std::string path, std::string body) {
  Request request;
  request.method = "POST";
  request.path = std::move(path);
  request.headers = {{"content-type", "application/json"}};
  request.body = std::move(body);
  return request;
}

inline Json json_of(const Response& response) {
  return Json::parse(response.body);
}

}  // namespace broadsheet::server
