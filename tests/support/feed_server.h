// An HTTP server for tests of a client, that answers with any bytes a test wants: whole, late, cut
// off, or never ending. It listens on a port of its own and ends with the object.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::tests {

struct FeedServerRequest {
  std::string target;
  std::map<std::string, std::string> headers;  // names in small letters
};

// The connection that a script answers on. It is closed when the script returns.
class FeedServerLine {
 public:
  FeedServerLine(int socket, int ending) : socket_(socket), ending_(ending) {}

  // False when the client has hung up, or the server ends.
  bool send(std::string_view bytes) const;
  // One byte after the other, each after 50 ms, until the client hangs up or the server ends.
  void trickle(std::string_view bytes) const;
  // Says nothing until the client hangs up or the server ends.
  void stall() const;

 private:
  int socket_;
  int ending_;
};

class FeedServer {
 public:
  using Script = std::function<void(const FeedServerRequest&, const FeedServerLine&)>;

  FeedServer();
  ~FeedServer();
  FeedServer(const FeedServer&) = delete;
  FeedServer& operator=(const FeedServer&) = delete;

  // What is answered at a path from now on; a 404 where nothing is said.
  void on(const std::string& path, Script script);
  // The same bytes each time.
  void on(const std::string& path, std::string answer);

  // "http://127.0.0.1:PORT" and the path, or with another name of this machine.
  [[nodiscard]] std::string url(const std::string& path,
                                const std::string& host = "127.0.0.1") const;

  // All that came for a path so far.
  [[nodiscard]] std::vector<FeedServerRequest> requests(const std::string& path) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// An answer with a Content-Length that is right. `headers`: whole lines, each ending in CRLF.
std::string http_answer(int status, std::string_view headers, std::string_view body);

// An RSS feed with articles first .. first + count - 1: guid "f<number>", the word
// "field<number>" in its text alone.
std::string made_feed(int first, int count);

std::string gzipped(std::string_view bytes);
std::string brotli_packed(std::string_view bytes);
// As HTTP means "deflate": with zlib's frame.
std::string deflated(std::string_view bytes);

}  // namespace broadsheet::tests
