// JSON documents: where the articles are found in them, how members are known, and what damage
// costs. Whole samples lie in tests/data/json.
#include "indexer/readers/json.h"

#include <gmock/gmock.h>

#include "indexer/readers/field_map.h"
#include "indexer/readers/formats.h"
#include "indexer/readers/json_article.h"
#include "tests/support/byte_sources.h"
#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

std::shared_ptr<const FieldMap> map_of(const char* text) {
  return std::make_shared<const FieldMap>(parse_field_map(text).value());
}

std::vector<std::string> titles(const std::string& bytes, ReaderOptions options = {}) {
  std::vector<std::string> found;
  for (const RawArticle& raw : tests::read_raw_bytes(bytes, "json", std::move(options)))
    found.push_back(raw.refusal.empty() ? raw.title.value_or("").substr(0, 200)
                                        : "refused: " + raw.refusal);
  return found;
}

std::vector<std::string> titles_by(const char* map, const std::string& bytes) {
  ReaderOptions options;
  options.map = map_of(map);
  return titles(bytes, std::move(options));
}

TEST(looks_like_json, tells_documents_from_lines) {
  for (const char* document : {"[",
                               "[{}]",
                               "{\n \"title\":\"t\"",
                               "{\"a\":1,\n\"b\"",
                               R"({"status":"ok","articles":[{"title":"t","content":")",
                               R"({"data":{"results":[{"a":1}]}})",
                               "{\"articles\":[{\"title\":\"t\"}]}\n{\"articles\":[]}"})
    EXPECT_TRUE(looks_like_json(document)) << document;
  for (const char* lines : {"",
                            "x",
                            "{}",
                            R"({"title":"t","body":"b)",
                            "{\"title\":\"t\"}\n{\"title\":\"u\"}",
                            "{\"title\":\"t\",\"related\":[{\"title\":\"u\"}]}\n{\"title\":\"v\"}",
                            "{\"title\":\"t\",\"comments\":[{\"text\":\"u\"}]}",
                            "{\"title\": damaged\n{\"title\":\"u\"}\n"})
    EXPECT_FALSE(looks_like_json(lines)) << lines;
}

TEST(json, reads_arrays_and_values_one_behind_the_other) {
  const std::string a = R"({"title":"A ] } \" ,"})";
  const std::string b = "{\n \"title\":\"B\"\n}";
  EXPECT_THAT(titles("[" + a + "," + b + "]"), ElementsAre("A ] } \" ,", "B"));
  EXPECT_THAT(titles("\xEF\xBB\xBF [\n]"), ElementsAre());
  EXPECT_THAT(titles(a + b + "\n" + a), ElementsAre("A ] } \" ,", "B", "A ] } \" ,"));
  EXPECT_THAT(titles("[" + a + "]\n[" + b + "]"), ElementsAre("A ] } \" ,", "B"));
  EXPECT_THAT(titles(b), ElementsAre("B"));
  EXPECT_THAT(titles(""), ElementsAre());
}

TEST(json, finds_the_articles_in_an_object_around_them) {
  EXPECT_THAT(
      titles(R"({"status":"ok","articles":[{"title":"A"},{"title":"B"}],"next":{"a":[1]}})"),
      ElementsAre("A", "B"));
  EXPECT_THAT(titles(R"({"data":{"tags":[{"name":"a long name, longer than the articles are"}],)"
                     R"("results":[{"title":"A"}]}})"),
              ElementsAre("A"))
      << "what has titles wins over what is larger";
  EXPECT_THAT(titles(R"({"short":[{"title":"S"}],"long":[{"title":"L"},{"title":"M"}]})"),
              ElementsAre("L", "M"));
  EXPECT_THAT(titles(R"({"title":"A feed","items":[{"title":"A"}]})"), ElementsAre("A"));
  EXPECT_THAT(titles(R"({"articles":[{"title":"A"}]})"
                     "\n"
                     R"({"articles":[{"title":"B"}]})"),
              ElementsAre("A", "B"))
      << "pages of an API one behind the other";
}

TEST(json, an_object_that_is_an_article_stays_one) {
  EXPECT_THAT(titles(R"({"title":"T","comments":[{"text":"c"}]})"), ElementsAre("T"));
  EXPECT_THAT(titles(R"({"headline":"T","related":[{"headline":"R"}],"text":"b"})"),
              ElementsAre("T"));
  EXPECT_THAT(titles(R"({"title":"T","images":[{"url":"u"},{"url":"v"}]})"), ElementsAre("T"));
}

