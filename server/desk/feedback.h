// Feedback in the tables of the desk. Errors are SQLite's.
#pragma once

#include <vector>

#include "schema/result.h"
#include "schema/sqlite.h"
#include "server/desk/decision.h"

namespace broadsheet::server {

[[nodiscard]] Result<void> add_feedback(sqlite::Database& desk, const Feedback& feedback);

// As Desk::judgments().
[[nodiscard]] Result<std::vector<Judgment>> judgments_in(sqlite::Database& desk);

}  // namespace broadsheet::server
