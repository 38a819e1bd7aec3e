// An answer is read up to its Content-Length; the server never sends chunks.
#include "tests/support/http_client.h"

#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <spdlog/fmt/fmt.h>
#include <sys/socket.h>
#include <unistd.h>

namespace broadsheet::tests {
namespace {

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Answer read_head(std::string_view head) {
  Answer answer;
  const std::size_t blank = head.find(' ');
  if (blank == std::string_view::npos) return answer;
  answer.status = number_in(head.substr(blank + 1));
  while (true) {
    const std::size_t end = head.find("\r\n");
    if (end == std::string_view::npos) return answer;
    head.remove_prefix(end + 2);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string name(line.substr(0, colon));
    for (char& letter : name)
      letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    answer.headers[name] = std::string(line.substr(colon + 2));
  }
}

}  // namespace

HttpClient::HttpClient(std::uint16_t port) : port_(port) {
  connect();
}

HttpClient::~HttpClient() {
  hang_up();
}

void HttpClient::connect() {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{60, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const int at_once = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    hang_up();
  }
}

void HttpClient::hang_up() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  received_.clear();
}

bool HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool HttpClient::more() {
  std::array<char, 65536> buffer{};
  const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (count > 0) received_.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

Answer HttpClient::receive() {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return {};
  }
  Answer answer = read_head(std::string_view(received_).substr(0, end + 2));
  received_.erase(0, end + 4);
  const auto length = static_cast<std::size_t>(number_in(answer.headers["content-length"]));
  while (received_.size() < length) {
    if (!more()) return {};
  }
  answer.body = received_.substr(0, length);
  received_.erase(0, length);
  return answer;
}

std::string HttpClient::receive_raw() {
  if (received_.empty()) more();
  return std::exchange(received_, {});
}

// A kept connection may have been closed while nobody used it: that is no failure, once.
Answer HttpClient::exchange(const std::string& bytes) {
  Answer answer;
  if (socket_ >= 0 && send(bytes)) answer = receive();
  if (answer.status == 0) {
    hang_up();
    connect();
    if (socket_ >= 0 && send(bytes)) answer = receive();
  }
  if (answer.headers.contains("connection") && answer.headers["connection"] == "close") hang_up();
  return answer;
}

Answer HttpClient::request(const std::string& method, const std::string& target) {
  return exchange(fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n\r\n", method, target));
}

Answer HttpClient::send_json(const std::string& method,
                             const std::string& target,
                             const std::string& body,
                             const std::string& header) {
  return exchange(
      fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{}{}"
                  "Content-Length: {}\r\n\r\n{}",
                  method,
                  target,
                  header,
                  header.empty() ? "" : "\r\n",
                  body.size(),
                  body));
}

Answer HttpClient::get(const std::string& target) {
  return request("GET", target);
}

Answer HttpClient::post(const std::string& target,
                        const std::string& body,
                        const std::string& type) {
  return exchange(
      fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {}\r\n"
                  "Content-Length: {}\r\n\r\n{}",
                  target,
                  type,
                  body.size(),
                  body));
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = byte < 128 && std::isalnum(byte) != 0;
    encoded += plain ? std::string(1, letter) : fmt::format("%{:02X}", byte);
  }
  return encoded;
}

}  // namespace broadsheet::tests
