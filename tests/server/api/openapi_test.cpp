// openapi.json is written by hand; here it is held against the route table, the parameter tables
// and the answers, in both directions.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "server/api/routes.h"
#include "tests/server/api/stub_backend.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

const Json& document() {
  static const Json kDocument = Json::parse(openapi_text());
  return kDocument;
}

Json resolved(const Json& schema) {
  if (!schema.contains("$ref")) return schema;
  const std::string target = schema["$ref"];
  return document().at(Json::json_pointer(target.substr(1)));
}

std::string lower(std::string_view text) {
  std::string lowered;
  for (const char c : text)
    lowered += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return lowered;
}

const Json* operation_of(const RouteRow& row) {
  const Json& paths = document()["paths"];
  const std::string pattern(row.pattern);
  const std::string method = lower(row.method);
  if (!paths.contains(pattern) || !paths[pattern].contains(method)) return nullptr;
  return &paths[pattern][method];
}

// The schemas of an operation's parameters by name: of the query string and of the body.
std::map<std::string, Json> described_params(const Json& operation) {
  std::map<std::string, Json> described;
  for (const Json& param : operation.value("parameters", Json::array())) {
    if (param["in"] == "query") described[param["name"]] = param["schema"];
  }
  if (operation.contains("requestBody")) {
    const Json& schema = operation["requestBody"]["content"]["application/json"]["schema"];
    for (const auto& [name, property] : schema["properties"].items())
      described[name] = property;
  }
  return described;
}

bool has_type(const Json& schema, const std::string& type) {
  const Json& types = schema["type"];
  return types.is_array() ? std::find(types.begin(), types.end(), type) != types.end()
                          : types == type;
}

// Without null, which a body may have in place of any value.
std::vector<std::string> words(const Json& choices) {
  std::vector<std::string> all;
  for (const Json& choice : choices) {
    if (!choice.is_null()) all.push_back(choice);
  }
  return all;
}

std::vector<std::string> words(std::string_view choices) {
  const auto parts = split_choices(choices);
  return {parts.begin(), parts.end()};
}

void compare(const ParamRow& row, const Json& schema) {
  switch (row.type) {
    case ParamType::integer:
      EXPECT_TRUE(has_type(schema, "integer"));
      EXPECT_EQ(schema.value("minimum", std::int64_t{-1}), row.least);
      EXPECT_EQ(schema.value("maximum", std::int64_t{-1}), row.most);
      break;
    case ParamType::choice:
      EXPECT_EQ(words(schema["enum"]), words(row.choices));
      break;
    case ParamType::list:
      EXPECT_TRUE(has_type(schema, "array"));
      if (!row.choices.empty()) {
        EXPECT_EQ(words(schema["items"]["enum"]), words(row.choices));
      }
      break;
    case ParamType::flag:
      EXPECT_TRUE(has_type(schema, "boolean"));
      break;
    default:
      EXPECT_TRUE(has_type(schema, "string"));
  }
}

TEST(OpenApi, every_route_and_parameter_is_described) {
  for (const RouteRow& row : route_rows()) {
    SCOPED_TRACE(std::string(row.method) + " " + std::string(row.pattern));
    const Json* operation = operation_of(row);
    ASSERT_NE(operation, nullptr);
    const auto described = described_params(*operation);
    for (const ParamRow& param : row.params) {
      SCOPED_TRACE(std::string(param.name));
      const auto found = described.find(std::string(param.name));
      ASSERT_NE(found, described.end());
      compare(param, found->second);
    }
  }
}

TEST(OpenApi, nothing_is_described_that_is_not_there) {
  for (const auto& [path, methods] : document()["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      SCOPED_TRACE(method + " " + path);
      const RouteRow* route = nullptr;
      for (const RouteRow& row : route_rows()) {
        if (row.pattern == path && lower(row.method) == method) route = &row;
      }
      ASSERT_NE(route, nullptr);
      for (const auto& [name, schema] : described_params(operation)) {
        EXPECT_NE(find_row(route->params, name), nullptr) << name;
      }
    }
  }
}

