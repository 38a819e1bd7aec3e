// Parameters are read by table, the same from a query string and from a JSON body; everything a
// client can get wrong is answered with the parameter's name and what would be right.
#include "server/api/params.h"

#include <gtest/gtest.h>

#include "server/api/param_tables.h"
#include "server/search/filters.h"
#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

ReadParams from_query(std::vector<NameValue> params) {
  return read_query_params(kSearchParams, get("/v1/search", std::move(params)));
}

ReadBody from_body(std::string body) {
  return read_body_params(kSearchParams, post("/v1/search", std::move(body)));
}

TEST(ApiParams, a_query_string_and_a_body_say_the_same) {
  const ReadParams query = from_query({{"q", "Japan tariff"}, {"limit", "3"}, {"strict", "true"}});
  const ReadBody body = from_body(R"({"q":"Japan tariff","limit":3,"strict":true})");
  ASSERT_FALSE(body.problem);
  for (const ReadParams* read : {&query, &body.read}) {
    EXPECT_TRUE(read->faults.empty());
    EXPECT_EQ(read->params.text("q"), "Japan tariff");
    EXPECT_EQ(read->params.integer("limit"), 3);
    EXPECT_TRUE(read->params.flag("strict"));
    EXPECT_EQ(read->params.text("cursor"), "");
    EXPECT_EQ(read->params.integer("related"), std::nullopt);
  }
}

TEST(ApiParams, lists_split_at_commas_in_text_but_not_in_arrays) {
  const ReadParams query = from_query({{"fields", "id, title,,"}, {"fields", "url"}});
  EXPECT_EQ(query.params.values("fields"), (std::vector<std::string>{"id", "title", "url"}));
  const ReadBody body = from_body(R"({"source":["Acme, Inc."],"tag":[["a"],["b","c"]]})");
  EXPECT_EQ(body.read.params.values("source"), std::vector<std::string>{"Acme, Inc."});
  EXPECT_EQ(body.read.params.list("tag")->apart.size(), 2U);
  const ReadParams escaped = from_query({{"author", R"(Smith\, Jo,Lee)"}});
  EXPECT_EQ(escaped.params.values("author"), (std::vector<std::string>{"Smith, Jo", "Lee"}));
}

TEST(ApiParams, a_wrong_value_names_parameter_and_what_is_right) {
  struct Row {
    NameValue param;
    std::string detail;
    std::string hint;
  };

  const std::string limit = "limit is a whole number from 0 to 100.";
  for (const Row& row : {
           Row{{"limit", "101"}, limit, ""},
           Row{{"limit", "-1"}, limit, ""},
           Row{{"limit", "3x"}, limit, ""},
           Row{{"limit", " 3"}, limit, ""},
           Row{{"limit", "99999999999999999999"}, limit, ""},
           Row{{"related", "6"}, "related is a whole number from 0 to 5.", ""},
           Row{{"snippet_chars", "39"}, "snippet_chars is a whole number from 40 to 2000.", ""},
           Row{{"timeout_ms", "0"}, "timeout_ms is a whole number from 1 to 60000.", ""},
           Row{{"strict", "maybe"}, "strict is true or false.", ""},
           Row{{"sort", "best"},
               "\"best\" is no value of sort.",
               "One of: relevance, newest, oldest."},
           Row{{"collapse", "site"},
               "\"site\" is no value of collapse.",
               "One of: duplicate, story, source, none."},
           Row{{"facets", "section,colour"},
               "\"colour\" is no value of facets.",
               "One of: source, section, kicker, author, tag, language, genre, site, story, year."},
           Row{{"limt", "3"}, "There is no parameter \"limt\" here.", "Did you mean \"limit\"?"},
           Row{{"snipet_char", "3"},
               "There is no parameter \"snipet_char\" here.",
               "Did you mean \"snippet_chars\"?"},
       }) {
    const ReadParams read = from_query({row.param});
    ASSERT_FALSE(read.faults.empty()) << row.param.name << "=" << row.param.value;
    const Problem problem = read.faults.problem();
    EXPECT_EQ(problem.status, 400);
    EXPECT_EQ(problem.param, row.param.name);
    EXPECT_EQ(problem.detail, row.detail);
    EXPECT_EQ(problem.hint.value_or(""), row.hint);
  }
}

