// A strict look at a request head before any other parser sees it: what two parsers could read in
// two ways (smuggling, bombs, binary noise) is refused here. Pure functions on bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/options.h"
#include "server/http/request.h"

namespace broadsheet::server {

// Finds the end of a head in bytes that arrive piece by piece, and faults before it is complete, so
// that a bomb is refused at its first wrong byte instead of at a deadline.
class HeadScan {
 public:
  // 0: more bytes are needed; otherwise the length of the head, or with status() != 0 a refusal.
  // `bytes` is everything received since the head began; only what is new is looked at.
  [[nodiscard]] std::size_t look(std::string_view bytes, const HeadLimits& limits);

  [[nodiscard]] int status() const { return status_; }

  [[nodiscard]] std::string_view detail() const { return detail_; }

 private:
  void refuse(int status, std::string_view detail);
  void check_byte(std::string_view bytes, const HeadLimits& limits);
  void end_line(std::size_t at, const HeadLimits& limits);

  std::size_t seen_ = 0;
  std::size_t line_start_ = 0;
  std::size_t lines_ = 0;
  bool complete_ = false;
  int status_ = 0;
  std::string_view detail_;
};

enum class Persistence { close, keep_alive };

// A head in order.
struct Head {
  std::string method;
  std::string target;              // as sent: visible ASCII and raw bytes above 0x7F, no '#'
  int minor_version = 1;           // of HTTP/1.x
  std::vector<NameValue> headers;  // names in lower case, values trimmed
  std::size_t content_length = 0;
  Persistence persistence = Persistence::keep_alive;
  bool expects_continue = false;
};

// `status` 0: the head is in order; otherwise the refusal and one sentence for the client.
struct HeadVerdict {
  int status = 0;
  std::string_view detail;
  Head head;
};

// Judges a whole head, blank line included, as HeadScan found it. A length above `max_body` is
// refused here. Refusals: 400 411 413 414 415 416 417 431 501.
[[nodiscard]] HeadVerdict judge_head(std::string_view bytes,
                                     const HeadLimits& limits,
                                     std::size_t max_body);

}  // namespace broadsheet::server
