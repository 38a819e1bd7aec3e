// Sessions: one consistent read-only view of catalog and index, lent to one request at a time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "schema/result.h"
#include "server/store/catalog_reader.h"
#include "server/store/index_reader.h"

namespace broadsheet::server {

// What one request reads from. The catalog is in a read transaction until the session goes back.
struct ReadSession {
  CatalogReader catalog;
  IndexReader index;
};

// What the operator wants to know about the stores.
struct StoreState {
  bool ready = false;
  std::string reason;  // why not ready, or a warning while ready (weak stamps); may be empty
  std::string hint;
  int generation = 0;
  std::int64_t applied_seq = 0;
  std::uint64_t articles = 0;  // in the index
};

// A fixed number of sessions, opened when first needed and reopened when the index has moved on.
// All functions are safe from many threads.
class SessionPool {
 public:
  // Memory for decoded postings, shared by all sessions.
  static constexpr std::size_t kPostingCacheBytes = 64U << 20U;

  SessionPool(std::filesystem::path data_dir, int sessions);

  // A borrowed session; returns itself when destroyed.
  class Lease {
   public:
    Lease(SessionPool& pool, std::unique_ptr<ReadSession> session);
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    ReadSession* operator->() { return session_.get(); }

    ReadSession& operator*() { return *session_; }

   private:
    SessionPool* pool_;
    std::unique_ptr<ReadSession> session_;
  };

  // Waits for a free session and brings it up to date. unavailable: no data yet, or an older
  // catalog. corrupt, version_mismatch: stored data cannot be used.
  [[nodiscard]] Result<Lease> borrow();

  // Opens what is there now, without keeping a session, and tells how it stands.
  [[nodiscard]] StoreState state();

 private:
  friend class Lease;
  void give_back(std::unique_ptr<ReadSession> session);
  Result<std::unique_ptr<ReadSession>> open_session();

  std::filesystem::path data_dir_;
  PostingCache postings_{kPostingCacheBytes};
  std::mutex mutex_;
  std::condition_variable freed_;
  int unopened_;
  std::vector<std::unique_ptr<ReadSession>> idle_;
};

}  // namespace broadsheet::server
