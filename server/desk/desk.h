// The desk: pins and blocks of links, and feedback on what was shown. Kept by article ids in a file
// of its own, so that no rebuild and no restored catalog loses them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "schema/result.h"
#include "server/desk/decision.h"
#include "server/desk/desk_store.h"

namespace broadsheet::server {

// Safe to call from many threads at once. Whatever was answered without an error is on the disk.
// Every failure is `unavailable`, with a hint for clients: a full disk, a locked or damaged file.
class Desk {
 public:
  explicit Desk(const std::filesystem::path& data_dir);

  // Counts the changes of decisions, 0 where nothing was ever decided. For tags of answers.
  [[nodiscard]] Result<std::int64_t> revision();

  // What holds for links from this article at `now` (seconds since 1970 UTC): its own decisions,
  // and those of others that hold both ways, seen from its side (`article` is this one, `other` the
  // other one). Where both exist for a pair, its own. By position, then by id.
  [[nodiscard]] Result<std::vector<Decision>> in_force(const std::string& article,
                                                       std::int64_t now);
  // All decisions made for links from this article, expired ones too, likewise ordered.
  [[nodiscard]] Result<std::vector<Decision>> made_for(const std::string& article);

  // Puts a decision in the place of what there was for the pair. The last writer wins, unless it
  // asked for a condition. `revision` is set here.
  [[nodiscard]] Result<Changed> decide(const Decision& decision, const Condition& condition);

  // Takes back a decision of this kind on a pair.
  [[nodiscard]] Result<Changed> take_back(const Decision& decision, const Condition& condition);

  [[nodiscard]] Result<void> record(const Feedback& feedback);
  // What all feedback comes to, by question and article.
  [[nodiscard]] Result<std::vector<Judgment>> judgments();

 private:
  std::mutex reading_;
  DeskStore reader_;
  std::mutex writing_;
  DeskStore writer_;
};

}  // namespace broadsheet::server
