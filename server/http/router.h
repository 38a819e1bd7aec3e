// The route table at work: which row a method and a raw path belong to. No regular expressions, and
// httplib's own routing (which decodes "%2F" before it looks) takes no part.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "server/http/request.h"

namespace broadsheet::server {

// Where a request belongs. With `status` 0 the row's handler answers; otherwise the server itself
// does: 204 OPTIONS, 400 a capture that cannot be decoded (`fault` names it), 404, 405.
struct Match {
  int status = 0;
  std::size_t row = 0;  // place in the table; its size when no row matched
  std::vector<NameValue> captures;
  std::string allow;  // for 204 and 405: the methods the path knows
  std::string fault;
};

// Immutable after make(), so any thread may ask.
class Router {
 public:
  // invalid_argument when a pattern does not start with '/' or a row has no handler or method.
  [[nodiscard]] static Result<Router> make(std::vector<Route> routes);

  // `path` is the raw path of the target, or "*" for the server as a whole.
  [[nodiscard]] Match match(std::string_view method, std::string_view path) const;

  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Segment {
    bool captures = false;
    std::string text;  // the literal, or the name of the capture
  };

  using Pattern = std::vector<Segment>;
  struct Piece;

  static Pattern compile(std::string_view pattern);
  static bool fits(const Pattern& pattern, const std::vector<Piece>& pieces);
  [[nodiscard]] std::vector<std::size_t> rows_of(const std::vector<Piece>& pieces) const;
  [[nodiscard]] Match filled(std::size_t row, const std::vector<Piece>& pieces) const;
  Match refusal(const std::vector<std::size_t>& rows) const;

  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;  // one for each route
};

}  // namespace broadsheet::server