TEST(json, finds_articles_behind_much_else) {
  const std::string much = "\"" + std::string(3U << 20U, 'x') + "\"";
  EXPECT_THAT(titles("{\"much\":" + much + ",\"a\":[1,[{\"b\":2}]],\"list\":[ {\"title\":\"A\"}]}"),
              ElementsAre("A"));
  EXPECT_THAT(titles("{\"much\":" + much + "}[{\"title\":\"A\"}]"),
              ElementsAre("refused: an object without a title or a text, and without an array of "
                          "articles",
                          "A"));
}

TEST(json, a_bad_value_never_hides_the_others) {
  const std::string good = R"({"title":"A"})";
  EXPECT_THAT(titles("[{\"title\":}, 7, " + good + ",, [1], null, " + good + "]"),
              ElementsAre("refused: not JSON: wrong at byte 10",
                          "refused: not a JSON object",
                          "A",
                          HasSubstr("refused: a JSON array"),
                          "refused: not a JSON object",
                          "A"));
}

TEST(json, goes_on_behind_a_bracket_or_quote_that_was_never_closed) {
  const std::string good = R"({"title":"A"})";
  const auto refused = HasSubstr("refused: not JSON");
  EXPECT_THAT(titles("[" + good + R"(,{"title":"B","x":{"y":1},)" + good + "]"),
              ElementsAre("A", refused, "A"));
  EXPECT_THAT(titles("{\"articles\":[" + good + ",\n{\"title\":\"B},\n" + good + "]}"),
              ElementsAre("A", refused, "A"));
  EXPECT_THAT(
      titles("[\n {\n  \"title\": \"B,\n  \"body\": \"b\"\n },\n {\n  \"title\": \"A\"\n }\n]"),
      ElementsAre(refused, "A"));
  EXPECT_THAT(titles("{\"articles\":[" + good + "]," + good + "],\"n\":1}"), ElementsAre("A", "A"))
      << "a bracket too many";
}

TEST(json, tells_where_it_is_cut_short) {
  const std::string good = R"({"title":"A"})";
  EXPECT_THAT(titles("[" + good + ",{\"title\":\"B"),
              ElementsAre("A", "refused: not JSON: it ends too early"));
  EXPECT_THAT(titles("{\"articles\":[" + good + ",\n"),
              ElementsAre("A", "refused: the JSON ends too early: its array is never closed"));
  EXPECT_THAT(titles("{\"articles\":"), ElementsAre("refused: not JSON: it ends too early"));
}

TEST(json, bounds_what_it_keeps) {
  const std::string good = R"({"title":"A"})";
  const std::string deep = std::string(1'000'000, '[');
  EXPECT_THAT(titles(deep), ElementsAre("refused: nested too deeply"));
  std::string objects;
  for (int i = 0; i < 1'000'000; ++i)
    objects += "{\"a\":";
  EXPECT_THAT(titles(objects), ElementsAre(HasSubstr("refused: an object without a title")));
  const std::string giant = "{\"title\":\"" + std::string((16U << 20U) + 9, 'x') + "\"}";
  EXPECT_THAT(titles("[" + giant + "," + good + "]"),
              ElementsAre("refused: it is longer than 16 MiB", "A"));
}

TEST(json, is_cut_the_same_whatever_the_size_of_the_pieces) {
  const std::string bytes =
      "{\"a\":{\"b\":[\n {\"title\":\"A\\\"\"},\n {\"title\":\"x\n {\"title\":\"B\"}]}}"
      "\n[{\"title\":\"C\"}]";
  for (const std::size_t piece : {1U, 2U, 7U, 1000U}) {
    auto reader = open_json(tests::source_of(bytes, piece), {});
    std::vector<std::string> found;
    RawRecord record;
    while (reader->next(record).value_or(false))
      found.push_back(reader->parse(record).title.value_or("-"));
    EXPECT_THAT(found, ElementsAre("A\"", "-", "B", "C")) << piece;
  }
}

TEST(json, knows_common_names_and_keeps_the_rest) {
  const RawArticle raw = parse_json_article(
      R"({"headline":"T","content":"B","description":"S","pubDate":"2026-01-02","link":"u",)"
      R"("byline":"Ana","source":{"name":"N"},"keywords":["k"],"urlToImage":"i","words":7,)"
      R"("text":{"not":"a text"},"category":null,"extra":{"e":1}})",
      NamesBy::synonyms);
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.title, "T");
  EXPECT_EQ(raw.body, "B");
  EXPECT_EQ(raw.summary, "S");
  EXPECT_EQ(raw.published, "2026-01-02");
  EXPECT_EQ(raw.url, "u");
  EXPECT_EQ(raw.byline, "Ana");
  EXPECT_EQ(raw.source_name, "N");
  EXPECT_THAT(raw.tags, ElementsAre("k"));
  EXPECT_EQ(raw.image_url, "i");
  EXPECT_THAT(raw.extra,
              UnorderedElementsAre(
                  Pair("words", "7"), Pair("text", R"({"not":"a text"})"), Pair("e", "1")));
}

