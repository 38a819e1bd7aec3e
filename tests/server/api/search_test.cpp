// /v1/search over a stub: what the searcher is asked, and what its answers and failures become.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

using std::chrono::steady_clock;

SearchRequest asked_for(std::vector<NameValue> params) {
  Stub stub;
  const Response response = search(stub.backend(), get("/v1/search", std::move(params)));
  EXPECT_EQ(response.status, 200) << response.body;
  return stub.searches.empty() ? SearchRequest() : stub.searches.front();
}

Json refused(std::vector<NameValue> params) {
  Stub stub;
  const Response response = search(stub.backend(), get("/v1/search", std::move(params)));
  EXPECT_EQ(response.status, 400);
  EXPECT_TRUE(stub.searches.empty());
  return json_of(response);
}

TEST(Search, says_nothing_and_gets_the_defaults) {
  const SearchRequest request = asked_for({});
  EXPECT_EQ(request.query, "");
  EXPECT_EQ(request.match, MatchMode::automatic);
  EXPECT_EQ(request.sort, Sort::relevance);
  EXPECT_EQ(request.collapse, Collapse::duplicate);
  EXPECT_EQ(request.limit, 10);
  EXPECT_EQ(request.snippet_chars, 240);
  EXPECT_EQ(request.highlight, Highlight::html);
  EXPECT_EQ(request.recency.half_life_days, 0);
  EXPECT_EQ(request.now, kNow);
  EXPECT_EQ(request.clock, kNow);
  EXPECT_TRUE(request.window.is_open());
}

TEST(Search, passes_on_what_was_asked) {
  const SearchRequest request = asked_for({{"q", "Japan tariff"},
                                           {"match", "any"},
                                           {"sort", "newest"},
                                           {"collapse", "none"},
                                           {"limit", "3"},
                                           {"highlight", "offsets"},
                                           {"snippet_chars", "80"},
                                           {"related", "2"},
                                           {"strict", "1"}});
  EXPECT_EQ(request.query, "Japan tariff");
  EXPECT_EQ(request.match, MatchMode::any);
  EXPECT_EQ(request.sort, Sort::newest);
  EXPECT_EQ(request.collapse, Collapse::none);
  EXPECT_EQ(request.limit, 3);
  EXPECT_EQ(request.highlight, Highlight::offsets);
  EXPECT_EQ(request.snippet_chars, 80);
  EXPECT_EQ(request.related, 2);
  EXPECT_TRUE(request.strict);
}

TEST(Search, lists_in_time_order_match_all_words_unless_told_otherwise) {
  EXPECT_EQ(asked_for({{"sort", "oldest"}}).match, MatchMode::all);
  EXPECT_EQ(asked_for({{"sort", "oldest"}, {"match", "auto"}}).match, MatchMode::automatic);
}

