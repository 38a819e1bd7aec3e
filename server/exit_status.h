// How broadsheet-server ends, and how it tells a failure.
#pragma once

#include <string>

namespace broadsheet::server {

inline constexpr int kFine = 0;
inline constexpr int kWrongUse = 2;      // flags, a folder or an address that cannot be had
inline constexpr int kUnusableData = 4;  // stored data of another version, damaged or foreign
inline constexpr int kOther = 5;

// A failure or a warning with what to do next.
[[nodiscard]] inline std::string told(const std::string& message, const std::string& hint) {
  return hint.empty() ? message : message + " (" + hint + ")";
}

}  // namespace broadsheet::server