TEST(ApiParams, a_blank_value_counts_as_not_given) {
  for (const char* name : {"q", "limit", "strict", "sort", "tag", "facets", "story", "explain"}) {
    for (const char* blank : {"", " ", "\t "}) {
      const ReadParams read = from_query({{name, blank}});
      EXPECT_TRUE(read.faults.empty()) << name;
      EXPECT_EQ(read.params.integer(name), std::nullopt) << name;
      EXPECT_TRUE(read.params.values(name).empty()) << name;
    }
  }
  const ReadBody body = from_body(R"({"limit":"","strict":" ","tag":""})");
  EXPECT_TRUE(body.read.faults.empty());
  EXPECT_EQ(body.read.params.integer("limit"), std::nullopt);
}

TEST(ApiParams, defaults_may_be_given) {
  for (const NameValue& param : std::vector<NameValue>{
           {"date_field", "published"}, {"explain", "false"}, {"facets", " , "}}) {
    EXPECT_TRUE(from_query({param}).faults.empty()) << param.name;
  }
  const ReadBody search =
      from_body(R"({"facets":[],"histogram":null,"story":"","explain":false,"date_field":null})");
  EXPECT_TRUE(search.read.faults.empty());
  for (const char* body : {R"({"text":"a","anchors":null})", R"({"text":"a","anchors":false})"}) {
    EXPECT_TRUE(read_body_params(kDraftParams, post("/v1/related", body)).read.faults.empty());
  }
}

