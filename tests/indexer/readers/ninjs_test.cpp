// ninjs: how it is told from other JSON and cut, and what foreign shapes give. Whole samples lie in
// tests/data/ninjs.
#include "indexer/readers/ninjs.h"

#include <gmock/gmock.h>

#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;

std::vector<std::string> titles(const std::string& bytes, const std::string& format = "ninjs") {
  std::vector<std::string> found;
  for (const RawArticle& raw : tests::read_raw_bytes(bytes, format))
    found.push_back(raw.refusal.empty() ? raw.title.value_or("") : "refused: " + raw.refusal);
  return found;
}

TEST(looks_like_ninjs, goes_by_the_members_of_the_first_object) {
  EXPECT_TRUE(looks_like_ninjs(R"({"uri":"x","versioncreated":"2026-01-01"})"));
  EXPECT_TRUE(looks_like_ninjs(R"([ {"guid":"x","a":{"b":[1]},"pubstatus":"usable"}])"));
  EXPECT_TRUE(looks_like_ninjs(R"({"bodies":[{"value":"}\"{"}],"pubStatus":"usable", cut)"));
  EXPECT_TRUE(looks_like_ninjs(R"({"standard":{"schema":"http://x/ninjs-schema_3.0.json"}})"));
}

TEST(looks_like_ninjs, leaves_other_json_alone) {
  for (const char* other : {"",
                            "[",
                            "{}",
                            R"({"id":"1","title":"t","body":"b"})",
                            R"({"uri":"x","title":"t"})",
                            R"({"guid":"x","uri":"y","title":"t"})",
                            R"({"title":"t","extra":{"uri":"x","versioncreated":"y"}})",
                            R"({"title":"t"} {"uri":"x","versioncreated":"y"})",
                            R"(x {"uri":"x","versioncreated":"y"})"})
    EXPECT_FALSE(looks_like_ninjs(other)) << other;
}

TEST(ninjs, is_cut_by_lines_by_brackets_and_out_of_arrays) {
  const std::string a = R"({"uri":"1","pubstatus":"usable","headline":"A ] } \" ,"})";
  const std::string b = "{\n \"uri\":\"2\",\n \"headline\":\"B\"\n}";
  EXPECT_THAT(titles(a + "\n" + a), ElementsAre("A ] } \" ,", "A ] } \" ,"));
  EXPECT_THAT(titles(b + "\n" + b), ElementsAre("B", "B"));
  EXPECT_THAT(titles("[" + b + ",\n" + b + "]"), ElementsAre("B", "B"));
  EXPECT_THAT(titles("[]"), ElementsAre());
  EXPECT_THAT(titles(a, "auto"), ElementsAre("A ] } \" ,"));
}

TEST(ninjs, a_bad_item_never_hides_the_others) {
  const std::string good = R"({"uri":"1","headline":"A"})";
  EXPECT_THAT(titles("[ {\"uri\":}, 7, " + good + ",, [1], null, " + good + "]"),
              ElementsAre("refused: not JSON: wrong at byte 8",
                          "refused: not a JSON object",
                          "A",
                          "refused: not a JSON object",
                          "refused: not a JSON object",
                          "A"));
  EXPECT_THAT(titles(good + "\n{\"uri\":\"2\",\"headline\":\"cut\n" + good),
              ElementsAre("A", "refused: not JSON: it ends too early", "A"));
  EXPECT_THAT(titles("[\n" + good + ",\n{\"uri\":\"2"),
              ElementsAre("A", "refused: not JSON: it ends too early"));
}

TEST(ninjs, bounds_what_it_keeps) {
  const std::string deep = "{\"uri\":" + std::string(200'000, '[');
  EXPECT_THAT(titles(deep), ElementsAre("refused: nested too deeply"));
  const std::string good = R"({"uri":"1","headline":"A"})";
  const std::string giant = "{\"uri\":\n\"" + std::string((16U << 20U) + 9, 'x') + "\"}";
  EXPECT_THAT(titles("[" + giant + ",\n " + good + "]"),
              ElementsAre("refused: it is longer than 16 MiB", "A"));
}

TEST(ninjs, a_status_or_embargo_of_a_wrong_type_is_not_taken_as_absent) {
  const RawArticle raw =
      parse_ninjs(R"({"uri":"1","headline":"A","pubstatus":["usable"],"embargoed":""})");
  EXPECT_EQ(raw.status, "unreadable");
  EXPECT_EQ(raw.embargoed_until, "unreadable");
  EXPECT_FALSE(parse_ninjs(R"({"uri":"1","headline":"A","embargoed":null})").embargoed_until);
}

TEST(ninjs, only_a_note_that_begins_as_a_correction_is_one) {
  const auto correction = [](const std::string& note) {
    return parse_ninjs(R"({"uri":"1","headline":"A","ednote":")" + note + "\"}").correction;
  };
  EXPECT_EQ(correction("Eds: CORRECTS the name"), "Eds: CORRECTS the name");
  EXPECT_EQ(correction("Rättelse: namnet"), "Rättelse: namnet");
  EXPECT_EQ(correction("No correction is needed"), std::nullopt);
}

}  // namespace
}  // namespace broadsheet::indexer
