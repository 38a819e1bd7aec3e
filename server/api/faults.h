// What is wrong with a request, gathered: a client learns of every mistake at once, not of one a
// try.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/reply.h"

namespace broadsheet::server {

// Client text as it may be cited in an error: at most 64 bytes, whole characters.
[[nodiscard]] std::string cited(std::string_view text);

// A message of the layers below as a sentence: "from: not a time: soon" becomes "Not a time: soon."
// when it is told beside its parameter.
[[nodiscard]] std::string sentence_of(std::string_view message, std::string_view param = {});

class Faults {
 public:
  static constexpr std::size_t kMostFaults = 20;

  // A bad value of a parameter; `hint` may be empty.
  void bad(std::string_view param, std::string detail, std::string hint = {});
  // A name that nobody knows; `nearest` is the known name most like it.
  void unknown(std::string_view param, std::string_view nearest);

  [[nodiscard]] bool empty() const { return faults_.empty(); }

  // Further faults are dropped: nobody reads more, and a hostile request gets a short answer.
  [[nodiscard]] bool full() const { return faults_.size() >= kMostFaults; }

  // A 400: the first fault in its own members and, when there are several, all of them in `errors`.
  // Call it only when not empty().
  [[nodiscard]] Problem problem() const;

 private:
  struct Fault {
    std::string_view code;
    ProblemItem item;
    std::string hint;
  };

  void add(Fault fault);

  std::vector<Fault> faults_;
};

}  // namespace broadsheet::server
