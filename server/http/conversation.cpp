// Every path through a connection ends in wait_for(), in a worker's hands, or in close().
// EPOLLONESHOT: a connection not waited for is silent, so a worker is never disturbed.
#include "server/http/conversation.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "server/http/exchange.h"
#include "server/http/params.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kReceiveBytes = std::size_t{64} * 1024;
// An empty input buffer larger than this is given back: idle connections should cost little.
constexpr std::size_t kKeptCapacity = std::size_t{4} * 1024;
// A client that asks again the moment it was refused leaves no time for the work it is refused for:
// measured, 64 such clients took two thirds of the machine. Who waits as long notices nothing.
constexpr std::chrono::milliseconds kRest{20};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

// Whether the request being refused is a HEAD; its head may not have been judged, or not be whole.
bool asks_for_head(const Connection& connection) {
  const bool is_judged = connection.job && !connection.job->head.method.empty();
  return is_judged ? connection.job->head.method == "HEAD" : connection.input.starts_with("HEAD ");
}

}  // namespace

Conversation::Conversation(const Wiring& wiring, Connections& connections, int epoll)
    : wiring_(wiring),
      connections_(connections),
      epoll_(epoll),
      now_(Clock::now()),
      max_body_(wiring.options.max_body),
      scratch_(kReceiveBytes, '\0') {
  for (const Route& route : wiring.router.routes())
    max_body_ = std::max(max_body_, route.max_body);
}

void Conversation::greet(Connection& connection) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLONESHOT;
  event.data.fd = connection.socket.get();
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket.get(), &event) != 0) {
    connections_.close(connection);
  }
}

void Conversation::wait_for(Connection& connection, unsigned events) {
  epoll_event event{};
  event.events = events | EPOLLONESHOT;
  event.data.fd = connection.socket.get();
  if (epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.socket.get(), &event) != 0) {
    connections_.close(connection);
  }
}

void Conversation::enter(Connection& connection, Phase phase, std::chrono::milliseconds time) {
  connection.phase = phase;
  connection.since = now_;
  connection.deadline = now_ + time;
}

std::chrono::milliseconds Conversation::time_for(std::chrono::milliseconds at_least,
                                                 std::size_t bytes) const {
  const std::size_t seconds = bytes / wiring_.options.deadlines.bytes_per_second;
  return std::max(at_least,
                  std::chrono::milliseconds(std::chrono::seconds(static_cast<long>(seconds))));
}

void Conversation::on_readable(Connection& connection) {
  const ssize_t count =
      ::recv(connection.socket.get(), scratch_.data(), scratch_.size(), MSG_DONTWAIT);
  if (count == 0 || (count < 0 && !would_block())) return connections_.close(connection);
  if (count > 0 && connection.phase != Phase::closing) {
    take_bytes(connection, std::string_view(scratch_.data(), static_cast<std::size_t>(count)));
    return advance(connection);
  }
  wait_for(connection, EPOLLIN);
}

void Conversation::take_bytes(Connection& connection, std::string_view bytes) {
  if (connection.phase == Phase::body) {
    Job& job = *connection.job;
    const std::size_t missing = job.head.content_length - job.body.size();
    const std::size_t taken = std::min(missing, bytes.size());
    grow_body(job, job.body.size() + taken);
    job.body.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
  }
  connection.input.append(bytes);
}

// Doubling, but never past the announced length: memory follows what was sent, not what was said.
void Conversation::grow_body(Job& job, std::size_t needed) {
  if (needed <= job.body.capacity()) return;
  job.body.reserve(std::min(job.head.content_length, std::max(needed, 2 * job.body.capacity())));
}

void Conversation::advance(Connection& connection) {
  Step step = Step::again;
  while (step == Step::again) {
    // An idle connection holds nothing, so it waits out a budget that others have used up.
    const bool holds = connection.job || !connection.input.empty();
    if (!connections_.account(connection) && holds && !make_room(connection)) {
      wiring_.counters.refused_budget.fetch_add(1, std::memory_order_relaxed);
      step = refuse(connection, 503, "The server holds as much as it can for its clients.");
    } else if (connection.phase == Phase::body) {
      step = collect_body(connection);
    } else {
      step = read_head(connection);
    }
  }
}

// Whoever does not take his answer goes before whoever asks.
bool Conversation::make_room(Connection& connection) {
  while (connections_.evict_writer(now_)) {
    if (connections_.account(connection)) return true;
  }
  return false;
}

