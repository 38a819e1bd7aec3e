// Lines of JSON become raw articles; what is none is refused with a reason that helps.
#include "indexer/readers/jsonl.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(parse_json_article, reads_every_member_of_the_shape) {
  const RawArticle raw = parse_json_article(
      R"({"id":"a","url":"u","title":"t","body":"b","body_html":"h","summary":"s","published":"p",)"
      R"("updated":"q","source":{"id":"si","name":"sn"},"author":["x","y"],"section":"world",)"
      R"("kicker":"k","genre":"g","language":"en","tags":["1","2"],)"
      R"("image":{"url":"iu","alt":"ia","credit":"ic","width":640,"height":480},"status":"usable",)"
      R"("embargoed_until":"e","expires":"f","correction":"c","access":["public"],"prompt":"?"})");
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.id, "a");
  EXPECT_EQ(raw.url, "u");
  EXPECT_EQ(raw.title, "t");
  EXPECT_EQ(raw.body, "b");
  EXPECT_EQ(raw.body_html, "h");
  EXPECT_EQ(raw.summary, "s");
  EXPECT_EQ(raw.published, "p");
  EXPECT_EQ(raw.updated, "q");
  EXPECT_EQ(raw.source_id, "si");
  EXPECT_EQ(raw.source_name, "sn");
  EXPECT_THAT(raw.authors, ElementsAre("x", "y"));
  EXPECT_EQ(raw.section, "world");
  EXPECT_EQ(raw.kicker, "k");
  EXPECT_EQ(raw.genre, "g");
  EXPECT_EQ(raw.language, "en");
  EXPECT_THAT(raw.tags, ElementsAre("1", "2"));
  EXPECT_EQ(raw.image_url, "iu");
  EXPECT_EQ(raw.image_alt, "ia");
  EXPECT_EQ(raw.image_credit, "ic");
  EXPECT_EQ(raw.image_width, "640");
  EXPECT_EQ(raw.image_height, "480");
  EXPECT_EQ(raw.status, "usable");
  EXPECT_EQ(raw.embargoed_until, "e");
  EXPECT_EQ(raw.expires, "f");
  EXPECT_EQ(raw.correction, "c");
  ASSERT_TRUE(raw.access);
  EXPECT_THAT(*raw.access, ElementsAre("public"));
  EXPECT_EQ(raw.prompt, "?");
  EXPECT_THAT(raw.extra, IsEmpty());
  EXPECT_THAT(raw.repairs, IsEmpty());
}

TEST(parse_json_article, takes_null_for_not_said) {
  const RawArticle raw = parse_json_article(
      R"({"id":null,"title":"t","body":null,"source":null,"author":null,"tags":null,"access":null})");
  EXPECT_EQ(raw.refusal, "");
  EXPECT_FALSE(raw.id);
  EXPECT_FALSE(raw.body);
  EXPECT_FALSE(raw.access);
  EXPECT_THAT(raw.repairs, IsEmpty());
}

