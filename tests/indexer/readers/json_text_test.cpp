// The shape of JSON text is known before it is built; sloppy strings are mended.
#include "indexer/readers/json_text.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

TEST(shape_of, counts_nesting_outside_strings) {
  EXPECT_EQ(shape_of(nested(40)).depth, 40U);
  EXPECT_EQ(shape_of("{\"a\":\"" + nested(40) + "\"}").depth, 1U);
  EXPECT_EQ(shape_of("[\"\\\"" + nested(40) + "\"]").depth, 1U) << "an escaped quote ends nothing";
}

TEST(shape_of, is_not_led_astray_by_a_string_without_an_end) {
  EXPECT_EQ(shape_of("[\"" + nested(40)).depth, 1U);
  EXPECT_EQ(shape_of(nested(40) + "\"\\").depth, 40U);
}

TEST(shape_of, gives_an_upper_bound_for_what_is_small) {
  EXPECT_GE(shape_of("[[],[]]").depth, 2U);
  EXPECT_GE(shape_of("[1,2,3]").values, 3U);
}

TEST(mend_json, leaves_sound_text_alone) {
  for (const char* json : {R"({"a":"b\n\u00e9\\"})", R"("\ud83d\ude00")", "", "\\", "\\u12"}) {
    EXPECT_EQ(mend_json(json), json);
  }
}

}  // namespace
}  // namespace broadsheet::indexer
