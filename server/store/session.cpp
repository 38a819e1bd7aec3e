// Lending sessions. A session is opened by the first request that needs it, so the server starts
// without data and picks it up when it appears.
#include "server/store/session.h"

namespace broadsheet::server {
namespace {

// Stores that the indexer has not made yet are a matter of time.
Error not_there_yet(Error error) {
  const bool is_coming = error.code == ErrorCode::not_found || error.code == ErrorCode::outdated;
  if (is_coming) error.code = ErrorCode::unavailable;
  return error;
}

Result<void> same_archive(CatalogReader& catalog, const IndexReader& index) {
  auto uuid = catalog.uuid();
  if (!uuid) return pass_on(uuid.error());
  return index.check_archive(*uuid);
}

}  // namespace

SessionPool::SessionPool(std::filesystem::path data_dir, int sessions)
    : data_dir_(std::move(data_dir)), unopened_(sessions) {}

SessionPool::Lease::Lease(SessionPool& pool, std::unique_ptr<ReadSession> session)
    : pool_(&pool), session_(std::move(session)) {}

SessionPool::Lease::~Lease() {
  if (session_) pool_->give_back(std::move(session_));
}

Result<std::unique_ptr<ReadSession>> SessionPool::open_session() {
  auto catalog = CatalogReader::open(data_dir_);
  if (!catalog) return pass_on(not_there_yet(catalog.error()));
  auto index = IndexReader::open(data_dir_, &postings_);
  if (!index) return pass_on(not_there_yet(index.error()));
  if (auto same = same_archive(*catalog, *index); !same) return pass_on(same.error());
  return std::make_unique<ReadSession>(ReadSession{std::move(*catalog), std::move(*index)});
}

Result<SessionPool::Lease> SessionPool::borrow() {
  std::unique_ptr<ReadSession> session;
  {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return !idle_.empty() || unopened_ > 0; });
    if (!idle_.empty()) {
      session = std::move(idle_.back());
      idle_.pop_back();
    } else {
      --unopened_;
    }
  }
  Result<void> ready;
  if (session) {
    ready = session->index.refresh();
  } else if (auto opened = open_session(); opened) {
    session = std::move(*opened);
  } else {
    ready = pass_on(opened.error());
  }
  if (ready) ready = session->catalog.begin();
  if (ready) return Lease(*this, std::move(session));
  // Broken or not there yet: the next request tries from the start.
  session.reset();
  const std::scoped_lock lock(mutex_);
  ++unopened_;
  freed_.notify_one();
  return pass_on(ready.error());
}

void SessionPool::give_back(std::unique_ptr<ReadSession> session) {
  session->catalog.end();
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(session));
  freed_.notify_one();
}

StoreState SessionPool::state() {
  auto lease = borrow();
  if (!lease) {
    const Error& error = lease.error();
    const bool is_internal = error.code == ErrorCode::corrupt || error.code == ErrorCode::internal;
    return {.reason = is_internal ? "the archive cannot be read" : error.message,
            .hint = error.hint};
  }
  const IndexReader& index = (*lease)->index;
  return {.ready = true,
          .reason = index.warning(),
          .generation = index.generation(),
          .applied_seq = index.applied_seq(),
          .articles = index.stats().articles};
}

}  // namespace broadsheet::server
