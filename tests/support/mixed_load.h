// Clients that search while a test does something else to the archive.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>

namespace broadsheet::tests {

// Searches of every kind, round and round, on one connection, in an archive of made_article()s
// that holds a1. Ends with the object.
class MixedLoad {
 public:
  explicit MixedLoad(std::uint16_t port);
  ~MixedLoad();
  MixedLoad(const MixedLoad&) = delete;
  MixedLoad& operator=(const MixedLoad&) = delete;

  void stop();

  // After stop(): how many there were, and how often each answer came that was no 200.
  [[nodiscard]] int requests() const { return requests_; }

  [[nodiscard]] const std::map<std::string, int>& failures() const { return failures_; }

 private:
  void run(std::uint16_t port);

  std::atomic<bool> stopped_{false};
  int requests_ = 0;
  std::map<std::string, int> failures_;
  std::thread thread_;
};

}  // namespace broadsheet::tests
