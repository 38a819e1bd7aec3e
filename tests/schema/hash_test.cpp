// Hashes are stored: their values are those of the standards, for ever.
#include "schema/hash.h"

#include <gtest/gtest.h>

namespace broadsheet {
namespace {

TEST(sha256_hex, gives_the_examples_of_fips_180) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(sha256_hex, takes_zero_bytes_as_bytes) {
  EXPECT_NE(sha256_hex(std::string_view("a\0b", 3)), sha256_hex("a"));
}

TEST(fnv1a_64, gives_the_examples_of_its_draft) {
  static_assert(fnv1a_64("") == 0xcbf29ce484222325ULL);
  static_assert(fnv1a_64("a") == 0xaf63dc4c8601ec8cULL);
  static_assert(fnv1a_64("foobar") == 0x85944171f73967e8ULL);
}

}  // namespace
}  // namespace broadsheet