TEST(ApiParams, what_is_no_value_is_told) {
  for (const NameValue& param : std::vector<NameValue>{{"date_field", "born"},
                                                       {"explain", "perhaps"},
                                                       {"facets", "colour"},
                                                       {"histogram", "decade"}}) {
    EXPECT_EQ(from_query({param}).faults.problem().code, "bad_parameter") << param.name;
  }
  EXPECT_EQ(from_query({{"histogram", "decade"}}).faults.problem().hint,
            "One of: hour, day, week, month, year, auto.");
  EXPECT_EQ(from_body(R"({"facets":[1]})").read.faults.problem().code, "bad_parameter");
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

TEST(ApiParams, the_lists_of_a_request_have_at_most_a_thousand_values) {
  const std::string half = repeated("a,", 499) + "a";
  EXPECT_TRUE(from_query({{"tag", half}, {"source", half}}).faults.empty());
  EXPECT_EQ(from_query({{"tag", half}, {"source", half}, {"tag", "b"}}).faults.problem().param,
            "tag");
  EXPECT_EQ(from_body("{\"tag\":\"" + repeated("a,", 1000) + "a\"}").read.faults.problem().param,
            "tag");
  const std::string array = "[" + repeated("\"a\",", 600) + "\"a\"]";
  EXPECT_TRUE(from_body("{\"tag\":" + array + "}").read.faults.empty());
  const ReadBody both = from_body("{\"tag\":" + array + ",\"author\":" + array + "}");
  EXPECT_EQ(both.read.faults.problem().status, 400);
}

TEST(ApiParams, a_member_that_fields_does_not_know_is_told) {
  const ReadParams read = from_query({{"fields", "id,titel"}});
  ASSERT_FALSE(read.faults.empty());
  EXPECT_EQ(read.faults.problem().detail, "\"titel\" is no value of fields.");
}

TEST(ApiParams, a_scalar_given_twice_is_refused_and_a_list_is_not) {
  EXPECT_EQ(from_query({{"q", "a"}, {"q", "b"}}).faults.problem().detail,
            "q is given more than once.");
  EXPECT_TRUE(from_query({{"tag", "a"}, {"tag", "b"}}).faults.empty());
  const ReadBody body = from_body(R"({"q":"a","q":"b"})");
  EXPECT_EQ(body.read.faults.problem().detail, "\"q\" is given more than once.");
}

TEST(ApiParams, several_mistakes_are_told_at_once) {
  const Problem problem =
      from_query({{"limit", "x"}, {"srot", "new"}, {"sort", "new"}}).faults.problem();
  EXPECT_EQ(problem.param, "limit");
  ASSERT_EQ(problem.errors.size(), 3U);
  EXPECT_EQ(problem.errors[1].param, "srot");
  EXPECT_EQ(problem.errors[1].detail,
            "There is no parameter \"srot\" here. Did you mean \"sort\"?");
}

TEST(ApiParams, a_thousand_unknown_names_get_a_short_answer) {
  std::vector<NameValue> params;
  for (int i = 0; i < 1000; ++i)
    params.push_back({std::string(500, 'x') + std::to_string(i), ""});
  const Problem problem = from_query(params).faults.problem();
  EXPECT_EQ(problem.errors.size(), Faults::kMostFaults);
  EXPECT_LT(problem.detail.size(), 120U);
}

TEST(ApiParams, cited_text_is_cut_between_characters) {
  const std::string text = cited(std::string(63, 'a') + "日本");
  EXPECT_EQ(text, std::string(63, 'a') + "…");
}

TEST(ParamsBody, wrong_types_name_the_parameter) {
  for (const auto& [body, param] : std::vector<std::pair<std::string, std::string>>{
           {R"({"limit":"3"})", "limit"},
           {R"({"limit":3.5})", "limit"},
           {R"({"limit":18446744073709551615})", "limit"},
           {R"({"limit":-5})", "limit"},
           {R"({"q":3})", "q"},
           {R"({"q":["a"]})", "q"},
           {R"({"strict":"yes"})", "strict"},
           {R"({"tag":[1]})", "tag"},
           {R"({"tag":{"a":1}})", "tag"},
           {R"({"sort":"best"})", "sort"},
           {R"({"facets":["colour"]})", "facets"},
           {R"({"fields":["nope"]})", "fields"},
           {R"({"nope":1})", "nope"}}) {
    const ReadBody read = from_body(body);
    ASSERT_FALSE(read.problem) << body;
    ASSERT_FALSE(read.read.faults.empty()) << body;
    EXPECT_EQ(read.read.faults.problem().param, param);
    EXPECT_EQ(read.read.faults.problem().status, 400);
  }
}

TEST(ParamsBody, null_counts_as_left_out) {
  const ReadBody read = from_body(R"({"q":null,"limit":null,"tag":null})");
  EXPECT_TRUE(read.read.faults.empty());
  EXPECT_EQ(read.read.params.list("tag"), nullptr);
}

TEST(ParamsBody, what_is_no_json_object_is_refused_with_the_position) {
  for (const auto& [body, position] :
       std::vector<std::pair<std::string, std::optional<std::size_t>>>{
           {"", std::nullopt},
           {"[]", std::nullopt},
           {"\"q\"", std::nullopt},
           {R"({"q":"日本",})", 10},
           {"{\"q\":\"\xFF\"}", 6},
           {"{", 1},
           {R"({"limit":1e999})", std::nullopt},
           {R"({"tag":[[[[1]]]]})", 10}}) {
    const ReadBody read = from_body(body);
    ASSERT_TRUE(read.problem) << body;
    EXPECT_EQ(read.problem->status, 400);
    EXPECT_EQ(read.problem->code, "bad_json");
    EXPECT_EQ(read.problem->position, position) << body;
  }
}

TEST(ParamsBody, only_json_is_read) {
  Request request = post("/v1/search", R"({"q":"a"})");
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  EXPECT_EQ(read_body_params(kSearchParams, request).problem->status, 415);
  for (const std::string type : {"Application/JSON ; charset=utf-8", "application/json"}) {
    request.headers = {{"content-type", type}};
    EXPECT_FALSE(read_body_params(kSearchParams, request).problem) << type;
  }
  request.headers.clear();
  EXPECT_FALSE(read_body_params(kSearchParams, request).problem);
}

TEST(ParamsBody, parameters_in_the_address_of_a_post_are_refused) {
  Request request = post("/v1/search", R"({"q":"a"})");
  request.params = {{"limit", "3"}};
  EXPECT_EQ(read_body_params(kSearchParams, request).read.faults.problem().param, "limit");
}

TEST(ParamsBody, bombs_are_refused_without_harm) {
  const std::string deep(1'000'000, '[');
  const std::string garbage(1'000'000, '\xFE');
  std::string many = "{\"a0\":1";
  for (int i = 1; i < 60'000; ++i)
    many += ",\"a" + std::to_string(i) + "\":1";
  many += "}";
  std::string wide = R"({"tag":[)";
  for (int i = 0; i < 100'000; ++i)
    wide += "\"a\",";
  wide += "\"a\"]}";
  EXPECT_TRUE(from_body(deep).problem);
  EXPECT_TRUE(from_body("{\"q\":" + deep).problem);
  EXPECT_TRUE(from_body(garbage).problem);
  EXPECT_EQ(from_body(many).read.faults.problem().errors.size(), Faults::kMostFaults);
  EXPECT_EQ(from_body(wide).read.faults.problem().param, "tag");
}

TEST(ParamTables, every_filter_is_a_parameter_of_search) {
  for (const FilterRow& filter : kFilters) {
    const ParamRow* row = find_row(kSearchParams, filter.parameter);
    ASSERT_NE(row, nullptr) << filter.parameter;
    EXPECT_EQ(row->type, ParamType::list);
  }
}

}  // namespace
}  // namespace broadsheet::server
