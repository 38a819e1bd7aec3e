// A running server on a free port and a client of raw bytes, for the tests of the HTTP layer.
// The client waits for at most ten seconds: a test that would hang fails instead.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "server/http/descriptor.h"
#include "server/http/server.h"

namespace broadsheet::server {

// Serves from its construction to stop() or its end.
class LiveServer {
 public:
  LiveServer(ServerOptions options, std::vector<Route> routes) {
    options.listen = "127.0.0.1:0";
    Result<std::unique_ptr<HttpServer>> opened =
        HttpServer::open(std::move(options), std::move(routes));
    if (!opened) throw std::runtime_error(opened.error().message);
    server_ = std::move(*opened);
    thread_ = std::thread([this] { outcome_ = server_->run(); });
  }

  ~LiveServer() { stop(); }

  LiveServer(const LiveServer&) = delete;
  LiveServer& operator=(const LiveServer&) = delete;

  StopOutcome stop() {
    server_->request_stop();
    return wait();
  }

  StopOutcome wait() {
    if (thread_.joinable()) thread_.join();
    return outcome_;
  }

  HttpServer& operator*() { return *server_; }

  HttpServer* operator->() { return server_.get(); }

 private:
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
  StopOutcome outcome_ = StopOutcome::finished;
};

struct Answer {
  int status = 0;  // 0: the connection ended without one
  std::string head;
  std::string body;

  [[nodiscard]] bool has(std::string_view line) const {
    return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
  }
};

class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{10, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

  [[nodiscard]] bool connected() const { return connected_; }

  [[nodiscard]] int fd() const { return socket_.get(); }

  // False when the server does not take them all (any more).
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  // One answer; the body by its Content-Length, none for `method` HEAD.
  Answer receive(std::string_view method = "GET") {
    Answer answer;
    while (received_.find("\r\n\r\n") == std::string::npos) {
      if (!more()) return answer;
    }
    answer.head = take(received_.find("\r\n\r\n") + 4);
    answer.status = std::stoi(answer.head.substr(9));
    const std::size_t at = answer.head.find("Content-Length: ");
    const std::size_t length =
        at == std::string::npos ? 0 : std::stoul(answer.head.substr(at + 16));
    if (method == "HEAD") return answer;
    while (received_.size() < length && more()) {
    }
    answer.body = take(length);
    return answer;
  }

  Answer get(const std::string& target, const std::string& method = "GET") {
    send(method + " " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
    return receive(method);
  }

  // Whether the server hangs up without a further byte.
  bool ends() { return received_.empty() && !more(); }

 private:
  bool more() {
    char buffer[65536];
    const ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    if (count > 0) received_.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  std::string take(std::size_t count) {
    std::string taken = received_.substr(0, count);
    received_.erase(0, count);
    return taken;
  }

  Descriptor socket_;
  bool connected_ = false;
  std::string received_;
};

// Yields until the server says so; used for what only its counters show.
template <typename Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

// A door that threads wait at until the test opens it.
class Gate {
 public:
  void pass() {
    entered_.fetch_add(1);
    open_.wait(false);
  }

  void open() {
    open_.store(true);
    open_.notify_all();
  }

  // False when they do not come.
  bool wait_for_visitors(int count) {
    return eventually([this, count] { return entered_.load() >= count; });
  }

 private:
  std::atomic<int> entered_{0};
  std::atomic<bool> open_{false};
};

}  // namespace broadsheet::server
