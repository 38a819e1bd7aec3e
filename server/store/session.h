// Sessions: one consistent read-only view of catalog and index, lent to one request at a time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
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
  ErrorCode code = ErrorCode::internal;  // when not ready: of the failure to open them
  // Why not ready, which may name folders, or a warning while ready (weak stamps); may be empty.
  std::string reason;
  std::string hint;
  int generation = 0;
  std::int64_t applied_seq = 0;
  std::uint64_t articles = 0;  // in the index
};

// Told how every attempt to lend a session went: null when one was lent. Any thread, several at
// once.
using StoreWatch = std::function<void(const Error* failure)>;

// A fixed number of sessions, opened when first needed, brought up to date when the index has moved
// on, and opened anew when another catalog or index lies in the folder. All functions are safe from
// many threads.
class SessionPool {
 public:
  // Memory for decoded postings, shared by all sessions.
  static constexpr std::size_t kPostingCacheBytes = 64U << 20U;

  // `watch` may be empty.
  SessionPool(std::filesystem::path data_dir, int sessions, StoreWatch watch = {});

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

  // Waits for a free session and brings it up to date. Without one there is nothing to answer from:
  // version_mismatch for data of another version, otherwise unavailable, whatever ails the stores.
  [[nodiscard]] Result<Lease> borrow();

  // Opens what is there now, without keeping a session, and tells how it stands and why.
  [[nodiscard]] StoreState state();

 private:
  friend class Lease;
  Result<Lease> lend();
  std::unique_ptr<ReadSession> take_idle();
  void give_back(std::unique_ptr<ReadSession> session);
  void give_up();
  Result<std::unique_ptr<ReadSession>> open_session();

  std::filesystem::path data_dir_;
  StoreWatch watch_;
  PostingCache postings_{kPostingCacheBytes};
  VocabularyKeeper words_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int unopened_;
  std::vector<std::unique_ptr<ReadSession>> idle_;
};

}  // namespace broadsheet::server
