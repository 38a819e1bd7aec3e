// Result<T>: what every function returns that can fail for reasons outside the program.
// Only the std::expected part of tl::expected is used, so that C++23 can replace it here alone.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace broadsheet {

// What kind of failure it was. Edges turn it into an exit status or an HTTP status by one table
// each.
enum class ErrorCode {
  invalid_argument,  // the caller's input is wrong: say which part
  not_found,         // what was named does not exist
  unavailable,       // cannot be done now: locked, starting, overloaded, not there yet
  corrupt,           // stored bytes are damaged or foreign
  version_mismatch,  // stored by another version of schema or analysis
  outdated,          // stored by an older version: the indexer brings it up to date
  interrupted,       // asked to stop: what was committed stays, the rest can be done again
  internal           // anything else: a full disk, a bug
};

// A failure in words: what, where, and in `hint` what to do next (may be empty).
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string hint;
};

template <typename T>
using Result = tl::expected<T, Error>;

// Builds the failure side of a Result: `return fail(ErrorCode::corrupt, "...")`.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code,
                                                std::string message,
                                                std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

// Hands an error of one Result on as the error of another.
[[nodiscard]] inline tl::unexpected<Error> pass_on(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace broadsheet
