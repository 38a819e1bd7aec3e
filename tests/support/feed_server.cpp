// A thread a connection; an eventfd that all of them watch ends what stalls.
#include "tests/support/feed_server.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <brotli/encode.h>
#include <poll.h>
#include <spdlog/fmt/fmt.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

namespace broadsheet::tests {
namespace {

// Whether the server ends, or the peer has hung up, within this time.
bool is_over(int socket, int ending, int milliseconds) {
  std::array<pollfd, 2> watched = {{{socket, POLLRDHUP | POLLHUP, 0}, {ending, POLLIN, 0}}};
  return ::poll(watched.data(), watched.size(), milliseconds) > 0;
}

// The head of a request; empty when the client hangs up before it is whole.
std::string read_head(int socket, int ending) {
  std::string head;
  std::array<char, 4096> buffer{};
  while (head.find("\r\n\r\n") == std::string::npos) {
    std::array<pollfd, 2> watched = {{{socket, POLLIN, 0}, {ending, POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), -1) < 0 || watched[1].revents != 0) return {};
    const auto got = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (got <= 0) return {};
    head.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return head;
}

FeedServerRequest request_from(const std::string& head) {
  FeedServerRequest request;
  const std::size_t begin = head.find(' ') + 1;
  request.target = head.substr(begin, head.find(' ', begin) - begin);
  std::size_t at = head.find("\r\n") + 2;
  for (std::size_t end = head.find("\r\n", at); end > at; end = head.find("\r\n", at)) {
    const std::string line = head.substr(at, end - at);
    std::string name = line.substr(0, line.find(':'));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
      return static_cast<char>(std::tolower(c));
    });
    request.headers[name] = line.substr(std::min(name.size() + 2, line.size()));
    at = end + 2;
  }
  return request;
}

std::string packed(std::string_view bytes, int window_bits) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

bool FeedServerLine::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    std::array<pollfd, 2> watched = {{{socket_, POLLOUT, 0}, {ending_, POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), -1) < 0 || watched[1].revents != 0) return false;
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void FeedServerLine::trickle(std::string_view bytes) const {
  for (const char& byte : bytes)
    if (is_over(socket_, ending_, 50) || !send({&byte, 1})) return;
}

void FeedServerLine::stall() const {
  is_over(socket_, ending_, -1);
}

struct FeedServer::State {
  State() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener, 64) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      throw std::runtime_error("no port for a server");
    }
    port = ntohs(address.sin_port);
  }

  void accept_all() {
    while (true) {
      std::array<pollfd, 2> watched = {{{listener, POLLIN, 0}, {ending, POLLIN, 0}}};
      if (::poll(watched.data(), watched.size(), -1) < 0 || watched[1].revents != 0) return;
      const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket >= 0) connections.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    const std::string head = read_head(socket, ending);
    if (!head.empty()) {
      const FeedServerRequest request = request_from(head);
      Script script;
      {
        const std::lock_guard lock(mutex);
        seen.push_back(request);
        const auto found = scripts.find(request.target);
        if (found != scripts.end()) script = found->second;
      }
      const FeedServerLine line(socket, ending);
      if (script) script(request, line);
      if (!script) line.send(http_answer(404, "", "nothing here"));
    }
    ::shutdown(socket, SHUT_WR);
    ::close(socket);
  }

  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int ending = ::eventfd(0, EFD_CLOEXEC);
  std::uint16_t port = 0;
  mutable std::mutex mutex;
  std::map<std::string, Script> scripts;  // guarded
  std::vector<FeedServerRequest> seen;    // guarded
  std::list<std::thread> connections;     // of accept_all() alone, until it has ended
  std::thread thread;
};

FeedServer::FeedServer() : state_(std::make_unique<State>()) {
  state_->thread = std::thread([this] { state_->accept_all(); });
}

FeedServer::~FeedServer() {
  ::eventfd_write(state_->ending, 1);
  state_->thread.join();
  for (std::thread& connection : state_->connections)
    connection.join();
  ::close(state_->listener);
  ::close(state_->ending);
}

void FeedServer::on(const std::string& path, Script script) {
  const std::lock_guard lock(state_->mutex);
  state_->scripts[path] = std::move(script);
}

void FeedServer::on(const std::string& path, std::string answer) {
  on(path, [answer = std::move(answer)](const FeedServerRequest&, const FeedServerLine& line) {
    line.send(answer);
  });
}

std::string FeedServer::url(const std::string& path, const std::string& host) const {
  return fmt::format("http://{}:{}{}", host, state_->port, path);
}

std::vector<FeedServerRequest> FeedServer::requests(const std::string& path) const {
  const std::lock_guard lock(state_->mutex);
  std::vector<FeedServerRequest> found;
  std::copy_if(state_->seen.begin(),
               state_->seen.end(),
               std::back_inserter(found),
               [&](const FeedServerRequest& request) { return request.target == path; });
  return found;
}

std::string http_answer(int status, std::string_view headers, std::string_view body) {
  return fmt::format("HTTP/1.1 {} Said\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{}",
                     status,
                     headers,
                     body.size(),
                     body);
}

std::string made_feed(int first, int count) {
  std::string feed =
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Made Feed</title>"
      "<link>https://made.example/</link>";
  for (int number = first; number < first + count; ++number) {
    feed += fmt::format(
        "<item><title>Harvest of field{0}</title><link>/news/{0}</link><guid>f{0}</guid>"
        "<pubDate>Fri, 18 Apr 2025 10:{1:02}:00 GMT</pubDate>"
        "<description>The harvest of field{0} has begun.</description></item>",
        number,
        number % 60);
  }
  return feed + "</channel></rss>";
}

std::string gzipped(std::string_view bytes) {
  return packed(bytes, 15 + 16);
}

std::string deflated(std::string_view bytes) {
  return packed(bytes, 15);
}

std::string brotli_packed(std::string_view bytes) {
  std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = out.size();
  BrotliEncoderCompress(5,
                        BROTLI_DEFAULT_WINDOW,
                        BROTLI_MODE_TEXT,
                        bytes.size(),
                        reinterpret_cast<const std::uint8_t*>(bytes.data()),
                        &size,
                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

}  // namespace broadsheet::tests
