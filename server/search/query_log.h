// What is asked for often, kept in memory for suggestions alone: gone when the server ends.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::server {

// Counts queries by their folded text. Safe from many threads.
class QueryLog {
 public:
  // Asked less often, a query is nobody's but the asker's.
  static constexpr std::uint32_t kLeastTimes = 3;
  static constexpr std::size_t kMostQueries = 10'000;
  static constexpr std::size_t kMostBytes = 80;  // longer queries are not kept

  // A query that found something.
  void note(std::string_view query);

  // Queries asked for kLeastTimes or more that begin so, folded; most frequent first.
  [[nodiscard]] std::vector<std::string> beginning_with(std::string_view begin,
                                                        std::size_t limit) const;

 private:
  struct Entry {
    std::string text;  // as it was typed first
    std::uint32_t times = 0;
  };

  void make_room();

  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> queries_;  // by folded text
};

}  // namespace broadsheet::server