TEST(Search, now_moves_dates_and_decay_but_never_the_clock) {
  const SearchRequest request =
      asked_for({{"now", "2025-04-19T00:00:00 09:00"}, {"from", "24h"}, {"recency", "news"}});
  EXPECT_EQ(format_utc(request.now), "2025-04-18T15:00:00Z");
  EXPECT_EQ(request.window.from, request.now - 86'400);
  EXPECT_EQ(request.recency.half_life_days, 7);
  EXPECT_EQ(request.recency.now, request.now);
  EXPECT_EQ(request.clock, kNow);
}

TEST(Search, windows_are_whole_days_of_the_zone) {
  const SearchRequest request =
      asked_for({{"from", "2025-04-18"}, {"to", "2025-04-18"}, {"tz", "Asia/Tokyo"}});
  EXPECT_EQ(format_utc(request.window.from.value_or(0)), "2025-04-17T15:00:00Z");
  EXPECT_EQ(format_utc(request.window.to.value_or(0)), "2025-04-18T15:00:00Z");
}

TEST(Search, windows_hold_the_days_that_begin_in_them) {
  const SearchRequest days =
      asked_for({{"from", "2025-04-18"}, {"to", "2025-04-18"}, {"tz", "America/New_York"}});
  ASSERT_TRUE(days.dates.days);
  EXPECT_EQ(format_utc(days.dates.days->from.value_or(0)), "2025-04-18T00:00:00Z");
  EXPECT_EQ(format_utc(days.dates.days->to.value_or(0)), "2025-04-19T00:00:00Z");
  const SearchRequest times = asked_for({{"from", "2025-04-18T10:00:00Z"}});
  EXPECT_EQ(format_utc(times.dates.days.value_or(TimeWindow()).from.value_or(0)),
            "2025-04-19T00:00:00Z");
}

TEST(Search, counts_what_was_asked_for) {
  const SearchRequest request = asked_for({{"facets", "year,section,section"},
                                           {"facet_limit", "3"},
                                           {"histogram", "auto"},
                                           {"tz", " 09:00"},
                                           {"date_field", "ingested"},
                                           {"collapse", "source"}});
  ASSERT_EQ(request.facets.size(), 2U);
  EXPECT_EQ(request.facets[0].name, "section");
  EXPECT_EQ(request.facets[1].name, "year");
  EXPECT_EQ(request.facet_limit, 3);
  EXPECT_EQ(request.histogram, Interval::automatic);
  EXPECT_EQ(request.tz, "+09:00");
  EXPECT_EQ(request.dates.field, DateField::ingested);
  EXPECT_EQ(request.collapse, Collapse::source);
}

TEST(Search, bad_counts_name_their_parameter_and_what_it_takes) {
  const Json facets = refused({{"facets", "section,sektion"}});
  EXPECT_EQ(facets["param"], "facets");
  EXPECT_THAT(facets["hint"].get<std::string>(), testing::HasSubstr("section"));
  for (const NameValue& param : std::vector<NameValue>{{"histogram", "minute"},
                                                       {"facet_limit", "21"},
                                                       {"date_field", "seen"},
                                                       {"collapse", "site"}})
    EXPECT_EQ(refused({param})["param"], param.name);
}

TEST(Search, a_histogram_of_too_many_buckets_is_named) {
  Stub stub;
  stub.found = fail(ErrorCode::invalid_argument, "histogram: hour would give too many", "ask");
  const Json problem =
      json_of(search(stub.backend(), get("/v1/search", {{"histogram", "hour"}, {"cursor", "x"}})));
  EXPECT_EQ(problem["param"], "histogram");
  EXPECT_EQ(problem["detail"], "Hour would give too many.");
}

TEST(Search, counts_are_written_as_the_contract_shows_them) {
  Stub stub;
  stub.found->facets = {{{"section"}, {{"world", "", 18}}, false},
                        {{"source", Field::source, true}, {{"cgtn", "CGTN", 9}}, true}};
  stub.found->histogram = Histogram{Interval::day, {{"2025-04-18", 9, 9.0 / 140}}, true};
  const Json answer = json_of(search(stub.backend(), get("/v1/search", {{"tz", "Asia/Tokyo"}})));
  EXPECT_EQ(answer["facets"].dump(),
            R"({"section":[{"value":"world","count":18}],)"
            R"("source":[{"value":"cgtn","name":"CGTN","count":9}]})");
  EXPECT_EQ(answer["histogram"].dump(),
            R"({"interval":"day","tz":"Asia/Tokyo",)"
            R"("buckets":[{"start":"2025-04-18","count":9,"share":0.064286}]})");
  EXPECT_EQ(answer["sampled"].dump(), R"(["source","histogram"])");
}

TEST(Search, filters_come_from_lists_and_arrays_alike) {
  Stub stub;
  const Response response = search(
      stub.backend(), post("/v1/search", R"({"source":["cgtn","-reuters"],"tag":[["a"],["b"]]})"));
  ASSERT_EQ(response.status, 200);
  const SearchRequest in_query =
      asked_for({{"source", "cgtn,-reuters"}, {"tag", "a"}, {"tag", "b"}});
  const auto& filters = stub.searches.front().filters;
  ASSERT_EQ(filters.size(), 4U);
  ASSERT_EQ(in_query.filters.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(filters[i].field, in_query.filters[i].field);
    EXPECT_EQ(filters[i].values, in_query.filters[i].values);
    EXPECT_EQ(filters[i].excluded, in_query.filters[i].excluded);
  }
}

TEST(Search, the_deadline_counts_from_the_arrival_of_the_request) {
  Stub stub;
  Request request = get("/v1/search", {{"timeout_ms", "50"}});
  request.accepted_at = steady_clock::now() - std::chrono::milliseconds(20);
  ASSERT_EQ(search(stub.backend(), request).status, 200);
  EXPECT_EQ(stub.searches.front().deadline, request.accepted_at + std::chrono::milliseconds(50));
}

TEST(Search, bad_times_name_their_parameter) {
  for (const NameValue& param : std::vector<NameValue>{{"from", "soon"},
                                                       {"to", "2025-02-30"},
                                                       {"tz", "Mars/Olympus"},
                                                       {"now", "yesterday"},
                                                       {"half_life", "fast"},
                                                       {"recency", "latest"}}) {
    const Json problem = refused({param});
    EXPECT_EQ(problem["param"], param.name);
    EXPECT_EQ(problem["code"], "bad_parameter");
    EXPECT_FALSE(problem["hint"].is_null()) << param.name;
  }
  const Json reversed = refused({{"from", "2025-04-18"}, {"to", "2025-04-01"}});
  EXPECT_EQ(reversed["param"], "from");
  EXPECT_EQ(reversed["detail"], "from lies after to.");
  EXPECT_EQ(refused({{"cursor", "x"}, {"now", "garbage"}})["param"], "now");
}

TEST(Search, one_half_life_is_enough) {
  const Json problem = refused({{"recency", "news"}, {"half_life", "3d"}});
  EXPECT_EQ(problem["param"], "half_life");
  EXPECT_THAT(problem["detail"].get<std::string>(), testing::HasSubstr("recency"));
}

TEST(Search, a_strict_error_keeps_the_spelling_of_a_field) {
  Stub stub;
  stub.found = fail(ErrorCode::invalid_argument, "title: has no value, at byte 0");
  const Response response =
      search(stub.backend(), get("/v1/search", {{"q", "title:"}, {"strict", "true"}}));
  EXPECT_EQ(json_of(response)["detail"], "title: has no value.");
}

TEST(Search, a_strict_error_carries_its_position_in_characters) {
  Stub stub;
  stub.found = fail(ErrorCode::invalid_argument, "q: a quote is never closed, at byte 7");
  const Response response =
      search(stub.backend(), get("/v1/search", {{"q", "日本 \"a"}, {"strict", "true"}}));
  EXPECT_EQ(response.status, 400);
  const Json problem = json_of(response);
  EXPECT_EQ(problem["param"], "q");
  EXPECT_EQ(problem["position"], 3);
  EXPECT_EQ(problem["detail"], "A quote is never closed.");
}

TEST(Search, a_cursor_that_is_refused_is_named) {
  Stub stub;
  stub.found = fail(ErrorCode::invalid_argument,
                    "this cursor belongs to another search",
                    "send it with the same parameters");
  const Json problem = json_of(search(stub.backend(), get("/v1/search", {{"cursor", "x"}})));
  EXPECT_EQ(problem["param"], "cursor");
  EXPECT_EQ(problem["detail"], "This cursor belongs to another search.");
  EXPECT_EQ(problem["hint"], "Send it with the same parameters.");
}

TEST(Search, failures_of_the_inside_stay_inside) {
  struct Row {
    ErrorCode code;
    int status;
  };

  for (const Row& row : {Row{ErrorCode::unavailable, 503},
                         Row{ErrorCode::not_found, 503},
                         Row{ErrorCode::version_mismatch, 503},
                         Row{ErrorCode::corrupt, 500},
                         Row{ErrorCode::internal, 500}}) {
    Stub stub;
    stub.found = fail(row.code, "disk /secret/path is broken");
    const Response response = search(stub.backend(), get("/v1/search"));
    EXPECT_EQ(response.status, row.status);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_THAT(response.body, testing::Not(testing::HasSubstr("secret")));
    EXPECT_THAT(stub.failures, testing::ElementsAre("disk /secret/path is broken"));
  }
}

TEST(Search, nothing_stored_yet_is_503_with_the_hint) {
  Stub stub;
  stub.found = fail(ErrorCode::unavailable, "there is no catalog in /srv/news", "add some");
  const Response response = search(stub.backend(), get("/v1/search"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(json_of(response)["hint"], "Add some.");
  EXPECT_THAT(response.body, testing::Not(testing::HasSubstr("/srv")));
}

TEST(Search, a_deadline_with_nothing_to_show_is_504_and_with_something_partial) {
  Stub stub;
  stub.found->partial = true;
  const Response some = search(stub.backend(), get("/v1/search"));
  EXPECT_EQ(some.status, 200);
  EXPECT_EQ(json_of(some)["partial"], true);
  stub.found->hits.clear();
  EXPECT_EQ(search(stub.backend(), get("/v1/search")).status, 200) << "phrases took their share";
  Request late = get("/v1/search");
  late.accepted_at = std::chrono::steady_clock::now() - std::chrono::hours(1);
  const Response none = search(stub.backend(), late);
  EXPECT_EQ(none.status, 504);
  EXPECT_EQ(json_of(none)["code"], "timeout");
}

TEST(Search, warnings_have_positions_in_characters) {
  Stub stub;
  stub.found->warnings = {{"a quote was closed", 7}};
  const Response response = search(stub.backend(), get("/v1/search", {{"q", "日本 \"a"}}));
  EXPECT_EQ(json_of(response)["query"]["warnings"],
            Json::parse(R"([{"message":"a quote was closed","position":3}])"));
}

Json first_hit(std::vector<NameValue> params) {
  Stub stub;
  return json_of(search(stub.backend(), get("/v1/search", std::move(params))))["hits"][0];
}

TEST(Search, fields_selects_members_in_the_order_of_the_contract) {
  EXPECT_EQ(first_hit({{"fields", "title,id"}}).dump(),
            R"({"id":"20250418-japan-talks","title":"Japan \"talks\" & more"})");
}

TEST(Search, fields_spares_the_work_for_what_is_left_out) {
  Stub stub;
  EXPECT_EQ(search(stub.backend(), get("/v1/search", {{"related", "3"}})).status, 200);
  EXPECT_EQ(stub.searches.back().related, 3);
  EXPECT_TRUE(stub.searches.back().wants_snippets);
  EXPECT_TRUE(stub.searches.back().wants_title_html);
  EXPECT_EQ(search(stub.backend(), get("/v1/search", {{"related", "3"}, {"fields", "id"}})).status,
            200);
  EXPECT_EQ(stub.searches.back().related, 0);
  EXPECT_FALSE(stub.searches.back().wants_snippets);
  EXPECT_FALSE(stub.searches.back().wants_title_html);
}

TEST(Search, fields_knows_every_member_of_a_hit) {
  const auto choices = split_choices(find_row(kSearchParams, "fields")->choices);
  EXPECT_EQ(choices, hit_member_names());
}

TEST(Search, highlight_takes_html_members_away) {
  for (const std::string highlight : {"offsets", "none"}) {
    const Json hit = first_hit({{"highlight", highlight}});
    EXPECT_FALSE(hit.contains("title_html"));
    EXPECT_FALSE(hit["snippet"].contains("html"));
    EXPECT_EQ(hit["snippet"]["matches"].size(), highlight == "none" ? 0U : 1U);
  }
}

TEST(Search, the_whole_answer_is_as_the_contract_shows_it) {
  const std::string file = std::string(BROADSHEET_SOURCE_DIR) + "/tests/golden/api/search.json";
  Stub stub;
  stub.found->hits.push_back(Hit{});
  stub.found->hits.back().article.article.id = "bare";
  Json answer = json_of(
      search(stub.backend(), get("/v1/search", {{"q", "Japan tariff"}, {"half_life", "36h"}})));
  EXPECT_GE(answer["took_ms"].get<double>(), 0);
  answer["took_ms"] = 0;
  const std::string text = answer.dump(2) + "\n";
  if (std::getenv("BROADSHEET_UPDATE_GOLDEN") != nullptr) std::ofstream(file) << text;
  std::stringstream golden;
  golden << std::ifstream(file).rdbuf();
  EXPECT_EQ(text, golden.str());
}

}  // namespace
}  // namespace broadsheet::server
