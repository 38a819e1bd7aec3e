// A bounded number of feeds on one thread that fetches.
#include "indexer/feed_polling.h"

namespace broadsheet::indexer {
namespace {

// Each may hold a whole answer: as many as that of TransferLimits::body_bytes.
constexpr std::size_t kMostUnderWay = 8;

}  // namespace

std::size_t FeedPolling::room() const {
  return kMostUnderWay - under_way_.size();
}

void FeedPolling::ask(const FeedState& feed) {
  under_way_[feed.id] = feed;
  thread_.add({request_for(feed)});
}

std::vector<PolledFeed> FeedPolling::take() {
  std::vector<PolledFeed> polled;
  for (FeedAnswer& answer : thread_.take()) {
    const FeedId feed = answer.feed;
    polled.push_back({under_way_.at(feed), std::move(answer)});
  }
  return polled;
}

}  // namespace broadsheet::indexer
