// A fetcher asking a real server on this machine: what tests of it begin with.
#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "indexer/intake/feed_fetcher.h"
#include "indexer/readers/content_coding.h"
#include "tests/support/feed_server.h"

namespace broadsheet::indexer {

inline constexpr std::chrono::milliseconds kPatience = std::chrono::seconds(20);

inline Result<UnpackedBody> unpack(std::string_view codings, std::string bytes, std::size_t most) {
  auto decoded = decode_content(codings, std::move(bytes), most);
  if (!decoded) return pass_on(decoded.error());
  return UnpackedBody{std::move(decoded->bytes), decoded->is_cut};
}

inline FetchOptions quick() {
  FetchOptions options;
  options.host_gap = std::chrono::milliseconds(0);
  options.limits.connect = std::chrono::seconds(5);
  options.limits.total = std::chrono::seconds(5);
  options.limits.stall = std::chrono::seconds(1);
  options.limits.wire_bytes = std::size_t{1} << 20U;
  options.unpack = unpack;
  options.body_bytes = std::size_t{2} << 20U;
  return options;
}

class Fetching : public testing::Test {
 protected:
  FeedRequest request(const std::string& path) {
    FeedRequest request;
    request.feed = 7;
    request.address = server_.url(path);
    request.allow_private = true;
    return request;
  }

  static FeedAnswer ask(const FeedRequest& request, const FetchOptions& options = quick()) {
    FeedFetcher fetcher(options);
    fetcher.add(request);
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
      auto answers = fetcher.wait(std::chrono::milliseconds(1000));
      if (answers.empty()) continue;
      EXPECT_EQ(answers.front().feed, request.feed);
      EXPECT_TRUE(fetcher.is_idle());
      return std::move(answers.front());
    }
    ADD_FAILURE() << "no answer for " << request.address;
    return {};
  }

  FeedAnswer ask(const std::string& path) { return ask(request(path)); }

  // The answer to a server that says `bytes` and then hangs up.
  FeedAnswer said(std::string bytes) {
    server_.on("/f", std::move(bytes));
    return ask("/f");
  }

  void redirect(const std::string& path, int status, const std::string& target) {
    server_.on(path, tests::http_answer(status, "Location: " + target + "\r\n", "moved"));
  }

  tests::FeedServer server_;
};

}  // namespace broadsheet::indexer