TEST(OpenApi, every_operation_tells_its_refusals) {
  for (const RouteRow& row : route_rows()) {
    SCOPED_TRACE(std::string(row.method) + " " + std::string(row.pattern));
    const Json& responses = (*operation_of(row))["responses"];
    for (const char* status : {"200", "400", "405", "503", "default"})
      EXPECT_TRUE(responses.contains(status)) << status;
  }
}

TEST(OpenApi, every_member_of_a_body_may_be_null) {
  for (const RouteRow& row : route_rows()) {
    if (row.method != "POST") continue;
    for (const auto& [name, schema] : described_params(*operation_of(row)))
      EXPECT_TRUE(has_type(schema, "null")) << name;
  }
}

// A checker for the few words of JSON Schema that the document uses.
class SchemaCheck {
 public:
  void check(const Json& value, const Json& raw_schema, const std::string& where) {
    const Json schema = resolved(raw_schema);
    if (schema.contains("oneOf")) return check_one_of(value, schema["oneOf"], where);
    if (schema.contains("type") && !has_type(schema, type_of(value))) {
      const bool is_whole = value.is_number_integer() && has_type(schema, "number");
      if (!is_whole) ADD_FAILURE() << where << " is " << type_of(value);
    }
    if (schema.contains("enum")) {
      const Json& choices = schema["enum"];
      EXPECT_NE(std::find(choices.begin(), choices.end(), value), choices.end()) << where;
    }
    if (value.is_object()) check_members(value, schema, where);
    if (value.is_array() && schema.contains("items")) {
      for (const Json& element : value)
        check(element, schema["items"], where + "[]");
    }
  }

 private:
  static std::string type_of(const Json& value) {
    if (value.is_null()) return "null";
    if (value.is_number_integer()) return "integer";
    return value.type_name();
  }

  void check_one_of(const Json& value, const Json& schemas, const std::string& where) {
    // Always an object or null here.
    check(value, value.is_null() ? Json{{"type", "null"}} : schemas[0], where);
  }

  void check_members(const Json& value, const Json& schema, const std::string& where) {
    if (!schema.contains("properties")) return;
    for (const auto& [name, member] : value.items()) {
      if (schema["properties"].contains(name)) {
        check(member, schema["properties"][name], where + "." + name);
      } else {
        ADD_FAILURE() << where << "." << name << " is not described";
      }
    }
    for (const std::string name : schema.value("required", Json::array())) {
      EXPECT_TRUE(value.contains(name)) << where << "." << name << " is missing";
    }
  }
};

void check_answer(const Response& response, const std::string& schema) {
  SchemaCheck().check(json_of(response), document()["components"]["schemas"][schema], schema);
}

