// Lending sessions. A session is opened by the first request that needs it, so the server starts
// without data and picks it up when it appears.
#include "server/store/session.h"

namespace broadsheet::server {
namespace {

Result<void> same_archive(ReadSession& session) {
  auto uuid = session.catalog.uuid();
  if (!uuid) return pass_on(uuid.error());
  return session.index.check_archive(*uuid);
}

// Brings a session up to date. False: what it has open is no longer what lies in the folder. The
// archive's name is compared each time: after a restore, both stores may have changed in place.
bool follow(ReadSession& session) {
  return session.index.refresh() && session.catalog.begin() && session.catalog.is_current() &&
         same_archive(session);
}

}  // namespace

SessionPool::SessionPool(std::filesystem::path data_dir, int sessions, StoreWatch watch)
    : data_dir_(std::move(data_dir)), watch_(std::move(watch)), unopened_(sessions) {}

SessionPool::Lease::Lease(SessionPool& pool, std::unique_ptr<ReadSession> session)
    : pool_(&pool), session_(std::move(session)) {}

SessionPool::Lease::~Lease() {
  if (session_) pool_->give_back(std::move(session_));
}

Result<std::unique_ptr<ReadSession>> SessionPool::open_session() {
  auto catalog = CatalogReader::open(data_dir_);
  if (!catalog) return pass_on(catalog.error());
  auto index = IndexReader::open(data_dir_, &postings_, &words_);
  if (!index) return pass_on(index.error());
  auto session = std::make_unique<ReadSession>(ReadSession{std::move(*catalog), std::move(*index)});
  if (auto begun = session->catalog.begin(); !begun) return pass_on(begun.error());
  if (auto same = same_archive(*session); !same) return pass_on(same.error());
  return session;
}

// Null: one is to be opened.
std::unique_ptr<ReadSession> SessionPool::take_idle() {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [&] { return !idle_.empty() || unopened_ > 0; });
  if (idle_.empty()) {
    --unopened_;
    return nullptr;
  }
  std::unique_ptr<ReadSession> session = std::move(idle_.back());
  idle_.pop_back();
  return session;
}

// The next request tries from the start.
void SessionPool::give_up() {
  const std::scoped_lock lock(mutex_);
  ++unopened_;
  freed_.notify_one();
}

Result<SessionPool::Lease> SessionPool::lend() {
  std::unique_ptr<ReadSession> session = take_idle();
  if (session && follow(*session)) return Lease(*this, std::move(session));
  session.reset();
  auto opened = open_session();
  if (opened) return Lease(*this, std::move(*opened));
  give_up();
  return pass_on(opened.error());
}

Result<SessionPool::Lease> SessionPool::borrow() {
  auto lease = lend();
  if (watch_) watch_(lease ? nullptr : &lease.error());
  if (lease || lease.error().code == ErrorCode::version_mismatch) return lease;
  Error error = std::move(lease.error());
  error.code = ErrorCode::unavailable;
  return pass_on(std::move(error));
}

void SessionPool::give_back(std::unique_ptr<ReadSession> session) {
  session->catalog.end();
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(session));
  freed_.notify_one();
}

StoreState SessionPool::state() {
  auto lease = lend();
  if (!lease) {
    return {
        .code = lease.error().code, .reason = lease.error().message, .hint = lease.error().hint};
  }
  const IndexReader& index = (*lease)->index;
  return {.ready = true,
          .reason = index.warning(),
          .generation = index.generation(),
          .applied_seq = index.applied_seq(),
          .articles = index.stats().articles};
}

}  // namespace broadsheet::server
