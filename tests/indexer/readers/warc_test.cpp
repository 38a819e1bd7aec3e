// Web archives: which records are pages, and what is still read behind damage of every kind. Whole
// samples lie in tests/data/warc.
#include "indexer/readers/warc.h"

#include <gmock/gmock.h>

#include "indexer/readers/warc_records.h"
#include "tests/support/byte_sources.h"
#include "tests/support/packed.h"
#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

std::string page(const std::string& title) {
  return "<html><head><title>" + title + "</title></head><body><p>A text of " + title +
         " that is as long as one sentence of news is.</p></body></html>";
}

std::string answer(const std::string& body,
                   const std::string& fields = "Content-Type: text/html\r\n") {
  return "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
}

// `length` is said instead of the true one.
std::string record(const std::string& type,
                   const std::string& block,
                   const std::string& fields = "",
                   const std::string& length = "") {
  const std::string said = length.empty() ? std::to_string(block.size()) : length;
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: http://x.example/a\r\n" +
         "WARC-Date: 2026-01-02T03:04:05Z\r\n" + fields + "Content-Length: " + said + "\r\n\r\n" +
         block + "\r\n\r\n";
}

std::string response(const std::string& title, const std::string& length = "") {
  return record("response", answer(page(title)), "", length);
}

std::vector<std::string> titles(const std::string& bytes) {
  std::vector<std::string> found;
  for (const RawArticle& raw : tests::read_raw_bytes(bytes, "warc"))
    found.push_back(raw.refusal.empty() ? raw.title.value_or("").substr(0, 200)
                                        : "refused: " + raw.refusal);
  return found;
}

TEST(looks_like_warc, goes_by_its_first_line) {
  for (const char* warc : {"WARC/1.0\r\n", "WARC/1.1\n", "WARC/0.18\r\n", "warc/0.9 12 response"})
    EXPECT_TRUE(looks_like_warc(warc)) << warc;
  for (const char* other :
       {"", "WARC/", "WARC/1", "WARC/1.", "WARC/x.y", "WARC-Type: x", " WARC/1.0"})
    EXPECT_FALSE(looks_like_warc(other)) << other;
}

TEST(warc, a_page_is_an_article_with_its_address_and_no_date_of_the_archive) {
  const auto articles = tests::read_raw_bytes(response("A"), "auto");
  ASSERT_EQ(articles.size(), 1U);
  const RawArticle& raw = articles.front();
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.title, "A");
  EXPECT_THAT(raw.body.value_or(""), HasSubstr("A text of A"));
  EXPECT_EQ(raw.url, "http://x.example/a");
  EXPECT_FALSE(raw.published);
  EXPECT_FALSE(raw.updated);
  EXPECT_THAT(raw.extra, ElementsAre(Pair("captured", "\"2026-01-02T03:04:05Z\"")));
  EXPECT_THAT(raw.repairs, ElementsAre());
}

TEST(warc, a_page_may_tell_its_own_address_relative_to_where_it_lay) {
  const std::string html =
      "<html><head><title>A</title><link rel=\"canonical\" href=\"/own\">"
      "<meta property=\"og:image\" content=\"i.jpg\"></head><body>x</body></html>";
  const auto articles = tests::read_raw_bytes(record("response", answer(html)), "warc");
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_EQ(articles[0].url, "http://x.example/own");
  EXPECT_EQ(articles[0].image_url, "http://x.example/i.jpg");
}

TEST(warc, pages_are_decoded) {
  EXPECT_THAT(titles(record("response",
                            answer(tests::gzip(page("A")),
                                   "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"))),
              ElementsAre("A"));
  EXPECT_THAT(titles(record("response",
                            answer("<html><title>Caf\xE9</title></html>",
                                   "Content-Type: text/html; charset=latin1\r\n"))),
              ElementsAre("Café"));
  EXPECT_THAT(titles(record("resource", page("R"), "Content-Type: text/html; charset=utf-8\r\n")),
              ElementsAre("R"));
  EXPECT_THAT(titles(record("response", answer(page("S"), "X: y\r\n"))), ElementsAre("S"))
      << "HTML by its looks";
}

