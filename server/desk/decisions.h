// Decisions in the tables of the desk; see Desk for what they mean. Errors are SQLite's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/result.h"
#include "schema/sqlite.h"
#include "server/desk/decision.h"

namespace broadsheet::server {

// As Desk::in_force() and, without a time, Desk::made_for().
[[nodiscard]] Result<std::vector<Decision>> decisions_for(sqlite::Database& desk,
                                                          const std::string& article,
                                                          std::optional<std::int64_t> now);

// As Desk::decide() and Desk::take_back(); each is one transaction.
[[nodiscard]] Result<Changed> replace_decision(sqlite::Database& desk,
                                               const Decision& wanted,
                                               const Condition& condition);
[[nodiscard]] Result<Changed> remove_decision(sqlite::Database& desk,
                                              const Decision& pair,
                                              const Condition& condition);

}  // namespace broadsheet::server
