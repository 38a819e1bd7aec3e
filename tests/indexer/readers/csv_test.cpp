// CSV as it comes: quotes, delimiters, line ends, damage. Whole samples lie in tests/data/csv.
#include "indexer/readers/csv.h"

#include <gmock/gmock.h>

#include "indexer/readers/csv_rows.h"
#include "indexer/readers/field_map.h"
#include "tests/support/byte_sources.h"
#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::vector<std::string> bodies(const std::string& rows) {
  std::vector<std::string> found;
  for (const RawArticle& raw : tests::read_raw_bytes("title,body\n" + rows, "csv"))
    found.push_back(raw.refusal.empty() ? raw.body.value_or("").substr(0, 200)
                                        : "refused: " + raw.refusal);
  return found;
}

std::string refused(const char* reason) {
  return std::string("refused: ") + reason;
}

constexpr const char* kOpen = "a quote opens on this line that is never closed";

TEST(csv_delimiter, is_the_commonest_outside_quotes) {
  EXPECT_EQ(csv_delimiter("a,b,c"), ',');
  EXPECT_EQ(csv_delimiter("a;b;\"c,d,e,f\""), ';');
  EXPECT_EQ(csv_delimiter("a\tb"), '\t');
  EXPECT_EQ(csv_delimiter("a|b"), '|');
  EXPECT_EQ(csv_delimiter("a b"), '\0');
  EXPECT_EQ(csv_delimiter(""), '\0');
}

TEST(csv_cells, takes_quotes_away) {
  EXPECT_THAT(csv_cells("a,\"b,\"\"c\"\"\",,\"\"\r\n", ',', 9),
              ElementsAre("a", "b,\"c\"", "", ""));
  EXPECT_THAT(csv_cells("\"a \"b\" c\",d\"e", ',', 9), ElementsAre("a \"b\" c", "d\"e"));
  EXPECT_THAT(csv_cells("a,b,c,d", ',', 2), ElementsAre("a", "b", "c,d"));
  EXPECT_THAT(csv_cells("a", ',', 2), ElementsAre("a"));
  EXPECT_THAT(csv_cells("a,", ',', 2), ElementsAre("a", ""));
}

TEST(csv, reads_cells_over_several_lines) {
  EXPECT_THAT(bodies("t,\"one\r\n\r\ntwo\"\r\nu,three\r\n"), ElementsAre("one\n\ntwo", "three"));
  EXPECT_THAT(bodies("t,a\n\n \nu,b"), ElementsAre("a", "b"));
}

TEST(csv, numbers_rows_by_their_first_line) {
  auto reader = open_csv(tests::source_of("title,body\n\nt,\"a\nb\"\nu,c,d\n", 3), {});
  RawRecord record;
  ASSERT_TRUE(reader->next(record).value());
  EXPECT_EQ(record.number, 3U);
  EXPECT_EQ(record.offset, 12U);
  ASSERT_TRUE(reader->next(record).value());
  EXPECT_EQ(record.number, 5U);
  EXPECT_EQ(record.text, "u,c,d\n");
  EXPECT_FALSE(reader->next(record).value());
}

TEST(csv, refuses_ragged_rows_one_by_one) {
  EXPECT_THAT(bodies("t\nt,a\nt,a,b,c\nt,b\n"),
              ElementsAre(refused("the row has 1 of the 2 cells that the header names"),
                          "a",
                          refused("the row has more than the 2 cells that the header names"),
                          "b"));
  EXPECT_THAT(bodies("t,a,\n"), ElementsAre("a")) << "a delimiter at the end";
}

TEST(csv, a_quote_that_is_never_closed_takes_its_own_line_along) {
  EXPECT_THAT(bodies("t,\"a\nu,b\nv,c\n"), ElementsAre(refused(kOpen), "b", "c"));
  EXPECT_THAT(bodies("t,\"a\nu,\"b\"\nv,c\n"), ElementsAre(refused(kOpen), "b", "c"));
  EXPECT_THAT(bodies("u,b\nt,\"a"), ElementsAre("b", refused(kOpen)));
}

