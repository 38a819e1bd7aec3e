// A bounded number of feeds on one thread that fetches.
#include "indexer/feed_polling.h"

#include <utility>

#include "indexer/readers/content_coding.h"

namespace broadsheet::indexer {
namespace {

// More wait in the catalog, where they cost nothing.
constexpr std::size_t kMostUnderWay = 8;

Result<UnpackedBody> unpack(std::string_view codings, std::string bytes, std::size_t most) {
  auto decoded = decode_content(codings, std::move(bytes), most);
  if (!decoded) return pass_on(decoded.error());
  return UnpackedBody{std::move(decoded->bytes), decoded->is_cut};
}

FetchOptions unpacking(FetchOptions options) {
  options.unpack = unpack;
  return options;
}

}  // namespace

FeedPolling::FeedPolling(FetchOptions options) : thread_(unpacking(options)) {}

std::size_t FeedPolling::room() const {
  return kMostUnderWay - under_way_.size();
}

void FeedPolling::ask(const FeedState& feed) {
  under_way_[feed.id] = {feed};
  thread_.add({request_for(feed)});
}

std::vector<PolledFeed> FeedPolling::take() {
  std::vector<PolledFeed> polled;
  for (FeedAnswer& answer : thread_.take()) {
    UnderWay& asked = under_way_.at(answer.feed);
    asked.bytes = answer.body.size();
    polled.push_back({asked.feed, std::move(answer)});
  }
  return polled;
}

void FeedPolling::done(FeedId feed) {
  const auto found = under_way_.find(feed);
  if (found == under_way_.end()) return;
  thread_.release(found->second.bytes);
  under_way_.erase(found);
}

}  // namespace broadsheet::indexer
