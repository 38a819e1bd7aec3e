// A small HTTP client over a plain socket, for tests against the real server: it keeps its
// connection open, sends any bytes, and never mends what the server did.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace broadsheet::tests {

struct Answer {
  int status = 0;                              // 0: no answer came
  std::map<std::string, std::string> headers;  // names in small letters
  std::string body;

  // The body as JSON; a discarded value when it is none.
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
};

// One connection. Not thread-safe. Waits for at most a minute for each answer.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  Answer get(const std::string& target);
  Answer post(const std::string& target,
              const std::string& body,
              const std::string& type = "application/json");
  Answer request(const std::string& method, const std::string& target);
  // With a JSON body and, when given, one more header line ("If-Match: *").
  Answer send_json(const std::string& method,
                   const std::string& target,
                   const std::string& body,
                   const std::string& header = "");

  // Sends bytes as they are; false when the server has hung up.
  bool send(std::string_view bytes);
  // The next answer on this connection, its body by Content-Length.
  Answer receive();
  // The next bytes as they come; nothing when the server has hung up.
  std::string receive_raw();

 private:
  void connect();
  void hang_up();
  bool more();
  Answer exchange(const std::string& bytes);

  std::uint16_t port_;
  int socket_ = -1;
  std::string received_;
};

// Escapes every byte that is no letter or digit.
std::string percent_encoded(std::string_view text);

}  // namespace broadsheet::tests
