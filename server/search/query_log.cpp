// When there are too many, every count is halved and what falls to nothing goes: old fashions fade.
#include "server/search/query_log.h"

#include <algorithm>
#include <utility>

#include "schema/text.h"

namespace broadsheet::server {

void QueryLog::note(std::string_view query) {
  if (query.size() > kMostBytes) return;
  std::string folded = fold(query);
  if (folded.size() < 2) return;
  const std::scoped_lock lock(mutex_);
  if (queries_.size() >= kMostQueries && !queries_.contains(folded)) make_room();
  Entry& entry = queries_[std::move(folded)];
  if (entry.times++ == 0) entry.text = query;
}

void QueryLog::make_room() {
  for (auto& [folded, entry] : queries_)
    entry.times /= 2;
  std::erase_if(queries_, [](const auto& row) { return row.second.times == 0; });
  // Where every one was frequent, all go: that many are no fashion.
  if (queries_.size() >= kMostQueries) queries_.clear();
}

std::vector<std::string> QueryLog::beginning_with(std::string_view begin, std::size_t limit) const {
  std::vector<std::pair<std::uint32_t, std::string>> found;
  {
    const std::scoped_lock lock(mutex_);
    for (auto row = queries_.lower_bound(begin);
         row != queries_.end() && row->first.starts_with(begin);
         ++row) {
      if (row->second.times >= kLeastTimes) found.emplace_back(row->second.times, row->second.text);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return left.first > right.first;
  });
  std::vector<std::string> texts;
  for (auto& [times, text] : found) {
    if (texts.size() == limit) break;
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace broadsheet::server
