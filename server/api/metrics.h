// The state of the server as Prometheus reads it: text format 0.0.4.
#pragma once

#include <cstdint>
#include <string>

#include "server/http/stats.h"
#include "server/store/session.h"

namespace broadsheet::server {

// What the operating system knows of this process; 0 where it does not tell.
struct ProcessState {
  std::uint64_t resident_bytes = 0;
  std::uint64_t open_files = 0;
};

[[nodiscard]] ProcessState process_state();

[[nodiscard]] std::string metrics_text(const ServerStats& http,
                                       const StoreState& store,
                                       const ProcessState& process);

}  // namespace broadsheet::server
