// How facet values are shown: terms hold them folded, readers get the most common spelling.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "schema/result.h"
#include "server/store/facet_labels.h"
#include "server/store/session.h"

namespace broadsheet::server {

// Remembers spellings, which take rows of the catalog to find out. Safe from many threads.
class FacetNames {
 public:
  // The spelling of a folded value; empty for what is no value of its own, such as the name of a
  // source beside its id, or a story that has shrunk to one article. Headlines of stories are not
  // remembered: their article may be taken down.
  [[nodiscard]] Result<std::optional<WrittenLabel>> spelling(ReadSession& session,
                                                             Field field,
                                                             std::string_view folded);

 private:
  struct Entry {
    std::optional<WrittenLabel> label;
    int generation = 0;
    std::int64_t seq = 0;
    std::uint64_t articles = 0;  // that held the value then
  };

  // A newsroom's sections, authors and favourite tags; when there are more it starts anew.
  static constexpr std::size_t kMostKept = 20'000;

  static bool holds(const Entry& entry, const ReadSession& session, std::uint64_t articles);

  std::mutex mutex_;
  std::unordered_map<std::string, Entry> by_term_;
};

}  // namespace broadsheet::server
