// Proves what the server takes for a request head: each refusal by its status, each odd but honest
// head by what is read from it, and the same verdict however the bytes are cut.
#include "server/http/head_check.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

constexpr std::size_t kMaxBody = std::size_t{1024} * 1024;

// What the reactor does, with the bytes arriving `step` at a time.
HeadVerdict judge(const std::string& bytes, std::size_t step = 1) {
  const HeadLimits limits;
  HeadScan scan;
  for (std::size_t seen = step; seen < bytes.size() + step; seen += step) {
    const std::string_view so_far = std::string_view(bytes).substr(0, seen);
    const std::size_t length = scan.look(so_far, limits);
    if (scan.status() != 0) return {scan.status(), scan.detail(), {}};
    if (length > 0) return judge_head(so_far.substr(0, length), limits, kMaxBody);
  }
  return {-1, "the head is not complete", {}};
}

std::string head_with(const std::string& lines) {
  return "GET /v1/search?q=japan HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
}

struct Refusal {
  const char* what;
  int status;
  std::string bytes;
};

std::vector<Refusal> refusals() {
  std::string many;
  for (int i = 0; i < 101; ++i)
    many += "a: b\r\n";
  return {
      {"a TLS hello", 400, std::string("\x16\x03\x01\x02\x00\x01", 6)},
      {"an h2 preface", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"garbage", 400, "\xff\xfe\xfd garbage\r\n\r\n"},
      {"a bare line feed", 400, "GET / HTTP/1.1\nHost: h\n\n"},
      {"a bare carriage return", 400, "GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n"},
      {"a NUL in a header", 400, head_with(std::string("a: b\0c\r\n", 8))},
      {"a control character in a value", 400, head_with("a: b\x01\r\n")},
      {"no target", 400, "GET HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a blank in the target", 400, "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a fragment in the target", 400, "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"HTTP/0.9", 400, "GET /\r\n\r\n"},
      {"HTTP/2.0", 400, "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
      {"an unknown method", 501, "BREW / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a method in lower case", 501, "get / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"a missing colon", 400, head_with("no colon here\r\n")},
      {"a blank before the colon", 400, head_with("Content-Length : 3\r\n")},
      {"a folded line", 400, head_with("a: b\r\n c\r\n")},
      {"an empty header name", 400, head_with(": b\r\n")},
      {"no Host", 400, "GET / HTTP/1.1\r\n\r\n"},
      {"two Hosts", 400, head_with("Host: other\r\n")},
      {"two lengths", 400, head_with("Content-Length: 3\r\nContent-Length: 3\r\n")},
      {"a list of lengths", 400, head_with("Content-Length: 3, 3\r\n")},
      {"a negative length", 400, head_with("Content-Length: -1\r\n")},
      {"a signed length", 400, head_with("Content-Length: +1\r\n")},
      {"an empty length", 400, head_with("Content-Length:\r\n")},
      {"a length and a coding",
       400,
       head_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n")},
      {"a chunked body", 411, head_with("Transfer-Encoding: chunked\r\n")},
      {"any other coding", 411, head_with("Transfer-Encoding: identity\r\n")},
      {"a long body", 413, head_with("Content-Length: 1048577\r\n")},
      {"a length past all numbers", 413, head_with("Content-Length: 99999999999999999999999\r\n")},
      {"a long target", 414, "GET /" + std::string(8000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"an endless request line", 414, "GET /" + std::string(60'000, 'a')},
      {"a multipart body", 415, head_with("Content-Type: Multipart/form-data; boundary=x\r\n")},
      {"a compressed body", 415, head_with("Content-Encoding: gzip\r\n")},
      {"a long Range", 416, head_with("Range: bytes=" + std::string(300, '0') + "-\r\n")},
      {"an expectation", 417, head_with("Expect: miracles\r\n")},
      {"an endless header line", 431, head_with("a: " + std::string(9'000, 'b'))},
      {"too many lines", 431, head_with(many)},
      {"a head over 16 kB",
       431,
       head_with("a: " + std::string(7'900, 'b') + "\r\nc: " + std::string(7'900, 'd') +
                 "\r\ne: " + std::string(1'000, 'f') + "\r\n")},
  };
}

TEST(HeadCheck, each_refusal_has_its_status_and_a_sentence) {
  for (const Refusal& refusal : refusals()) {
    const HeadVerdict verdict = judge(refusal.bytes);
    EXPECT_EQ(verdict.status, refusal.status) << refusal.what << ": " << verdict.detail;
    EXPECT_FALSE(verdict.detail.empty()) << refusal.what;
  }
}

TEST(HeadCheck, the_verdict_does_not_depend_on_how_the_bytes_arrive) {
  for (const Refusal& refusal : refusals()) {
    for (const std::size_t step : {7U, 4096U, 100'000U}) {
      EXPECT_EQ(judge(refusal.bytes, step).status, refusal.status) << refusal.what << ", " << step;
    }
  }
}

TEST(HeadCheck, a_bomb_is_refused_before_it_is_complete) {
  const HeadLimits limits;
  HeadScan scan;
  EXPECT_EQ(scan.look("GET / HTTP/1.1\r\nHost: h\n", limits), 0U);
  EXPECT_EQ(scan.status(), 400);
}

TEST(HeadCheck, what_lies_behind_the_head_is_left_alone) {
  const HeadLimits limits;
  HeadScan scan;
  const std::string head = head_with("");
  EXPECT_EQ(scan.look(head + std::string("\0\n\n garbage", 11), limits), head.size());
  EXPECT_EQ(scan.status(), 0);
}

TEST(HeadCheck, an_ordinary_head_is_read) {
  const HeadVerdict verdict = judge(
      "POST /v1/related?a=%2F HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\n"
      "X-Thing: \t two  words \t\r\nEXPECT: 100-Continue\r\n\r\n");
  ASSERT_EQ(verdict.status, 0) << verdict.detail;
  const Head& head = verdict.head;
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.target, "/v1/related?a=%2F");
  EXPECT_EQ(head.minor_version, 1);
  EXPECT_EQ(head.content_length, 12U);
  EXPECT_TRUE(head.expects_continue);
  EXPECT_EQ(head.persistence, Persistence::keep_alive);
  ASSERT_EQ(head.headers.size(), 4U);
  EXPECT_EQ(head.headers[2].name, "x-thing");
  EXPECT_EQ(head.headers[2].value, "two  words");
}

TEST(HeadCheck, an_old_client_cannot_expect_to_be_told_to_go_on) {
  const HeadVerdict verdict =
      judge("POST / HTTP/1.0\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_EQ(verdict.status, 0) << verdict.detail;
  EXPECT_FALSE(verdict.head.expects_continue);
}

TEST(HeadCheck, percent_signs_in_header_values_stay_as_sent) {
  const HeadVerdict verdict = judge(head_with("If-None-Match: \"a%22b\"\r\n"));
  ASSERT_EQ(verdict.status, 0);
  EXPECT_EQ(verdict.head.headers[1].value, "\"a%22b\"");
}

TEST(HeadCheck, raw_utf8_in_the_target_is_taken) {
  EXPECT_EQ(judge("GET /v1/search?q=\xe6\x97\xa5 HTTP/1.1\r\nHost: h\r\n\r\n").status, 0);
}

TEST(HeadCheck, who_keeps_the_connection) {
  struct Case {
    const char* version;
    const char* lines;
    Persistence expected;
  };

  const std::vector<Case> cases{
      {"HTTP/1.1", "", Persistence::keep_alive},
      {"HTTP/1.1", "Connection: Close\r\n", Persistence::close},
      {"HTTP/1.1", "Connection: upgrade , close\r\n", Persistence::close},
      {"HTTP/1.0", "", Persistence::close},
      {"HTTP/1.0", "Connection: Keep-Alive\r\n", Persistence::keep_alive},
      {"HTTP/1.0", "Connection: keep-alive, close\r\n", Persistence::close},
  };
  for (const Case& row : cases) {
    const HeadVerdict verdict =
        judge(std::string("GET / ") + row.version + "\r\nHost: h\r\n" + row.lines + "\r\n");
    ASSERT_EQ(verdict.status, 0) << verdict.detail;
    EXPECT_EQ(verdict.head.persistence, row.expected) << row.version << " " << row.lines;
  }
}

TEST(HeadCheck, http_1_0_needs_no_host) {
  EXPECT_EQ(judge("GET / HTTP/1.0\r\n\r\n").status, 0);
}

TEST(HeadCheck, limits_are_exact) {
  const std::string target = "/" + std::string(7'999, 'a');
  EXPECT_EQ(judge("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").status, 0);
  EXPECT_EQ(judge(head_with("Content-Length: 1048576\r\n")).status, 0);
  std::string lines;
  for (int i = 0; i < 99; ++i)
    lines += "a: b\r\n";
  EXPECT_EQ(judge(head_with(lines)).status, 0);
  EXPECT_EQ(judge(head_with(lines + "a: b\r\n")).status, 431);
}

}  // namespace
}  // namespace broadsheet::server