TEST(json, a_name_of_ours_wins_and_what_it_holds_is_judged) {
  const RawArticle raw = parse_json_article(
      R"({"headline":"other","title":"T","text":"x","body":""})", NamesBy::synonyms);
  EXPECT_EQ(raw.title, "T");
  EXPECT_EQ(raw.body, "x") << "an empty one gives way";
  EXPECT_THAT(raw.extra, UnorderedElementsAre(Pair("headline", "\"other\""), Pair("body", "\"\"")));
  EXPECT_EQ(parse_json_article(R"({"title":"T","body":{"a":1}})", NamesBy::synonyms).refusal,
            "body is not a text");
}

TEST(json, a_body_with_tags_is_html) {
  const RawArticle raw =
      parse_json_article(R"({"title":"T","content":"<p>a</p>"})", NamesBy::synonyms);
  EXPECT_EQ(raw.body_html, "<p>a</p>");
  EXPECT_FALSE(raw.body);
  EXPECT_EQ(parse_json_article(R"({"title":"T","body":"a < b"})", NamesBy::synonyms).body, "a < b");
}

TEST(json, a_map_reaches_into_members_and_joins_them) {
  const auto map = map_of(
      "id=_id,title=a.head|title,body=a.intro+a.paras.0+a.text,tags=t+u,source.id=s,access=who,"
      "published=no|when");
  const RawArticle raw = parse_json_article(
      R"({"_id":184467440737095516160001,"a":{"head":"","intro":"I","paras":["P"],"text":"X"},)"
      R"("title":"T","t":["1"],"u":"2","s":"src","body":"unused","who":"","when":1700000000})",
      NamesBy::synonyms,
      map.get());
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.id, "184467440737095516160001");
  EXPECT_EQ(raw.title, "T");
  EXPECT_EQ(raw.body, "I\n\nP\n\nX");
  EXPECT_THAT(raw.tags, ElementsAre("1", "2"));
  EXPECT_EQ(raw.source_id, "src");
  ASSERT_TRUE(raw.access);
  EXPECT_THAT(*raw.access, ElementsAre("")) << "said, and nobody named";
  EXPECT_EQ(raw.published, "1700000000");
  EXPECT_THAT(
      raw.extra,
      UnorderedElementsAre(Pair("body", "\"unused\""), Pair("a", R"({"head":"","paras":["P"]})")));
}

TEST(json, a_map_tells_where_the_articles_are) {
  const std::string bytes =
      R"({"hits":{"meta":[{"x":"a long text, longer than all of the others here"}],)"
      R"("hits":[{"_source":{"kop":"A"}}]}})";
  EXPECT_THAT(titles_by("title=_source.kop", bytes), ElementsAre("A"));
}

TEST(json, a_map_serves_lines_too) {
  ReaderOptions options;
  options.map = map_of("title=kop,body=b|tekst");
  const auto articles =
      tests::read_raw_bytes("{\"kop\":\"A\",\"tekst\":\"B\"}\n{\"kop\":2}\n", "jsonl", options);
  ASSERT_EQ(articles.size(), 2U);
  EXPECT_EQ(articles[0].title, "A");
  EXPECT_EQ(articles[0].body, "B");
  EXPECT_EQ(articles[1].refusal, "title is not a text");
}

TEST(json, a_map_goes_with_formats_that_have_members_alone) {
  ReaderOptions options;
  options.map = map_of("title=a");
  const auto open = [&options](const char* format, const char* bytes) {
    return open_reader(format, options, std::make_unique<tests::MemorySource>(bytes));
  };
  const auto named = open("rss", "<rss/>");
  ASSERT_FALSE(named);
  EXPECT_THAT(named.error().message, HasSubstr("a map cannot be used with the format rss"));
  EXPECT_THAT(named.error().hint, HasSubstr("json, jsonl, csv"));
  EXPECT_FALSE(open("auto", "<rss/>"));
  EXPECT_TRUE(open("auto", R"({"uri":"x","pubstatus":"usable","a":"b"})"));
}

}  // namespace
}  // namespace broadsheet::indexer
