// A worker's side of a request: answer the job, count it, send what the socket takes at once, and
// hand the job back to the reactor. Knows no httplib: the translator comes in as a function.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/http/job.h"
#include "server/http/options.h"
#include "server/http/reactor.h"
#include "server/http/stats.h"
#include "server/http/workers.h"

namespace broadsheet::server {

// Fills a job's output; returns the status. `id` is the request id to echo.
using Translate = std::function<int(Job& job, const std::string& id)>;

// Shared by all workers; what it refers to outlives them.
class Delivery {
 public:
  Delivery(const ServerOptions& options, Counters& counters, Mailbox& mailbox)
      : options_(options), counters_(counters), mailbox_(mailbox) {}

  // Never throws; a stale job is refused instead of answered.
  void deliver(const Translate& translate, std::unique_ptr<Job> job, Freshness freshness) const;

 private:
  int fill(const Translate& translate, Job& job, const std::string& id, Freshness freshness) const;

  const ServerOptions& options_;
  Counters& counters_;
  Mailbox& mailbox_;
};

}  // namespace broadsheet::server
