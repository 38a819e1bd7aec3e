// One send() for most answers: the reactor is troubled only by what a slow reader leaves over.
#include "server/http/delivery.h"

#include <cerrno>
#include <exception>
#include <utility>

#include <sys/socket.h>

#include "server/http/exchange.h"
#include "server/http/params.h"

namespace broadsheet::server {
namespace {

void send_now(Job& job) {
  const ssize_t count =
      ::send(job.socket, job.output.data(), job.output.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count >= 0) {
    job.sent = static_cast<std::size_t>(count);
  } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
    job.broken = true;
  }
}

}  // namespace

void Delivery::deliver(const Translate& translate,
                       std::unique_ptr<Job> job,
                       Freshness freshness) const {
  const std::string id = request_id_of(job->head);
  const std::string remote_address = job->remote_address;  // the request takes the job's along
  AccessLine line;
  line.status = fill(translate, *job, id, freshness);
  line.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - job->ready);
  // Counted first, so that whoever has read an answer finds it counted.
  counters_.answered(line.status, job->match.row, line.elapsed);
  if (!job->broken) send_now(*job);
  if (options_.on_request) {
    line.method = job->head.method;
    line.path = split_target(job->head.target).path;
    line.request_id = id;
    line.remote_address = remote_address;
    line.bytes = job->output.size();
    options_.on_request(line);
  }
  mailbox_.deliver(std::move(job));
}

int Delivery::fill(const Translate& translate,
                   Job& job,
                   const std::string& id,
                   Freshness freshness) const {
  try {
    if (freshness == Freshness::fresh) return translate(job, id);
    counters_.refused_overload.fetch_add(1, std::memory_order_relaxed);
    job.output = overload_bytes(job.persistence, job.head.method);
    return 503;
  } catch (const std::exception&) {
    // Handlers are guarded on their own: this is memory running out. The connection ends.
    job.output.clear();
    job.broken = true;
  }
  return 500;
}

}  // namespace broadsheet::server
