// Ids are stored and seen by clients: each of these values is a promise.
#include "indexer/normalize/ids.h"

#include <gtest/gtest.h>

#include "schema/hash.h"

namespace broadsheet::indexer {
namespace {

TEST(article_id_from, keeps_what_is_an_id) {
  const std::string longest(128, 'x');
  for (const std::string& id :
       {std::string("20250418-japan-talks"), std::string("A.b_c~d-9"), longest}) {
    EXPECT_EQ(article_id_from(id), id);
  }
}

TEST(article_id_from, replaces_other_bytes_and_adds_a_hash_of_the_original) {
  EXPECT_EQ(article_id_from("a/b c"), "a_b_c~" + sha256_hex("a/b c").substr(0, 12));
  EXPECT_EQ(article_id_from("\xC3\xA9"), "__~" + sha256_hex("\xC3\xA9").substr(0, 12));
  const std::string with_zero("a\0", 2);
  EXPECT_EQ(article_id_from(with_zero), "a_~" + sha256_hex(with_zero).substr(0, 12));
}

TEST(article_id_from, cuts_long_ones_to_100_bytes) {
  const std::string original(129, 'x');
  EXPECT_EQ(article_id_from(original),
            std::string(100, 'x') + "~" + sha256_hex(original).substr(0, 12));
}

TEST(article_id_from, keeps_different_originals_apart) {
  EXPECT_NE(article_id_from("a/b"), article_id_from("a:b"));
  EXPECT_NE(article_id_from(std::string(200, 'x')), article_id_from(std::string(201, 'x')));
}

TEST(article_id_from_url, is_u_and_twenty_digits) {
  EXPECT_EQ(article_id_from_url("https://example.org/a"),
            "u" + sha256_hex("https://example.org/a").substr(0, 20));
}

TEST(article_id_from_content, differs_by_source_title_and_day) {
  const std::string id = article_id_from_content("s", "t", "2025-04-18");
  EXPECT_EQ(id.size(), 21U);
  EXPECT_EQ(id.front(), 't');
  EXPECT_NE(id, article_id_from_content("x", "t", "2025-04-18"));
  EXPECT_NE(id, article_id_from_content("s", "x", "2025-04-18"));
  EXPECT_NE(id, article_id_from_content("s", "t", "2025-04-19"));
}

TEST(source_id_from, is_the_name_in_lower_case_with_dashes) {
  EXPECT_EQ(source_id_from("CGTN"), "cgtn");
  EXPECT_EQ(source_id_from("The New York Times (NYT)"), "the-new-york-times-nyt");
  EXPECT_EQ(source_id_from("  BBC -- News! "), "bbc-news");
  EXPECT_EQ(source_id_from("El Pa\xC3\x8DS"), "el-pa\xC3\xADs");
  EXPECT_EQ(source_id_from("\xE8\xAA\xAD\xE5\xA3\xB2\xE6\x96\xB0\xE8\x81\x9E"),
            "\xE8\xAA\xAD\xE5\xA3\xB2\xE6\x96\xB0\xE8\x81\x9E");
}

TEST(source_id_from, never_is_empty) {
  EXPECT_EQ(source_id_from("!?"), "s-" + sha256_hex("!?").substr(0, 12));
}

TEST(source_id_from, of_an_id_is_that_id) {
  for (const char* name : {"The New York Times (NYT)", "El Pa\xC3\x8DS", "a1"}) {
    const std::string id = source_id_from(name);
    EXPECT_EQ(source_id_from(id), id);
  }
}

}  // namespace
}  // namespace broadsheet::indexer
