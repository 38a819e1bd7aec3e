// Two connections, each behind its lock: reading for an answer never waits for a write to reach the
// disk.
#include "server/desk/desk.h"

#include "server/desk/decisions.h"
#include "server/desk/feedback.h"

namespace broadsheet::server {
namespace {

// Runs `work` on the connection, under its lock. Without a file there is nothing to read: a `none`.
template <typename None, typename Work>
auto with(DeskStore& store, std::mutex& mutex, DeskUse use, None none, Work work)
    -> decltype(work(std::declval<sqlite::Database&>())) {
  const std::scoped_lock lock(mutex);
  auto desk = store.database();
  if (!desk) return pass_on(desk.error());
  if (*desk == nullptr) return none;
  auto done = work(**desk);
  if (!done) return desk_failure(done.error(), use);
  return done;
}

}  // namespace

Desk::Desk(const std::filesystem::path& data_dir)
    : reader_(data_dir, DeskUse::read), writer_(data_dir, DeskUse::write) {}

Result<std::int64_t> Desk::revision() {
  return with(reader_,
              reading_,
              DeskUse::read,
              std::int64_t{0},
              [](sqlite::Database& desk) -> Result<std::int64_t> {
                auto revision = desk.query_integer("SELECT revision FROM desk_state");
                if (!revision) return pass_on(revision.error());
                return revision->value_or(0);
              });
}

Result<std::vector<Decision>> Desk::in_force(const std::string& article, std::int64_t now) {
  return with(
      reader_, reading_, DeskUse::read, std::vector<Decision>(), [&](sqlite::Database& desk) {
        return decisions_for(desk, article, now);
      });
}

Result<std::vector<Decision>> Desk::made_for(const std::string& article) {
  return with(
      reader_, reading_, DeskUse::read, std::vector<Decision>(), [&](sqlite::Database& desk) {
        return decisions_for(desk, article, std::nullopt);
      });
}

Result<Changed> Desk::decide(const Decision& decision, const Condition& condition) {
  return with(writer_, writing_, DeskUse::write, Changed(), [&](sqlite::Database& desk) {
    return replace_decision(desk, decision, condition);
  });
}

Result<Changed> Desk::take_back(const Decision& decision, const Condition& condition) {
  return with(writer_, writing_, DeskUse::write, Changed(), [&](sqlite::Database& desk) {
    return remove_decision(desk, decision, condition);
  });
}

Result<void> Desk::record(const Feedback& feedback) {
  return with(writer_, writing_, DeskUse::write, Result<void>(), [&](sqlite::Database& desk) {
    return add_feedback(desk, feedback);
  });
}

Result<std::vector<Judgment>> Desk::judgments() {
  return with(reader_, reading_, DeskUse::read, std::vector<Judgment>(), judgments_in);
}

}  // namespace broadsheet::server
