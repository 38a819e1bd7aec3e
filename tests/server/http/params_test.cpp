// Proves how a target becomes text: split first, decode after, and nothing that is not UTF-8.
#include "server/http/params.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

TEST(Params, percent_signs_are_decoded) {
  EXPECT_EQ(percent_decode("a%2Fb%2f", PlusSign::literal), "a/b/");
  EXPECT_EQ(percent_decode("a+b", PlusSign::literal), "a+b");
  EXPECT_EQ(percent_decode("a+b%2B", PlusSign::space), "a b+");
  EXPECT_EQ(percent_decode("%00", PlusSign::space), std::string(1, '\0'));
  for (const char* bad : {"%", "%2", "%zz", "%f", "%u0041", "%ff", "%C3"}) {
    EXPECT_EQ(percent_decode(bad, PlusSign::space), std::nullopt) << bad;
  }
}

TEST(Params, a_target_is_cut_at_its_first_question_mark) {
  struct Case {
    const char* target;
    const char* path;
    const char* query;
  };

  const std::vector<Case> cases{
      {"/", "/", ""},
      {"/v1/search?q=a?b", "/v1/search", "q=a?b"},
      {"/a%3Fb", "/a%3Fb", ""},
      {"http://host:80/v1/search?q=a", "/v1/search", "q=a"},
      {"http://host?q=a", "/", "q=a"},
      {"http://host", "/", ""},
      {"/http://inner/x", "/http://inner/x", ""},
      {"*", "*", ""},
  };
  for (const Case& row : cases) {
    const TargetParts parts = split_target(row.target);
    EXPECT_EQ(parts.path, row.path) << row.target;
    EXPECT_EQ(parts.query, row.query) << row.target;
  }
}

std::string shown(const ParsedQuery& query) {
  std::string text;
  for (const NameValue& param : query.params)
    text += "[" + param.name + "=" + param.value + "]";
  return query.fault ? text + "!" + *query.fault : text;
}

TEST(Params, a_query_keeps_order_and_repeats) {
  EXPECT_EQ(shown(parse_query("")), "");
  EXPECT_EQ(shown(parse_query("b=2&a=1&b=3")), "[b=2][a=1][b=3]");
  EXPECT_EQ(shown(parse_query("q=Japan+tariff&&x&y=&")), "[q=Japan tariff][x=][y=]");
  EXPECT_EQ(shown(parse_query("a=b=c")), "[a=b=c]");
  EXPECT_EQ(shown(parse_query("a%26b=c%3Dd")), "[a&b=c=d]");
  EXPECT_EQ(shown(parse_query("q=%E6%97%A5&r=\xe6\x97\xa5")), "[q=\xe6\x97\xa5][r=\xe6\x97\xa5]");
}

TEST(Params, the_parameter_at_fault_is_named) {
  EXPECT_EQ(shown(parse_query("a=1&q=%zz&b=2")), "[a=1]!q");
  EXPECT_EQ(shown(parse_query("my+name=%ff")), "!my name");
  EXPECT_EQ(shown(parse_query("q%zz=1")), "!q%zz");
  EXPECT_EQ(shown(parse_query("\xff=1")), "!");
}

TEST(Params, a_path_for_a_log_is_visible_ascii) {
  EXPECT_EQ(percent_encode_raw("/a%2F\xc3\xa9\x1b"), "/a%2F%C3%A9%1B");
}

TEST(Params, thousands_of_parameters_cost_no_time) {
  std::string query;
  for (int i = 0; i < 4'000; ++i)
    query += "a&";
  EXPECT_EQ(parse_query(query).params.size(), 4'000U);
}

}  // namespace
}  // namespace broadsheet::server
