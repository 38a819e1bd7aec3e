// One round: wait, accept, serve what is ready, take answers back, sweep. No errno of accept() ends
// the loop: most of them concern one client, the rest are lived through.
#include "server/http/reactor.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "server/http/exchange.h"

namespace broadsheet::server {
namespace {

constexpr std::chrono::milliseconds kSweepInterval{100};
// Accepted in one round at most, so that a flood of newcomers does not starve the others.
constexpr int kAcceptBatch = 64;
constexpr int kEventBatch = 256;
// At a stop as many are taken as the backlog holds (http/listen.cpp): who came before the stop is
// served, and a flood does not put it off.
constexpr int kLastBatches = 16;

std::string address_text(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  } else {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  }
  // An IPv4 client on a socket of every address.
  constexpr std::string_view kMapped = "::ffff:";
  const std::string_view shown = text.data();
  return std::string(shown.rfind(kMapped, 0) == 0 ? shown.substr(kMapped.size()) : shown);
}

bool watch(int epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

// Rounded up, from 0 to a sweep.
int milliseconds_until(Clock::time_point time) {
  const Clock::time_point now = Clock::now();
  if (time <= now) return 0;
  if (time - now >= kSweepInterval) return static_cast<int>(kSweepInterval.count());
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(time - now).count());
}

}  // namespace

Mailbox::Mailbox() : event_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (!event_.is_open()) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void Mailbox::ring() const {
  const std::uint64_t one = 1;
  // It can only fail when the counter is full, and then the event is set already.
  [[maybe_unused]] const ssize_t written = ::write(event_.get(), &one, sizeof one);
}

void Mailbox::deliver(std::unique_ptr<Job> job) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = jobs_.empty();
    jobs_.push_back(std::move(job));
  }
  if (first) ring();
}

void Mailbox::request_stop() {
  stopping_.store(true);
  ring();
}

std::vector<std::unique_ptr<Job>> Mailbox::collect() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(event_.get(), &count, sizeof count);
  const std::lock_guard lock(mutex_);
  return std::exchange(jobs_, {});
}

Reactor::Reactor(const Wiring& wiring, Mailbox& mailbox, Descriptor listener)
    : wiring_(wiring),
      mailbox_(mailbox),
      listener_(std::move(listener)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      connections_(wiring.options, wiring.counters),
      conversation_(wiring, connections_, epoll_.get()),
      now_(Clock::now()),
      swept_(now_) {
  if (!epoll_.is_open() || !watch(epoll_.get(), mailbox_.event())) {
    throw std::system_error(errno, std::generic_category(), "epoll");
  }
  listen_again();
}

StopOutcome Reactor::run() {
  Clock::time_point end = Clock::time_point::max();
  while (!draining_ || (connections_.size() > 0 && now_ < end)) {
    serve_round();
    if (mailbox_.stopping().load() && !draining_) {
      begin_stop();
      end = now_ + wiring_.options.stop_grace;
    }
  }
  return outcome();
}

void Reactor::serve_round() {
  std::array<epoll_event, kEventBatch> events{};
  // With nobody there, sleep until somebody comes.
  const bool alone = connections_.size() == 0 && listening_;
  const int timeout = alone ? -1 : milliseconds_until(conversation_.next_wake());
  const int count = epoll_wait(epoll_.get(), events.data(), kEventBatch, timeout);
  now_ = Clock::now();
  conversation_.set_now(now_);
  for (int i = 0; i < count; ++i)
    on_event(events[static_cast<std::size_t>(i)].data.fd);
  conversation_.wake_rested();
  if (now_ - swept_ >= kSweepInterval) sweep();
}

void Reactor::on_event(int fd) {
  if (fd == mailbox_.event()) return on_mail();
  if (fd == listener_.get()) {
    (void)accept_some();
    return;
  }
  Connection* connection = connections_.find(fd);
  if (connection == nullptr || connection->phase == Phase::working) return;
  if (connection->phase == Phase::writing) return conversation_.on_writable(*connection);
  conversation_.on_readable(*connection);
}

void Reactor::on_mail() {
  for (std::unique_ptr<Job>& job : mailbox_.collect()) {
    Connection* connection = connections_.find(job->socket);
    if (connection != nullptr) conversation_.on_answered(*connection, std::move(job));
  }
}

bool Reactor::accept_some() {
  for (int i = 0; i < kAcceptBatch; ++i) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    Descriptor socket(accept4(listener_.get(),
                              reinterpret_cast<sockaddr*>(&address),
                              &length,
                              SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.is_open()) {
      admit(std::move(socket), address_text(address));
      continue;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return false;
    const bool exhausted =
        errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    if (exhausted && !connections_.evict_one(now_)) {
      // Still readable and not to be served: watched again at the next sweep.
      epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
      listening_ = false;
      return false;
    }
  }
  return true;
}

void Reactor::admit(Descriptor socket, std::string remote_address) {
  wiring_.counters.accepted.fetch_add(1, std::memory_order_relaxed);
  if (connections_.size() >= wiring_.options.max_connections && !connections_.evict_one(now_)) {
    wiring_.counters.refused_budget.fetch_add(1, std::memory_order_relaxed);
    wiring_.counters.count_status(503);
    const std::string& bytes = overload_bytes(Persistence::close, "GET");
    [[maybe_unused]] const ssize_t sent =
        ::send(socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return;
  }
  const int on = 1;
  setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  conversation_.greet(connections_.add(std::move(socket), std::move(remote_address), now_));
}

void Reactor::sweep() {
  swept_ = now_;
  connections_.for_each([this](Connection& connection) {
    if (connection.deadline <= now_) conversation_.on_timeout(connection);
  });
  if (!listening_ && !draining_) listen_again();
}

void Reactor::listen_again() {
  listening_ = watch(epoll_.get(), listener_.get());
}

// Who stands in the backlog or has sent a request already is still served.
void Reactor::begin_stop() {
  draining_ = true;
  for (int i = 0; i < kLastBatches && accept_some(); ++i) {
  }
  listener_.reset();
  listening_ = false;
  connections_.for_each([this](Connection& connection) { conversation_.on_stop(connection); });
}

StopOutcome Reactor::outcome() {
  bool working = false;
  connections_.for_each(
      [&working](Connection& connection) { working |= connection.phase == Phase::working; });
  return working ? StopOutcome::cut_off : StopOutcome::finished;
}

}  // namespace broadsheet::server