TEST(OpenApi, answers_have_the_shape_that_is_described) {
  Stub stub;
  stub.found->warnings = {{"cut", 0}};
  stub.found->hits[0].explanation = sample_explanation();
  const Backend backend = stub.backend();
  const Response whole = search(backend, get("/v1/search", {{"q", "a"}}));
  check_answer(whole, "SearchResponse");
  const Json hit_schema = document()["components"]["schemas"]["Hit"];
  EXPECT_EQ(json_of(whole)["hits"][0].size(), hit_schema["properties"].size());
  check_answer(search(backend, get("/v1/search", {{"highlight", "none"}})), "SearchResponse");
  stub.found->facets = {{{"section"}, {{"a", "", 1}}, false},
                        {{"source", Field::source, true}, {{"a", "A", 1}}, true}};
  stub.found->histogram = Histogram{Interval::day, {{"2025-04-18", 9, 0.5}}, true};
  stub.found->hits[0].folded = 3;
  check_answer(search(backend, get("/v1/search")), "SearchResponse");
  check_answer(article(backend, get("/v1/articles/x")), "Article");
  check_answer(revisions(backend, get("/v1/articles/x/revisions")), "Revisions");
  check_answer(story(backend, get("/v1/stories/x")), "StoryPage");
  check_answer(timeline(backend, get("/v1/stories/x/timeline")), "Timeline");
  check_answer(changes(backend, get("/v1/changes")), "Changes");
  check_answer(explain(backend, get("/v1/articles/x/explain", {{"q", "a"}})), "ExplainResponse");
  check_answer(related(backend, get("/v1/articles/x/related")), "RelatedResponse");
  check_answer(read_next(backend, get("/v1/articles/x/read_next")), "ReadNext");
  check_answer(related_to_draft(backend, post("/v1/related", R"({"text":"a"})")),
               "RelatedResponse");
  tests::TempDir folder;
  Desk desk(folder.path());
  Backend with_desk = backend;
  with_desk.desk = &desk;
  with_desk.is_desk_open = true;
  Request pin = get("/v1/articles/x/related/pins/y");
  pin.pattern = "/v1/articles/{id}/related/pins/{other}";
  pin.captures = {{"id", "x"}, {"other", "y"}};
  with_desk.article = [](const std::string& id) -> Result<StoredArticle> {
    StoredArticle stored = sample_article();
    stored.article.id = id;
    return stored;
  };
  check_answer(put_decision(with_desk, pin), "Decision");
  check_answer(list_decisions(with_desk, pin), "Decisions");
  check_answer(
      give_feedback(with_desk, post("/v1/feedback", R"({"q":"a","id":"b","verdict":"click"})")),
      "FeedbackTaken");
  check_answer(readyz(backend, get("/readyz")), "Ready");
  check_answer(version(backend, get("/version")), "Version");
  check_answer(search(backend, get("/v1/search", {{"limit", "x"}, {"a", "b"}})), "Problem");
}

TEST(OpenApi, examples_have_the_shape_that_is_described) {
  for (const auto& [path, methods] : document()["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      const Json& content = operation["responses"]["200"]["content"];
      for (const auto& [type, media] : content.items()) {
        if (media.contains("example")) {
          SchemaCheck().check(media["example"], media["schema"], method + " " + path);
        }
      }
    }
  }
}

TEST(OpenApi, every_reference_leads_somewhere) {
  const std::string text(openapi_text());
  const std::string mark = R"("$ref": "#)";
  std::size_t count = 0;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    const std::string pointer = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_TRUE(document().contains(Json::json_pointer(pointer))) << pointer;
    ++count;
  }
  EXPECT_GT(count, 20U);
}

TEST(OpenApi, is_what_the_endpoint_answers) {
  Stub stub;
  const Response response = openapi(stub.backend(), get("/openapi.json"));
  EXPECT_EQ(response.body, openapi_text());
  EXPECT_EQ(document()["openapi"], "3.1.0");
}

TEST(Routes, each_row_becomes_a_route) {
  Stub stub;
  const std::vector<Route> routes = make_routes(stub.backend());
  ASSERT_EQ(routes.size(), route_rows().size());
  std::set<std::pair<std::string, std::string>> names;
  for (const Route& route : routes)
    EXPECT_TRUE(names.emplace(route.method, route.pattern).second);
  EXPECT_EQ(routes.front().handler(get("/v1/search")).status, 200);
}

TEST(Routes, rows_without_a_table_take_no_parameters) {
  Stub stub;
  for (const Route& route : make_routes(stub.backend())) {
    if (route.method != "GET") continue;
    const Response response = route.handler(get(route.pattern, {{"nonsense", "1"}}));
    EXPECT_EQ(response.status, 400) << route.pattern;
    EXPECT_EQ(json_of(response)["code"], "unknown_parameter") << route.pattern;
  }
}

}  // namespace
}  // namespace broadsheet::server
