// Whatever the bytes, what is written parses back as JSON; valid text comes back as it was.
#include "server/api/json_writer.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace broadsheet::server {
namespace {

std::string written(std::string_view text) {
  JsonWriter json;
  json.string(text);
  return json.take();
}

TEST(JsonWriter, escapes_what_json_reserves) {
  EXPECT_EQ(written("a\"b\\c\n\t\r\b\f"), R"("a\"b\\c\n\t\r\b\f")");
  EXPECT_EQ(written(std::string_view("\0\x1F\x7F", 3)), R"("\u0000\u001f\u007f")");
}

TEST(JsonWriter, keeps_valid_utf8_as_it_is) {
  for (const std::string text : {"Größe", "日本", "😀", "\xF4\x8F\xBF\xBF", "\xEE\x80\x80", "é"}) {
    EXPECT_EQ(written(text), '"' + text + '"');
  }
}

TEST(JsonWriter, replaces_bytes_that_are_no_utf8) {
  const std::string replacement = "\xEF\xBF\xBD";

  struct Row {
    std::string bytes;
    int replaced;
  };

  for (const Row& row : {Row{"\xC0\xAF", 2},          // overlong
                         Row{"\xED\xA0\x80", 3},      // a surrogate
                         Row{"\xF4\x90\x80\x80", 4},  // above U+10FFFF
                         Row{"\xE2\x82", 2},          // cut off
                         Row{"\xFF", 1}}) {
    std::string expected = "\"a";
    for (int i = 0; i < row.replaced; ++i)
      expected += replacement;
    EXPECT_EQ(written("a" + row.bytes + "z"), expected + "z\"");
  }
}

TEST(JsonWriter, every_pair_of_bytes_gives_valid_json) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      ASSERT_TRUE(nlohmann::json::accept(written(text))) << first << " " << second;
    }
  }
}

TEST(JsonWriter, puts_commas_between_and_nowhere_else) {
  JsonWriter json;
  json.begin_object();
  json.key("a");
  json.begin_array();
  json.number(1);
  json.number(-2);
  json.begin_array();
  json.end_array();
  json.end_array();
  json.member_or_null("b", "");
  json.key("c");
  json.boolean(true);
  json.end_object();
  EXPECT_EQ(json.take(), R"({"a":[1,-2,[]],"b":null,"c":true})");
}

TEST(JsonWriter, decimals_are_short_and_never_in_exponents) {
  const auto decimal = [](double value, int digits) {
    JsonWriter json;
    json.decimal(value, digits);
    return json.take();
  };
  EXPECT_EQ(decimal(12.8125, 4), "12.8125");
  EXPECT_EQ(decimal(12.81, 4), "12.81");
  EXPECT_EQ(decimal(2.0, 3), "2");
  EXPECT_EQ(decimal(-0.00001, 3), "0");
  EXPECT_EQ(decimal(1e20, 3), "100000000000000000000");
  EXPECT_EQ(decimal(std::numeric_limits<double>::quiet_NaN(), 3), "null");
  EXPECT_EQ(decimal(std::numeric_limits<double>::infinity(), 3), "null");
  EXPECT_FALSE(decimal(std::numeric_limits<double>::max(), 3).empty());
}

TEST(JsonWriter, numbers_reach_their_limits) {
  JsonWriter json;
  json.begin_array();
  json.number(std::numeric_limits<std::int64_t>::min());
  json.number(std::numeric_limits<std::uint64_t>::max());
  json.end_array();
  EXPECT_EQ(json.take(), "[-9223372036854775808,18446744073709551615]");
}

TEST(CodePoints, count_characters_and_not_bytes) {
  EXPECT_EQ(code_points("日本x", 6), 2U);
  EXPECT_EQ(code_points("日本x", 99), 3U);
  EXPECT_EQ(code_points("\xFF\xFEz", 3), 3U);
}

}  // namespace
}  // namespace broadsheet::server
