// The live road: small commits into the newest part, which hides what it supersedes in the older
// ones. When it has grown it is frozen and joined with neighbours of like size in the background.
#pragma once

#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include <xapian.h>

#include "indexer/write/progress.h"
#include "schema/article.h"
#include "schema/index.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Writes articles into the newest part of an index. The caller holds DATA/writer.lock. Not
// thread-safe. After any error the open part is dropped: the next call opens it anew at its last
// commit, so replay.
class PartsWriter {
 public:
  // `live` must have at least one part. Nothing is opened before the first write.
  PartsWriter(std::filesystem::path data_dir, LiveIndex live);
  ~PartsWriter();
  PartsWriter(const PartsWriter&) = delete;
  PartsWriter& operator=(const PartsWriter&) = delete;

  // `document`: what DocumentBuilder made of it.
  [[nodiscard]] Result<void> put(const StoredArticle& stored, const Xapian::Document& document);
  // Hides a document number, whichever part holds it.
  [[nodiscard]] Result<void> remove(DocId doc);

  // Makes what was put and removed durable together with `applied_seq`.
  [[nodiscard]] Result<void> commit(std::int64_t applied_seq);

  // Tells readers about parts that came or went since the stub was written; with `yes` in any case.
  enum class Force { no, yes };
  [[nodiscard]] Result<void> publish_if_changed(Force force = Force::no);

  // Freezes a grown newest part, which must be committed, and starts joining it where neighbours
  // are of like size; takes over and publishes a join that is finished.
  [[nodiscard]] Result<void> tend();
  // Waits for a join going on and takes it over; GoOn::no gives it up, and the parts stay as they
  // are.
  [[nodiscard]] Result<void> finish_join(const KeepWaiting& keep_waiting = {});

  // Whether a join is going on, or waits to be taken over by tend().
  [[nodiscard]] bool is_joining() const { return join_ != nullptr; }

  [[nodiscard]] const LiveIndex& live() const { return live_; }

 private:
  struct Join;

  Result<void> open_front();
  Result<void> guarded(const std::function<void()>& action);
  [[nodiscard]] std::vector<std::filesystem::path> parts_to_join() const;
  void freeze_front();
  void start_join(std::vector<std::filesystem::path> parts);
  Result<void> take_over_join();

  std::filesystem::path data_dir_;
  LiveIndex live_;
  std::unique_ptr<Xapian::WritableDatabase> front_;
  std::int64_t displacement_ = 0;
  std::uintmax_t uncommitted_bytes_ = 0;  // of text
  bool has_front_ = false;                // live_.parts.front() is open for small commits
  bool is_published_ = true;              // the stub names live_.parts
  std::unique_ptr<Join> join_;
};

}  // namespace broadsheet::indexer