Conversation::Step Conversation::read_head(Connection& connection) {
  std::string& input = connection.input;
  if (connection.phase == Phase::idle) {
    // Some clients end a body with a line feed too many.
    input.erase(0, std::min(input.find_first_not_of("\r\n"), input.size()));
    if (!input.empty()) {
      enter(connection, Phase::head, wiring_.options.deadlines.head);
      connection.scan = HeadScan();
    } else if (input.capacity() > kKeptCapacity) {
      std::string().swap(input);
      (void)connections_.account(connection);
    }
  }
  std::size_t head_bytes = 0;
  if (!input.empty()) head_bytes = connection.scan.look(input, wiring_.options.head);
  if (connection.scan.status() != 0) {
    wiring_.counters.refused_head.fetch_add(1, std::memory_order_relaxed);
    return refuse(connection, connection.scan.status(), connection.scan.detail());
  }
  if (head_bytes > 0) return begin_request(connection, head_bytes);
  wait_for(connection, EPOLLIN);
  return Step::wait;
}

Conversation::Step Conversation::begin_request(Connection& connection, std::size_t head_bytes) {
  const std::string_view bytes = std::string_view(connection.input).substr(0, head_bytes);
  HeadVerdict verdict = judge_head(bytes, wiring_.options.head, max_body_);
  auto job = std::make_unique<Job>();
  if (verdict.status == 0) {
    job->match = wiring_.router.match(verdict.head.method, split_target(verdict.head.target).path);
    const auto& routes = wiring_.router.routes();
    const std::size_t own = job->match.row < routes.size() ? routes[job->match.row].max_body : 0;
    if (verdict.head.content_length > (own == 0 ? wiring_.options.max_body : own)) {
      verdict.status = 413;
      verdict.detail = "The body is too long.";
    }
  }
  job->head = std::move(verdict.head);
  connection.job = std::move(job);
  if (verdict.status != 0) {
    wiring_.counters.refused_head.fetch_add(1, std::memory_order_relaxed);
    return refuse(connection, verdict.status, verdict.detail);
  }
  connection.input.erase(0, head_bytes);
  const std::size_t length = connection.job->head.content_length;
  enter(connection, Phase::body, time_for(wiring_.options.deadlines.body, length));
  if (connection.job->head.expects_continue && connection.input.size() < length) {
    // A socket that cannot take 25 bytes now belongs to no honest client.
    const ssize_t count = ::send(
        connection.socket.get(), kContinue.data(), kContinue.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count != static_cast<ssize_t>(kContinue.size())) {
      connections_.close(connection);
      return Step::wait;
    }
  }
  return Step::again;
}

Conversation::Step Conversation::collect_body(Connection& connection) {
  Job& job = *connection.job;
  if (job.body.size() < job.head.content_length && !connection.input.empty()) {
    const std::string pending = std::exchange(connection.input, {});
    take_bytes(connection, pending);
    return Step::again;
  }
  if (job.body.size() == job.head.content_length) return hand_over(connection);
  wait_for(connection, EPOLLIN);
  return Step::wait;
}

Conversation::Step Conversation::hand_over(Connection& connection) {
  std::unique_ptr<Job> job = std::move(connection.job);
  job->socket = connection.socket.get();
  job->remote_address = connection.remote_address;
  job->ready = now_;
  job->persistence = job->head.persistence;
  connection.lent_bytes = job->body.capacity();
  connection.phase = Phase::working;
  connection.deadline = Clock::time_point::max();
  const auto& routes = wiring_.router.routes();
  const bool express =
      job->match.row < routes.size() && routes[job->match.row].lane == LaneChoice::express;
  // From a successful offer on the connection belongs to the worker until on_answered().
  Lane& lane = express ? wiring_.lanes.express : wiring_.lanes.worker;
  if (lane.offer(job)) return Step::wait;
  return refuse_overload(connection, *job);
}

void Conversation::on_answered(Connection& connection, std::unique_ptr<Job> job) {
  connection.lent_bytes = 0;
  if (job->broken) return connections_.close(connection);
  connection.output = std::move(job->output);
  connection.sent = job->sent;
  connection.persistence = job->persistence;
  (void)connections_.account(connection);
  if (send(connection) == Step::again) advance(connection);
}