TEST(csv, quotes_within_a_line_may_be_careless) {
  EXPECT_THAT(bodies("t,\"he said \"yes\" to it\"\nu,5\" wide\n"),
              ElementsAre("he said \"yes\" to it", "5\" wide"));
}

TEST(csv, bounds_what_it_keeps_and_how_long_it_takes) {
  const std::string giant((16U << 20U) + 9, 'x');
  EXPECT_THAT(bodies("t," + giant + "\nu,b\n"),
              ElementsAre(refused("it is longer than 16 MiB"), "b"));
  EXPECT_THAT(bodies("t,\"a\nu,b\nv," + giant),
              ElementsAre(refused(kOpen), "b", HasSubstr("16 MiB")));
  std::string open;
  for (int i = 0; i < 100'000; ++i)
    open += "t,\"a\n";
  EXPECT_EQ(bodies(open).size(), 100'000U);
  EXPECT_THAT(bodies(std::string(1'000'000, ',') + "\nu,b\n"),
              ElementsAre(HasSubstr("more than"), "b"));
}

TEST(csv, the_header_names_the_fields) {
  const auto articles = tests::read_raw_bytes(
      "\xEF\xBB\xBFHeadline;Text;Pub Date;URL;;Ressort;Ressort;Keywords;access\r\n"
      "T;B;2026-01-02;u;x;r;s;a, b;\r\n",
      "auto");
  ASSERT_EQ(articles.size(), 1U);
  const RawArticle& raw = articles.front();
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.title, "T");
  EXPECT_EQ(raw.body, "B");
  EXPECT_EQ(raw.published, "2026-01-02");
  EXPECT_EQ(raw.url, "u");
  EXPECT_THAT(raw.tags, ElementsAre("a", "b"));
  ASSERT_TRUE(raw.access);
  EXPECT_THAT(*raw.access, ElementsAre()) << "nobody is named";
  EXPECT_THAT(
      raw.extra,
      ElementsAre(Pair("Ressort", "\"r\""), Pair("Ressort_2", "\"s\""), Pair("column_5", "\"x\"")));
}

TEST(csv, takes_a_map_and_leaves_synonyms_then) {
  ReaderOptions options;
  options.map = std::make_shared<const FieldMap>(parse_field_map("title=a.b,body=c").value());
  const auto articles = tests::read_raw_bytes("a.b\tc\ttext\nT\tB\tX\n", "csv", options);
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_EQ(articles[0].title, "T");
  EXPECT_EQ(articles[0].body, "B");
  EXPECT_THAT(articles[0].extra, ElementsAre(Pair("text", "\"X\"")));
}

TEST(csv, reads_what_spreadsheets_write) {
  const auto articles = tests::read_raw_bytes("sep=;\ntitle;body\nCaf\xE9;na\xEFve\n", "auto");
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_EQ(articles[0].title, "Café");
  EXPECT_EQ(articles[0].body, "naïve");
  EXPECT_EQ(articles[0].repairs.size(), 1U);
}

TEST(csv, refuses_tables_it_cannot_hold) {
  std::string header = "title";
  for (std::size_t i = 0; i < kMaxColumns; ++i)
    header += ",c";
  EXPECT_THAT(tests::read_raw_bytes(header + "\n", "csv").front().refusal,
              HasSubstr("1024 columns"));
  EXPECT_THAT(tests::read_raw_bytes("\"title,body\nt,b\n", "csv").front().refusal,
              HasSubstr("the header of the table: a quote"));
  EXPECT_THAT(tests::read_raw_bytes("", "csv"), testing::IsEmpty());
}

TEST(looks_like_csv, goes_by_the_names_in_the_first_line) {
  for (const char* table :
       {"title,body\n", "\"Headline\";\"Date\"\r\n", "id\tcontent\tx\n", "sep=,\n"})
    EXPECT_TRUE(looks_like_csv(table)) << table;
  for (const char* other : {"",
                            "title,body",
                            "title\nbody\n",
                            "a,b\n",
                            "Dear title, text of mine\n",
                            "<p>title,body\n",
                            "{\"title\",\"body\"}\n",
                            "title, headline\n"})
    EXPECT_FALSE(looks_like_csv(other)) << other;
}

}  // namespace
}  // namespace broadsheet::indexer
