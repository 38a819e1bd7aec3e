// Every limit and deadline of the HTTP server in one place; the defaults are what production uses.
// A deadline is a total from the first byte, never a pause between two: dripping does not extend
// it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace broadsheet::server {

// What a request head may be.
struct HeadLimits {
  std::size_t max_head = std::size_t{16} * 1024;  // bytes, request line and blank line included
  std::size_t max_lines = 100;                    // header lines
  std::size_t max_target = 8000;                  // bytes; httplib's own limit lies just above
  std::size_t max_line = 8000;                    // bytes of one header line, for the same reason
  std::size_t max_range = 200;                    // bytes of a Range header, though it is ignored
};

struct Deadlines {
  std::chrono::milliseconds head{5'000};
  std::chrono::milliseconds body{10'000};   // at least; longer for a body at bytes_per_second
  std::chrono::milliseconds write{10'000};  // at least; longer for an answer at bytes_per_second
  std::chrono::milliseconds idle{15'000};   // between two requests, or before the first byte
  std::chrono::milliseconds linger{1'000};  // for the client to read a last answer
  std::size_t bytes_per_second = std::size_t{16} * 1024;  // slower than any modem still in use
};

// One served request, for an access log. `path` is without the query; "-" when none was understood.
struct AccessLine {
  std::string_view method;
  std::string_view path;
  std::string_view request_id;
  std::string_view remote_address;
  int status = 0;
  std::chrono::microseconds elapsed{0};  // from the last byte in to the whole answer ready to send
  std::size_t bytes = 0;                 // of the answer, head included
};

// Told of an exception that left a handler, for the log: `what` is never shown to a client. Called
// on any thread, several at once.
using FailureHook =
    std::function<void(std::string_view request_id, std::string_view path, std::string_view what)>;

struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  // HOST:PORT, [IPV6]:PORT, :PORT (every address)
  HeadLimits head;
  Deadlines deadlines;
  std::size_t max_body = std::size_t{1024} * 1024;  // bytes, where the route does not say otherwise
  std::size_t buffer_budget =
      std::size_t{256} * 1024 * 1024;  // bytes of all input and output together
  std::size_t max_connections = 4096;
  std::size_t workers = 6;                  // read sessions + 2
  int worker_nice = 5;                      // reactor and express thread go first
  std::chrono::milliseconds max_wait{250};  // refused with 503 when the queue looks longer
  std::chrono::milliseconds stop_grace{10'000};
  FailureHook on_failure;
  std::function<void(const AccessLine&)>
      on_request;  // on any thread, several at once; must not throw
};

// How a server's run ended.
enum class StopOutcome {
  finished,  // every request in flight was answered
  cut_off    // some handler was still running after the grace: leave by std::_Exit, as a thread of
             // it still uses what it captured
};

}  // namespace broadsheet::server
