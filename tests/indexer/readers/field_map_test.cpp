// What --map may say, and which names are known without it.
#include "indexer/readers/field_map.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(parse_field_map, reads_names_alternatives_and_joins) {
  const auto map = parse_field_map("title=headline, body = intro + content.text ,published=a|b");
  ASSERT_TRUE(map);
  ASSERT_EQ(map->rules.size(), 3U);
  EXPECT_EQ(map->rules[0].target, "title");
  EXPECT_THAT(map->rules[0].sources, ElementsAre("headline"));
  EXPECT_EQ(map->rules[0].use, SourceUse::first_present);
  EXPECT_THAT(map->rules[1].sources, ElementsAre("intro", "content.text"));
  EXPECT_EQ(map->rules[1].use, SourceUse::joined);
  EXPECT_THAT(map->rules[2].sources, ElementsAre("a", "b"));
}

struct Wrong {
  const char* map;
  const char* reason;
};

class WrongMap : public testing::TestWithParam<Wrong> {};

TEST_P(WrongMap, is_refused_with_what_to_write) {
  const auto map = parse_field_map(GetParam().map);
  ASSERT_FALSE(map);
  EXPECT_EQ(map.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(map.error().message, HasSubstr(GetParam().reason));
  EXPECT_NE(map.error().hint, "");
}

INSTANTIATE_TEST_SUITE_P(
    all,
    WrongMap,
    testing::Values(Wrong{"tilte=a",
                          "names a field that is not there: tilte; the nearest is title"},
                    Wrong{"headline=a", "the nearest is title"},
                    Wrong{"pubDate=a", "the nearest is published"},
                    Wrong{"imge.url=a", "the nearest is image.url"},
                    Wrong{"title", "\"title\", which is no FIELD=NAME"},
                    Wrong{"", "\"\", which is no FIELD=NAME"},
                    Wrong{"title=a,", "\"\", which is no FIELD=NAME"},
                    Wrong{"=a", "\"=a\", which is no FIELD=NAME"},
                    Wrong{"title=", "gives no name for title"},
                    Wrong{"title=a||b", "gives no name for title"},
                    Wrong{"title=a|b+c", "mixes + and | for title"},
                    Wrong{"title=a,title=b", "has both title and title"},
                    Wrong{"source=a,source.id=b", "has both source and source.id"}));

TEST(parse_field_map, bounds_what_a_misspelt_name_costs) {
  EXPECT_FALSE(parse_field_map(std::string(1U << 20U, 'x') + "=a"));
}

TEST(known_name, knows_names_in_any_writing) {
  EXPECT_EQ(known_name("title").target, "title");
  EXPECT_EQ(known_name("title").rank, 0);
  EXPECT_EQ(known_name("Headline").target, "title");
  EXPECT_EQ(known_name("pubDate").target, "published");
  EXPECT_EQ(known_name("date_published").target, "published");
  EXPECT_EQ(known_name("Web URL").target, "url");
  EXPECT_EQ(known_name("embargoed-until").target, "embargoed_until");
  for (const char* other :
       {"", "_", "x", "subheadline", "headline2", "title article", "Überschrift"})
    EXPECT_EQ(known_name(other).target, "") << other;
}

TEST(map_of_names, prefers_the_surest_name) {
  const FieldMap map = map_of_names({"Content", "text", "date", "Published", "note"});
  ASSERT_EQ(map.rules.size(), 2U);
  EXPECT_EQ(map.rules[0].target, "body");
  EXPECT_THAT(map.rules[0].sources, ElementsAre("text", "Content"));
  EXPECT_THAT(map.rules[1].sources, ElementsAre("Published", "date"));
}

TEST(told_by, asks_the_map_where_there_is_one) {
  const auto map = parse_field_map("title=kop,body=inhalt.text");
  ASSERT_TRUE(map);
  EXPECT_EQ(told_by("kop", &*map), Tells::title);
  EXPECT_EQ(told_by("inhalt.text", &*map), Tells::body);
  EXPECT_EQ(told_by("title", &*map), Tells::nothing);
  EXPECT_EQ(told_by("title", nullptr), Tells::title);
  EXPECT_EQ(told_by("contentHtml", nullptr), Tells::body);
  EXPECT_EQ(told_by("date", nullptr), Tells::nothing);
}

}  // namespace
}  // namespace broadsheet::indexer
