// One whole request on its way: the reactor fills it, a worker answers it, the reactor sends what
// could not be sent at once. Exactly one thread holds it at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "server/http/head_check.h"
#include "server/http/router.h"

namespace broadsheet::server {

using Clock = std::chrono::steady_clock;

struct Job {
  int socket = -1;  // stays open while a worker holds the job
  std::string remote_address;
  Head head;
  std::string body;
  Match match;
  Clock::time_point ready;  // when the last byte had arrived

  // The answer.
  std::string output;
  std::size_t sent = 0;  // bytes of it already handed to the socket
  bool broken = false;   // the socket refused them: nothing more can be sent
  Persistence persistence = Persistence::keep_alive;
};

}  // namespace broadsheet::server
