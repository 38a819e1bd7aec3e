// The HTTP server: a table of routes in, a listening socket out. One reactor thread owns all
// waiting connections; whole requests go to worker threads; httplib parses and writes them from
// memory. Block SIGTERM and SIGINT (SignalWatch) before opening it: its threads inherit the mask.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "schema/result.h"
#include "server/http/head_check.h"
#include "server/http/options.h"
#include "server/http/request.h"
#include "server/http/stats.h"

namespace broadsheet::server {

class HttpServer {
 public:
  // Binds, listens and starts the workers; requests wait in the backlog until run(). Raises the
  // limit of open files to the hard limit. A port in use, an unknown host or a missing right is
  // ErrorCode::unavailable naming host and port; a malformed listen string or route table
  // invalid_argument.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> open(ServerOptions options,
                                                                std::vector<Route> routes);
  ~HttpServer();  // waits for running handlers
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // "127.0.0.1:8080" or "[::1]:8080", with the real port when 0 was asked for.
  [[nodiscard]] const std::string& address() const;
  [[nodiscard]] int port() const;

  // Serves until request_stop(); call it once. Then: no new connection, idle ones dropped, what is
  // in flight finished with `Connection: close` within ServerOptions::stop_grace.
  StopOutcome run();

  // From any thread, any number of times, before or during run(). Not from a signal handler.
  void request_stop();

  // A snapshot; any thread.
  [[nodiscard]] ServerStats stats() const;

 private:
  struct Parts;
  explicit HttpServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The same road from a judged head to the bytes of the answer, without threads and sockets: for the
// fuzzer, and for whoever wants to see what a table answers.
class MemoryServer {
 public:
  // `routes` must be a valid table.
  MemoryServer(ServerOptions options, std::vector<Route> routes);
  ~MemoryServer();
  MemoryServer(const MemoryServer&) = delete;
  MemoryServer& operator=(const MemoryServer&) = delete;

  [[nodiscard]] std::string answer(const Head& head, std::string body) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace broadsheet::server
