// Every parameter of every endpoint, one table each: what openapi.json has to tell, line by line.
// Rows of the type `later`, and values in `later`, are of the contract but not of this version: a
// 400 of their own. Their empty or default values are fine.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "server/api/params.h"

namespace broadsheet::server {

// One table out of two.
template <std::size_t A, std::size_t B>
constexpr std::array<ParamRow, A + B> joined(const std::array<ParamRow, A>& first,
                                             const std::array<ParamRow, B>& second) {
  std::array<ParamRow, A + B> all;
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), all.begin()));
  return all;
}

// Which articles are asked for.
inline constexpr std::array kAskParams = {
    ParamRow{.name = "q"},
    ParamRow{.name = "match", .type = ParamType::choice, .choices = "auto|all|any"},
    ParamRow{.name = "from"},
    ParamRow{.name = "to"},
    ParamRow{.name = "tz"},
    ParamRow{.name = "source", .type = ParamType::list},
    ParamRow{.name = "section", .type = ParamType::list},
    ParamRow{.name = "kicker", .type = ParamType::list},
    ParamRow{.name = "author", .type = ParamType::list},
    ParamRow{.name = "tag", .type = ParamType::list},
    ParamRow{.name = "language", .type = ParamType::list},
    ParamRow{.name = "genre", .type = ParamType::list},
    ParamRow{.name = "site", .type = ParamType::list},
    ParamRow{.name = "story", .type = ParamType::list},
    ParamRow{
        .name = "date_field", .type = ParamType::choice, .choices = "published|updated|ingested"},
    ParamRow{.name = "now"},
    ParamRow{.name = "strict", .type = ParamType::flag},
    ParamRow{.name = "timeout_ms", .type = ParamType::integer, .least = 1, .most = 60'000},
};

// A list of them, by a search or as a feed.
inline constexpr std::array kListParams =
    joined(kAskParams, std::array{ParamRow{.name = "cursor"}});

// What bends their order.
inline constexpr std::array kRecencyParams = {
    ParamRow{.name = "recency", .type = ParamType::choice, .choices = "off|archive|news|breaking"},
    ParamRow{.name = "half_life"},
};

inline constexpr std::array kExplainParams = joined(kAskParams, kRecencyParams);

inline constexpr std::array kSearchParams = joined(
    joined(kListParams, kRecencyParams),
    std::array{
        ParamRow{.name = "sort", .type = ParamType::choice, .choices = "relevance|newest|oldest"},
        ParamRow{.name = "collapse",
                 .type = ParamType::choice,
                 .choices = "duplicate|story|source|none"},
        ParamRow{.name = "limit", .type = ParamType::integer, .least = 0, .most = 100},
        ParamRow{.name = "fields",
                 .type = ParamType::list,
                 .choices =
                     "id|url|title|title_html|kicker|summary|time|published|"
                     "published_precision|updated|image|source|author|section|genre|language|"
                     "tags|status|correction|score|snippet|story|duplicates|folded|related"},
        ParamRow{.name = "highlight", .type = ParamType::choice, .choices = "html|offsets|none"},
        ParamRow{.name = "snippet_chars", .type = ParamType::integer, .least = 40, .most = 2000},
        ParamRow{.name = "related", .type = ParamType::integer, .least = 0, .most = 5},
        ParamRow{.name = "facets",
                 .type = ParamType::list,
                 .choices = "source|section|kicker|author|tag|language|genre|site|story|year"},
        ParamRow{.name = "facet_limit", .type = ParamType::integer, .least = 1, .most = 20},
        ParamRow{.name = "histogram",
                 .type = ParamType::choice,
                 .choices = "hour|day|week|month|year|auto"},
        ParamRow{.name = "explain", .type = ParamType::flag},
    });

// A list in time order has no more to choose.
inline constexpr std::array kFeedParams =
    joined(kListParams,
           std::array{
               ParamRow{.name = "collapse", .type = ParamType::choice, .choices = "duplicate|none"},
               ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 100},
           });

inline constexpr std::array kArticleByUrlParams = {
    ParamRow{.name = "url"},
};

inline constexpr std::array kRevisionsParams = {
    ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 100},
    ParamRow{.name = "before", .type = ParamType::integer, .least = 1, .most = 1'000'000'000},
};

inline constexpr std::array kStoryParams = {
    ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 100},
    ParamRow{.name = "cursor"},
};

inline constexpr std::array kTimelineParams = {
    ParamRow{.name = "since"},
};

inline constexpr std::array kChangesParams = {
    ParamRow{
        .name = "since", .type = ParamType::integer, .least = 0, .most = 1'000'000'000'000'000},
    ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 1000},
};

inline constexpr std::array kSuggestParams = {
    ParamRow{.name = "q"},
    ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 20},
    ParamRow{.name = "format", .type = ParamType::choice, .choices = "json|opensearch"},
};

inline constexpr std::array kRelatedParams = {
    ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 100},
    ParamRow{.name = "relation",
             .type = ParamType::list,
             .choices = "update|background|analysis|same_story|duplicate"},
    ParamRow{.name = "max_age"},
    ParamRow{.name = "exclude", .type = ParamType::list},
    ParamRow{.name = "collapse", .type = ParamType::choice, .choices = "duplicate|none"},
};

inline constexpr std::array kReadNextParams = {
    ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 20},
    ParamRow{.name = "exclude", .type = ParamType::list},
};

inline constexpr std::array kDraftParams = {
    ParamRow{.name = "title"},
    ParamRow{.name = "text"},
    ParamRow{.name = "limit", .type = ParamType::integer, .least = 1, .most = 100},
    ParamRow{.name = "relation",
             .type = ParamType::list,
             .choices = "update|background|analysis|same_story|duplicate"},
    ParamRow{.name = "max_age"},
    ParamRow{.name = "exclude", .type = ParamType::list},
    ParamRow{.name = "collapse", .type = ParamType::choice, .choices = "duplicate|none"},
    ParamRow{.name = "anchors", .type = ParamType::flag},
};

inline constexpr std::array kBlockParams = {
    ParamRow{.name = "both_ways", .type = ParamType::flag},
    ParamRow{.name = "reason"},
    ParamRow{.name = "by"},
    ParamRow{.name = "expires"},
};

inline constexpr std::array kPinParams = joined(
    std::array{
        ParamRow{.name = "position", .type = ParamType::integer, .least = 1, .most = 100},
    },
    kBlockParams);

inline constexpr std::array kFeedbackParams = {
    ParamRow{.name = "article"},
    ParamRow{.name = "q"},
    ParamRow{.name = "id"},
    ParamRow{.name = "verdict", .type = ParamType::choice, .choices = "accept|reject|click"},
    ParamRow{.name = "position", .type = ParamType::integer, .least = 1, .most = 1'000'000},
    ParamRow{.name = "by"},
};

inline constexpr std::array kJudgmentParams = {
    ParamRow{.name = "format", .type = ParamType::choice, .choices = "qrels|queries"},
};

}  // namespace broadsheet::server