TEST(warc, a_refusal_is_valid_text_whatever_the_head_says) {
  const std::string block =
      answer(page("A"), "Content-Encoding: \xFF\r\nContent-Type: text/html\r\n");
  EXPECT_THAT(
      titles(record("response", block)),
      ElementsAre("refused: http://x.example/a: its content coding is not known: \xEF\xBF\xBD"));
}

TEST(warc, all_other_records_are_passed_over_and_counted) {
  const std::string bytes =
      record("warcinfo", "software: x\r\n") + record("request", "GET / HTTP/1.1\r\n\r\n") +
      record("revisit", "HTTP/1.1 200 OK\r\n\r\n") + record("metadata", "a: b") +
      record("conversion", "text") + record("continuation", "x") + record("other", "x") +
      record("resource", "PNG", "Content-Type: image/png\r\n") +
      record("response",
             "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + page("404")) +
      record("response", answer("{}", "Content-Type: application/json\r\n")) +
      record("response", "20260102 127.0.0.1", "Content-Type: text/dns\r\n") +
      record("request", "GET / HTTP/1.1\r\n\r\n");
  auto reader = open_warc(tests::source_of(bytes), {});
  RawRecord none;
  EXPECT_FALSE(reader->next(none).value());
  std::vector<std::string> passed;
  for (const PassedOver& part : reader->passed_over())
    passed.push_back(std::to_string(part.count) + " " + part.what);
  EXPECT_THAT(passed,
              UnorderedElementsAre("1 warcinfo records",
                                   "2 request records",
                                   "1 revisit records",
                                   "1 metadata records",
                                   "1 conversion records",
                                   "1 continuation records",
                                   "1 records of other types",
                                   "1 resources that are no HTML",
                                   "1 answers without success",
                                   "1 answers that are no HTML",
                                   "1 answers of other protocols than HTTP"));
}

TEST(warc, every_version_is_read) {
  std::string old = response("B");
  old.replace(0, 8, "WARC/0.18");
  EXPECT_THAT(titles(old), ElementsAre("B"));
  const std::string block = answer(page("C"));
  const std::string first =
      " response http://x.example/c 20060102030405 urn:x application/http\r\n\r\n";
  const std::string oldest =
      "warc/0.9 " + std::to_string(block.size()) + first + block + "\r\n\r\n";
  EXPECT_THAT(titles(oldest + response("A")), ElementsAre("C", "A"));
  EXPECT_EQ(tests::read_raw_bytes(oldest, "warc").front().url, "http://x.example/c");
}

TEST(warc, a_wrong_length_ends_where_the_next_record_begins) {
  const std::string last = response("Z");
  for (const char* length : {"0", "7", "500", "100000", "", "x", "-1"}) {
    const std::string lying = std::string(length).empty() ? response("A") : response("A", length);
    const auto articles = tests::read_raw_bytes(response("Y") + lying + last, "warc");
    ASSERT_EQ(articles.size(), 3U) << length;
    EXPECT_EQ(articles[0].title, "Y");
    EXPECT_EQ(articles[1].title, "A") << length;
    EXPECT_EQ(articles[1].body, articles[1].refusal.empty() ? articles[1].body : std::nullopt);
    EXPECT_EQ(articles[1].repairs.size(), std::string(length).empty() ? 0U : 1U) << length;
    EXPECT_EQ(articles[2].title, "Z") << length;
  }
}

TEST(warc, a_length_beyond_all_does_not_hide_what_follows) {
  EXPECT_THAT(titles(response("A", "999999999999") + response("Z")),
              ElementsAre(HasSubstr("http://x.example/a: it is longer than 16 MiB"), "Z"));
  EXPECT_THAT(titles(response("A", "99999999999999999999999") + response("Z")),
              ElementsAre("A", "Z"));
}

TEST(warc, a_text_about_archives_is_no_record) {
  const std::string html =
      "<html><title>T</title><pre>\r\nWARC/1.0\r\nWARC-Type: x\r\n\r\n</pre></html>";
  EXPECT_THAT(titles(record("response", answer(html)) + response("Z")), ElementsAre("T", "Z"));
}

TEST(warc, bytes_between_records_are_told_and_left) {
  EXPECT_THAT(titles(response("A") + "no record at all\r\nin two lines\r\n" + response("Z")),
              ElementsAre("A", "refused: 32 bytes that are no WARC record", "Z"));
  EXPECT_THAT(titles("junk"), ElementsAre("refused: 4 bytes that are no WARC record"));
  EXPECT_THAT(titles("\r\n\r\n" + response("A") + "\r\n\n\n"), ElementsAre("A"));
  EXPECT_THAT(titles(""), ElementsAre());
}

TEST(warc, a_record_that_is_cut_short_is_refused) {
  const std::string whole = response("A");
  const std::string cut = response("B").substr(0, whole.size() - 40);
  EXPECT_THAT(
      titles(whole + cut),
      ElementsAre("A", "refused: http://x.example/a: it is cut short: the archive ends too early"));
  EXPECT_THAT(titles(whole + whole.substr(0, 30)),
              ElementsAre("A", "refused: it is cut short: the archive ends too early"));
  EXPECT_THAT(titles(record("response",
                            answer("<html>", "Content-Type: text/html\r\nContent-Length: 99\r\n"))),
              ElementsAre("refused: http://x.example/a: its page is cut short: 6 of 99 bytes"));
}

TEST(warc, damaged_members_cost_themselves_alone) {
  std::string damaged = tests::gzip(response("B"));
  damaged.replace(60, 20, 20, '\xFF');
  const std::string a = tests::gzip(response("A"));
  const std::string z = tests::gzip(response("Z"));
  EXPECT_THAT(titles(a + damaged + z),
              ElementsAre("A", HasSubstr("the gzip data is damaged"), "Z"));
  EXPECT_THAT(titles(a + tests::gzip(response("B")).substr(0, 150) + z),
              ElementsAre("A", HasSubstr("gzip data"), "Z"));
  EXPECT_THAT(titles(a + "no gzip" + z), ElementsAre("A", HasSubstr("not gzip"), "Z"));
  EXPECT_THAT(titles(a + z.substr(0, 150)), ElementsAre("A", HasSubstr("ends too early")));
  std::string wrong_sum = tests::gzip(response("B"));
  wrong_sum[wrong_sum.size() - 6] ^= 1;
  EXPECT_THAT(titles(a + wrong_sum + z),
              ElementsAre("A", "B", "refused: the gzip data is damaged", "Z"))
      << "what could be read whole goes in, and the damage is told";
}

TEST(warc, is_read_the_same_whatever_the_size_of_the_pieces) {
  const std::string bytes = response("A") + "junk\n" + response("B", "3") + response("C", "9999") +
                            record("request", "GET /") + response("D");
  for (const std::size_t piece : {1U, 3U, 17U, 100'000U}) {
    auto reader = open_warc(tests::source_of(bytes, piece), {});
    std::vector<std::string> found;
    std::vector<std::uint64_t> numbers;
    RawRecord raw;
    while (reader->next(raw).value_or(false)) {
      numbers.push_back(raw.number);
      EXPECT_TRUE(bytes.compare(raw.offset, 5, "WARC/") == 0 || bytes[raw.offset] == 'j');
      found.push_back(raw.refusal.empty() ? reader->parse(raw).title.value_or("") : raw.refusal);
    }
    EXPECT_THAT(found, ElementsAre("A", "5 bytes that are no WARC record", "B", "C", "D")) << piece;
    EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4, 6)) << piece;
  }
}

TEST(warc, bounds_what_it_keeps) {
  const std::string giant(kMaxWarcRecordBytes + 100, 'x');
  EXPECT_THAT(titles(record("response", answer(giant)) + response("Z")),
              ElementsAre("refused: http://x.example/a: it is longer than 16 MiB", "Z"));
  EXPECT_THAT(titles(record("resource", giant, "Content-Type: video/mp4\r\n") + response("Z")),
              ElementsAre("Z"));
  EXPECT_THAT(titles(giant + "\n" + response("Z")), ElementsAre(HasSubstr("no WARC record"), "Z"));
  const std::string endless = "WARC/1.0\r\nX: " + std::string(100'000, 'y') + "\r\n";
  EXPECT_THAT(titles(endless + response("Z")), ElementsAre("refused: its head has no end", "Z"));
}

}  // namespace
}  // namespace broadsheet::indexer
