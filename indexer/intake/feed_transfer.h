// HTTP requests for feeds, several at a time: the one room of libcurl. One request is one answer:
// redirects are reported, never followed, and every address connected to is judged.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "schema/result.h"

namespace broadsheet::indexer {

struct TransferLimits {
  std::chrono::milliseconds connect = std::chrono::seconds(10);
  std::chrono::milliseconds total = std::chrono::seconds(60);
  std::chrono::seconds stall = std::chrono::seconds(20);  // with hardly a byte coming
  std::size_t wire_bytes = std::size_t{16} << 20U;        // of a body as it is sent
};

struct TransferRequest {
  std::uint64_t tag = 0;  // the caller's own, given back
  std::string address;    // checked
  std::string etag;       // asked for only when it is another one; may be empty
  std::string last_modified;
  bool allow_private = false;  // addresses inside networks are connected to as well
};

enum class TransferEnd {
  answered,
  failed,  // no whole answer came
  refused  // it may not be connected to, or is too large
};

struct TransferResult {
  std::uint64_t tag = 0;
  TransferEnd end = TransferEnd::failed;
  std::string why;       // in words, unless answered
  int status = 0;        // of HTTP; 0 when no answer began
  std::string body;      // packed as it came; only of a 200
  std::string redirect;  // where the answer points to, absolute, of any scheme; empty without
  std::string content_type;
  std::string content_encoding;
  std::string etag;
  std::string last_modified;
  std::string retry_after;
  std::string cache_control;
};

// Not thread-safe but for wake(). Destroying it ends what is under way at once.
class Transfers {
 public:
  explicit Transfers(const TransferLimits& limits);
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  // From the next wait() on.
  void start(const TransferRequest& request);

  [[nodiscard]] std::size_t under_way() const;

  // Moves everything on; returns when something has ended, after `longest`, or on wake().
  [[nodiscard]] std::vector<TransferResult> wait(std::chrono::milliseconds longest);

  // Ends a wait(), or the next one, early. From any thread.
  void wake();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace broadsheet::indexer
