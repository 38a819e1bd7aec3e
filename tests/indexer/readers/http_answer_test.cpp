// HTTP answers as archives keep them: sloppy heads, and bodies in every coding.
#include "indexer/readers/http_answer.h"

#include <gmock/gmock.h>
#include <zstd.h>

#include "tests/support/packed.h"

namespace broadsheet::indexer {
namespace {

using testing::HasSubstr;

constexpr std::size_t kMost = std::size_t{1} << 20U;
const std::string kPage = "<html><p>A page that is long enough to be packed, packed, packed</p>";

// "hello" as brotli's command line packs it: one block that is not compressed, and an empty last.
const std::string kBrotliHello("\x0b\x02\x80hello\x03", 9);

std::string zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

Result<std::string> decode(const std::string& fields, const std::string& body) {
  const std::string bytes = "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
  const auto answer = parse_answer(bytes);
  if (!answer) return pass_on(answer.error());
  return decode_body(*answer, kMost);
}

TEST(parse_answer, reads_heads_of_any_quality) {
  const auto answer = parse_answer("HTTP/1.0  404 Not Found\nA: 1\nno colon\nb : 2\r\n c\n\nbody");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->head.value("a"), "1");
  EXPECT_EQ(answer->head.value("b"), "2 c");
  EXPECT_EQ(answer->head.value("c"), "");
  EXPECT_EQ(answer->body, "body");
  EXPECT_EQ(parse_answer("HTTP/2 200\r\n\r\n")->status, 200);
  EXPECT_EQ(parse_answer("HTTP/1.1 200 OK")->body, "");
  for (const char* other :
       {"", "HTTP/", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 x", "GET / HTTP/1.1", "<html>"})
    EXPECT_FALSE(parse_answer(other)) << other;
}

TEST(parse_length, takes_digits_alone) {
  EXPECT_EQ(parse_length("0"), 0U);
  EXPECT_EQ(parse_length("12"), 12U);
  for (const char* other : {"", "-1", "+1", "1 ", "1,1", "0x1", "99999999999999999999"})
    EXPECT_FALSE(parse_length(other)) << other;
}

TEST(decode_body, undoes_every_coding) {
  EXPECT_EQ(decode("", kPage), kPage);
  EXPECT_EQ(decode("Content-Encoding: gzip\r\n", tests::gzip(kPage)), kPage);
  EXPECT_EQ(decode("Content-Encoding: deflate\r\n", tests::deflated(kPage, MAX_WBITS)), kPage);
  EXPECT_EQ(decode("Content-Encoding: deflate\r\n", tests::deflated(kPage, -MAX_WBITS)), kPage);
  EXPECT_EQ(decode("Content-Encoding: zstd\r\n", zstd(kPage)), kPage);
  EXPECT_EQ(decode("Content-Encoding: br\r\n", kBrotliHello), "hello");
  EXPECT_EQ(
      decode("Content-Encoding: deflate, GZIP\r\n", tests::gzip(tests::deflated(kPage, MAX_WBITS))),
      kPage);
  EXPECT_EQ(decode("Content-Encoding: identity\r\n", kPage), kPage);
}

TEST(decode_body, joins_chunks) {
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(decode(chunked, "3;x=y\r\nabc\r\n0A\n0123456789\n0\r\nTrailer: x\r\n\r\n"),
            "abc0123456789");
  EXPECT_EQ(decode(chunked + "Content-Encoding: gzip\r\nContent-Length: 99999\r\n",
                   "5\r\n" + tests::gzip(kPage).substr(0, 5) + "\r\n200\r\n")
                .error()
                .message,
            "its chunks are damaged or cut short");
  EXPECT_FALSE(decode(chunked, "3\r\nabcX\r\n0\r\n"));
  EXPECT_FALSE(decode(chunked, "FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n"));
  EXPECT_EQ(decode(chunked, kPage), kPage) << "kept without its chunks";
}

TEST(decode_body, a_coding_that_was_undone_already_counts_for_nothing) {
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    EXPECT_EQ(
        decode("Content-Length: 999\r\nContent-Encoding: " + std::string(coding) + "\r\n", kPage),
        kPage)
        << coding;
  }
}

TEST(decode_body, says_what_is_damaged_or_cut_short) {
  EXPECT_EQ(decode("Content-Length: 100\r\n", "abc").error().message,
            "its page is cut short: 3 of 100 bytes");
  const std::string packed = tests::gzip(kPage);
  EXPECT_THAT(decode("Content-Encoding: gzip\r\n", packed.substr(0, 30)).error().message,
              HasSubstr("cut short"));
  EXPECT_THAT(decode("Content-Encoding: br\r\n", kBrotliHello.substr(0, 6)).error().message,
              HasSubstr("cut short"));
  EXPECT_THAT(decode("Content-Encoding: zstd\r\n", zstd(kPage).substr(0, 20)).error().message,
              HasSubstr("cut short"));
  std::string broken = packed;
  broken.back() = static_cast<char>(broken.back() + 1);  // of the length at its end
  EXPECT_THAT(decode("Content-Encoding: gzip\r\n", broken).error().message,
              HasSubstr("gzip data is damaged"));
  EXPECT_THAT(decode("Content-Encoding: zip\r\n", kPage).error().message, HasSubstr("zip"));
  EXPECT_FALSE(decode("Content-Encoding: gzip,gzip,gzip,gzip,gzip\r\n", kPage));
}

TEST(decode_body, bounds_what_it_unpacks_to) {
  const std::string bomb(2 * kMost, 'x');
  EXPECT_THAT(decode("Content-Encoding: gzip\r\n", tests::gzip(bomb)).error().message,
              HasSubstr("more than 1 MiB"));
  EXPECT_THAT(decode("Content-Encoding: zstd\r\n", zstd(bomb)).error().message,
              HasSubstr("more than 1 MiB"));
}

}  // namespace
}  // namespace broadsheet::indexer