void Conversation::on_writable(Connection& connection) {
  if (send(connection) == Step::again) advance(connection);
}

Conversation::Step Conversation::send(Connection& connection) {
  const std::string& output = connection.output;
  if (connection.sent < output.size()) {
    const ssize_t count = ::send(connection.socket.get(),
                                 output.data() + connection.sent,
                                 output.size() - connection.sent,
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0 && !would_block()) {
      connections_.close(connection);
      return Step::wait;
    }
    connection.sent += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }
  if (connection.sent == output.size()) return after_answer(connection);
  if (connection.phase != Phase::writing) {
    enter(connection, Phase::writing, time_for(wiring_.options.deadlines.write, output.size()));
  }
  wait_for(connection, EPOLLOUT);
  return Step::wait;
}

Conversation::Step Conversation::after_answer(Connection& connection) {
  std::string().swap(connection.output);
  connection.sent = 0;
  if (connection.persistence == Persistence::close || wiring_.stopping.load()) {
    linger(connection);
    return Step::wait;
  }
  enter(connection, Phase::idle, wiring_.options.deadlines.idle);
  return Step::again;
}

// Closing with unread input would reset the connection and could destroy the answer on its way.
void Conversation::linger(Connection& connection) {
  ::shutdown(connection.socket.get(), SHUT_WR);
  std::string().swap(connection.input);
  (void)connections_.account(connection);
  enter(connection, Phase::closing, wiring_.options.deadlines.linger);
  wait_for(connection, EPOLLIN);
}

Conversation::Step Conversation::refuse(Connection& connection,
                                        int status,
                                        std::string_view detail) {
  note(connection, connection.job.get(), status);
  const std::string_view method = asks_for_head(connection) ? "HEAD" : "GET";
  connection.output = refusal_bytes(status, detail, Persistence::close, method);
  connection.sent = 0;
  connection.persistence = Persistence::close;
  connection.job.reset();
  connection.scan = HeadScan();
  std::string().swap(connection.input);
  (void)connections_.account(connection);
  return send(connection);
}

// The connection is kept: refusals that close breed reconnects, which cost more than they do.
Conversation::Step Conversation::refuse_overload(Connection& connection, const Job& job) {
  wiring_.counters.refused_overload.fetch_add(1, std::memory_order_relaxed);
  note(connection, &job, 503);
  connection.lent_bytes = 0;
  connection.persistence = job.head.persistence;
  connection.output = overload_bytes(connection.persistence, job.head.method);
  connection.sent = 0;
  return send(connection) == Step::again ? rest(connection) : Step::wait;
}

Conversation::Step Conversation::rest(Connection& connection) {
  connection.rests_until = now_ + kRest;
  resting_.push_back({connection.rests_until, connection.socket.get()});
  return Step::wait;
}

void Conversation::wake_rested() {
  while (next_wake() <= now_) {
    const Rest rested = resting_.front();
    resting_.pop_front();
    Connection* connection = connections_.find(rested.fd);
    const bool is_same = connection != nullptr && connection->rests_until == rested.until;
    if (is_same && connection->phase == Phase::idle) advance(*connection);
  }
}

void Conversation::note(const Connection& connection, const Job* job, int status) {
  wiring_.counters.count_status(status);
  if (!wiring_.options.on_request) return;
  AccessLine line;
  const bool understood = job != nullptr && !job->head.method.empty() && !job->head.target.empty();
  line.method = understood ? std::string_view(job->head.method) : "-";
  line.path = understood ? split_target(job->head.target).path : "-";
  line.request_id = "-";
  line.remote_address = connection.remote_address;
  line.status = status;
  wiring_.options.on_request(line);
}

void Conversation::on_timeout(Connection& connection) {
  if (connection.phase == Phase::head || connection.phase == Phase::body) {
    wiring_.counters.refused_head.fetch_add(1, std::memory_order_relaxed);
    (void)refuse(connection, 408, "The request did not arrive in time.");
  } else if (connection.phase != Phase::working) {
    connections_.close(connection);
  }
}

void Conversation::on_stop(Connection& connection) {
  const int fd = connection.socket.get();
  if (connection.phase == Phase::idle) on_readable(connection);
  const Connection* still_there = connections_.find(fd);
  if (still_there == nullptr) return;
  if (connection.phase == Phase::idle || connection.phase == Phase::head) {
    connections_.close(connection);
  }
}

}  // namespace broadsheet::server
