// From answers to articles: what feeds have sent is judged, imported on the road of files, and only
// then remembered. So a crash in between makes a feed be asked again, and loses nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "indexer/import.h"
#include "indexer/intake/feed_fetcher.h"
#include "indexer/intake/feed_state.h"
#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// A feed as it was when it was asked, and what came.
struct PolledFeed {
  FeedState feed;
  FeedAnswer answer;
};

// Clock and chance of a conclusion.
struct PollMoment {
  std::int64_t now = 0;            // seconds since 1970 UTC
  std::function<double()> chance;  // in [0, 1)
};

[[nodiscard]] FeedRequest request_for(const FeedState& feed);

// The format to import files() in.
inline constexpr std::string_view kFeedFormat = "rss";

class FeedBatch {
 public:
  // Judges what came: a web page or a damaged feed becomes a refusal.
  explicit FeedBatch(std::vector<PolledFeed> polled);

  // What is to be imported; empty when nothing came that holds articles.
  [[nodiscard]] const std::vector<InputFile>& files() const { return files_; }

  // What is to be recorded once the import of files() has ended. A feed whose import was cut short
  // is left out: it stays due.
  [[nodiscard]] std::vector<FeedState> conclude(const std::vector<FileResult>& results,
                                                const PollMoment& moment) const;

 private:
  struct Entry {
    PolledFeed polled;
    std::chrono::seconds fresh_for{0};  // as the feed itself says
    std::string body_hash;              // empty of one that is truncated
    bool may_be_cut = false;
    bool has_file = false;
  };

  void judge_body(Entry& entry);
  void hand_on(Entry& entry, const ReaderOptions& options);
  static FeedState concluded(const Entry& entry,
                             const FileResult* result,
                             const PollMoment& moment);

  std::vector<Entry> entries_;
  std::vector<InputFile> files_;  // of the entries that have one, in their order
};

// One line on how a poll went: number, address, result, when next. Without credentials.
[[nodiscard]] std::string line_about(const FeedState& feed);

}  // namespace broadsheet::indexer
