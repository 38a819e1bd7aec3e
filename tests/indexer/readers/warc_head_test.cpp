// How records of web archives begin and end, also where an archive is damaged or old.
#include "indexer/readers/warc_head.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

TEST(warc_head, begins_with_a_version) {
  for (const char* text : {"WARC/1.0", "WARC/1.1\r\n", "warc/0.17", "WARC/0.9 30 response"})
    EXPECT_TRUE(begins_warc_record(text)) << text;
  for (const char* text :
       {"", "WARC/", "WARC/1.", "WARC/x.0", "WARC/100", "WARC/1x0", "Warc/1.0", " WARC/1.0"})
    EXPECT_FALSE(begins_warc_record(text)) << text;
}

TEST(warc_head, is_found_where_a_line_begins_behind_damage) {
  const std::string text = "x WARC/1.0\r\nWARC/nothing\nWARC/1.0\r\nA: b\n\nWARC/1.1\n";
  const std::size_t first = find_warc_record(text, 0);
  EXPECT_EQ(first, text.find("WARC/1.0\r\nA"));
  EXPECT_EQ(find_warc_record(text, first), text.find("WARC/1.1"));
  EXPECT_EQ(find_warc_record(text, text.find("WARC/1.1")), std::string_view::npos);
  EXPECT_EQ(find_warc_record("WARC/1.0", 0), std::string_view::npos) << "that is where it stands";
}

TEST(warc_head, has_fields_in_lines) {
  const HeaderFields head = parse_warc_head(
      "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 7\r\n"
      "WARC-Target-URI: https://a.example/\r\n");
  EXPECT_EQ(head.value("warc-type"), "response");
  EXPECT_EQ(head.value("content-length"), "7");
  EXPECT_EQ(head.value("warc-target-uri"), "https://a.example/");
  EXPECT_EQ(head.value("warc-date"), "");
}

TEST(warc_head, has_them_in_its_first_line_in_version_0_9) {
  const HeaderFields head = parse_warc_head(
      "WARC/0.9 120 response https://a.example/ 20060102030405 uuid:1 text/html\r\nExtra: yes\r\n");
  EXPECT_EQ(head.value("content-length"), "120");
  EXPECT_EQ(head.value("warc-type"), "response");
  EXPECT_EQ(head.value("warc-target-uri"), "https://a.example/");
  EXPECT_EQ(head.value("warc-date"), "20060102030405");
  EXPECT_EQ(head.value("warc-record-id"), "uuid:1");
  EXPECT_EQ(head.value("content-type"), "text/html");
  EXPECT_EQ(head.value("extra"), "yes");
  EXPECT_TRUE(parse_warc_head("WARC/0.9 120 response").fields.empty());
  EXPECT_TRUE(parse_warc_head("").fields.empty());
}

TEST(warc_head, blocks_lose_two_line_ends_and_no_more) {
  EXPECT_EQ(without_record_end("a\r\n\r\n"), "a");
  EXPECT_EQ(without_record_end("a\n\n"), "a");
  EXPECT_EQ(without_record_end("a\r\n\r\n\r\n"), "a\r\n");
  EXPECT_EQ(without_record_end("a\n"), "a");
  EXPECT_EQ(without_record_end("\r\n"), "");
  EXPECT_EQ(without_record_end(""), "");
}

}  // namespace
}  // namespace broadsheet::indexer
