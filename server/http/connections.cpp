// Indexed by descriptor: small, dense numbers, given out anew by the kernel as connections close.
#include "server/http/connections.h"

#include <utility>

namespace broadsheet::server {
namespace {

// A head from across the world takes two round trips; an honest one is whole by then.
constexpr std::chrono::milliseconds kHeadGrace{500};
constexpr std::chrono::seconds kBytesGrace{2};
constexpr int kNotSpared = 0;

}  // namespace

Connection& Connections::add(Descriptor socket, std::string remote_address, Clock::time_point now) {
  const auto place = static_cast<std::size_t>(socket.get());
  if (place >= by_fd_.size()) by_fd_.resize(place + 1);
  by_fd_[place] = std::make_unique<Connection>();
  Connection& connection = *by_fd_[place];
  connection.socket = std::move(socket);
  connection.remote_address = std::move(remote_address);
  connection.since = now;
  connection.deadline = now + options_.deadlines.idle;
  counters_.connections.store(++size_, std::memory_order_relaxed);
  return connection;
}

void Connections::close(Connection& connection) {
  total_bytes_ -= connection.held_bytes;
  counters_.buffer_bytes.store(total_bytes_, std::memory_order_relaxed);
  by_fd_[static_cast<std::size_t>(connection.socket.get())].reset();
  counters_.connections.store(--size_, std::memory_order_relaxed);
}

Connection* Connections::find(int fd) {
  const auto place = static_cast<std::size_t>(fd);
  return place < by_fd_.size() ? by_fd_[place].get() : nullptr;
}

bool Connections::account(Connection& connection) {
  std::size_t held =
      connection.input.capacity() + connection.lent_bytes + connection.output.capacity();
  if (connection.job) held += connection.job->body.capacity();
  total_bytes_ += held - connection.held_bytes;
  connection.held_bytes = held;
  counters_.buffer_bytes.store(total_bytes_, std::memory_order_relaxed);
  const std::size_t budget = options_.buffer_budget;
  return total_bytes_ <= (connection.phase == Phase::body ? budget - budget / 4 : budget);
}

// Whether fewer bytes have passed than the rate asks for since the phase began.
bool Connections::lags(const Connection& connection,
                       std::size_t bytes,
                       Clock::time_point now) const {
  const auto age = now - connection.since;
  const double due = std::chrono::duration<double>(age).count() *
                     static_cast<double>(options_.deadlines.bytes_per_second);
  return age > kBytesGrace && static_cast<double>(bytes) < due;
}

// The higher, the sooner it goes.
int Connections::spare_rank(const Connection& connection, Clock::time_point now) const {
  const auto age = now - connection.since;
  switch (connection.phase) {
    case Phase::closing:
      return 4;
    case Phase::idle:
      return 3;
    case Phase::head:
      return age > kHeadGrace ? 2 : kNotSpared;
    case Phase::body:
      return lags(connection, connection.job->body.size(), now) ? 1 : kNotSpared;
    case Phase::working:
    case Phase::writing:
      break;
  }
  return kNotSpared;
}

bool Connections::evict_one(Clock::time_point now) {
  Connection* choice = nullptr;
  int best = kNotSpared;
  for_each([&](Connection& connection) {
    const int rank = spare_rank(connection, now);
    const bool better =
        rank > best || (rank == best && rank != kNotSpared && connection.since < choice->since);
    if (better) {
      choice = &connection;
      best = rank;
    }
  });
  if (choice == nullptr) return false;
  evict(*choice);
  return true;
}

bool Connections::evict_writer(Clock::time_point now) {
  Connection* choice = nullptr;
  for_each([&](Connection& connection) {
    if (connection.phase != Phase::writing || !lags(connection, connection.sent, now)) return;
    if (choice == nullptr || connection.since < choice->since) choice = &connection;
  });
  if (choice == nullptr) return false;
  evict(*choice);
  return true;
}

void Connections::evict(Connection& connection) {
  close(connection);
  counters_.evicted.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace broadsheet::server