TEST(parse_json_article, takes_short_forms) {
  const RawArticle raw = parse_json_article(
      R"({"id":20250418,"source":"CGTN","author":"A and B","image":"https://x/i.jpg","tags":"one"})");
  EXPECT_EQ(raw.id, "20250418");
  EXPECT_EQ(raw.source_name, "CGTN");
  EXPECT_EQ(raw.byline, "A and B");
  EXPECT_EQ(raw.image_url, "https://x/i.jpg");
  EXPECT_THAT(raw.tags, ElementsAre("one"));
}

TEST(parse_json_article, takes_an_integer_larger_than_any_number_of_ours) {
  EXPECT_EQ(parse_json_article(R"({"id":18446744073709551615})").id, "18446744073709551615");
}

TEST(parse_json_article, takes_an_id_of_any_number_of_digits) {
  const RawArticle raw =
      parse_json_article(R"({"n":{"id":1},"id" : 184467440737095516160001,"title":"t"})");
  EXPECT_EQ(raw.id, "184467440737095516160001");
  EXPECT_EQ(parse_json_article(R"({"id":-184467440737095516160001})").id,
            "-184467440737095516160001");
  for (const char* id : {"1.5", "1e3", "1e300", "true", "{}"}) {
    EXPECT_NE(parse_json_article("{\"id\":" + std::string(id) + "}").refusal, "") << id;
  }
}

TEST(parse_json_article, keeps_unknown_members_of_image_and_source) {
  const RawArticle raw =
      parse_json_article(R"({"image":{"url":"u","width":null,"height":{"px":3},"caption":"c"},)"
                         R"("source":{"id":"i","name":"n","country":"fr"}})");
  EXPECT_EQ(raw.image_url, "u");
  EXPECT_EQ(raw.source_name, "n");
  EXPECT_THAT(raw.extra,
              ElementsAre(Pair("image", R"({"caption":"c","height":{"px":3}})"),
                          Pair("source", R"({"country":"fr"})")));
  EXPECT_EQ(raw.repairs.size(), 2U);
}

TEST(parse_json_article, takes_people_given_as_objects) {
  const RawArticle raw = parse_json_article(R"({"author":[{"name":"Ana"},{"role":"x"},"Ben"]})");
  EXPECT_THAT(raw.authors, ElementsAre("Ana", "Ben"));
  EXPECT_EQ(raw.repairs.size(), 1U);
}

TEST(parse_json_article, keeps_unknown_members_as_they_are) {
  const RawArticle raw =
      parse_json_article(R"({"title":"t","bias":"left","n":[1,{"a":null}],"extra":{"k":1.5}})");
  EXPECT_THAT(raw.extra,
              testing::UnorderedElementsAre(
                  Pair("bias", R"("left")"), Pair("n", R"([1,{"a":null}])"), Pair("k", "1.5")));
}

TEST(parse_json_article, sets_members_of_an_unexpected_type_aside) {
  const RawArticle raw = parse_json_article(
      R"({"title":"t","section":["a"],"language":{"x":1},"extra":[1],"image":true,"summary":false})");
  EXPECT_EQ(raw.refusal, "");
  EXPECT_THAT(raw.extra,
              testing::UnorderedElementsAre(Pair("section", R"(["a"])"),
                                            Pair("language", R"({"x":1})"),
                                            Pair("extra", "[1]"),
                                            Pair("image", "true"),
                                            Pair("summary", "false")));
  EXPECT_EQ(raw.repairs.size(), 5U);
}

TEST(parse_json_article, takes_unreadable_access_for_access_to_nobody) {
  const RawArticle raw = parse_json_article(R"({"title":"t","access":{"a":1}})");
  ASSERT_TRUE(raw.access);
  EXPECT_THAT(*raw.access, IsEmpty());
}

struct Refused {
  const char* name;
  std::string line;
  const char* reason;
};

class RefusedLine : public testing::TestWithParam<Refused> {};

TEST_P(RefusedLine, says_why) {
  EXPECT_THAT(parse_json_article(GetParam().line).refusal, HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    all,
    RefusedLine,
    testing::Values(Refused{"text", "hello", "not JSON: wrong at byte 1"},
                    Refused{"cut", R"({"title":"t)", "not JSON: it ends too early"},
                    Refused{"two_objects", "{}{}", "not JSON"},
                    Refused{"array", R"([{"title":"t"}])", "array"},
                    Refused{"number", "17", "not a JSON object"},
                    Refused{"string", R"("title")", "not a JSON object"},
                    Refused{"null", "null", "not a JSON object"},
                    Refused{"single_quotes", "{'title':'t'}", "not JSON"},
                    Refused{"nan", R"({"n":NaN})", "not JSON"},
                    Refused{"title_number", R"({"title":5,"body":"b"})", "title is not a text"},
                    Refused{"body_list", R"({"title":"t","body":["b"]})", "body is not a text"},
                    Refused{"id_object", R"({"id":{},"title":"t"})", "id is neither"},
                    Refused{"id_fraction", R"({"id":1.5,"title":"t"})", "id is neither"},
                    Refused{"id_truth", R"({"id":true,"title":"t"})", "id is neither"},
                    Refused{"deep", std::string(100'000, '['), "nested too deeply"},
                    Refused{"deep_objects",
                            [] {
                              std::string text;
                              for (int i = 0; i < 100'000; ++i)
                                text += "{\"a\":";
                              return text;
                            }(),
                            "nested too deeply"},
                    Refused{"many_values",
                            [] {
                              std::string text = "{\"a\":[0";
                              for (int i = 0; i < 300'000; ++i)
                                text += ",0";
                              return text + "]}";
                            }(),
                            "too many values"}),
    [](const auto& given) { return std::string(given.param.name); });

TEST(parse_json_article, counts_brackets_in_texts_as_text) {
  const std::string brackets(100'000, '[');
  const RawArticle raw = parse_json_article("{\"title\":\"t\",\"body\":\"" + brackets + "\"}");
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.body, brackets);
}

struct Mended {
  const char* name;
  std::string line;
  std::string title;
};

class MendedLine : public testing::TestWithParam<Mended> {};

TEST_P(MendedLine, is_read_and_noted) {
  const RawArticle raw = parse_json_article(GetParam().line);
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.title, GetParam().title);
  EXPECT_EQ(raw.repairs.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    all,
    MendedLine,
    testing::Values(Mended{"bytes_that_are_not_utf8", "{\"title\":\"caf\xE9\"}", "caf\xEF\xBF\xBD"},
                    Mended{"tab_in_a_text", "{\"title\":\"a\tb\"}", "a b"},
                    Mended{"zero_byte", std::string("{\"title\":\"a\0b\"}", 15), "a b"},
                    Mended{"half_a_pair", R"({"title":"a\ud83d b"})", "a\xEF\xBF\xBD b"},
                    Mended{"second_half_alone", R"({"title":"\ude00"})", "\xEF\xBF\xBD"},
                    Mended{"pair_beside_half",
                           R"({"title":"\ud83d\ude00\ud83d"})",
                           "\xF0\x9F\x98\x80\xEF\xBF\xBD"},
                    Mended{"escaped_backslash_before_u",
                           R"({"title":"\\ud83d \ud83d"})",
                           "\\ud83d \xEF\xBF\xBD"}),
    [](const auto& given) { return std::string(given.param.name); });

}  // namespace
}  // namespace broadsheet::indexer
