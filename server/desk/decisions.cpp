// Every change takes the next revision of the desk and keeps what it ends, in one transaction.
#include "server/desk/decisions.h"

#include <algorithm>
#include <string_view>

#include <spdlog/fmt/fmt.h>

namespace broadsheet::server {
namespace {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

// The order that read_decision() reads in, after both ids.
constexpr std::string_view kColumns =
    "kind, position, both_ways, reason, made_by, expires, made, revision";

// Own decisions, and those that others made for both ways where there is no own one.
const std::string& in_force_sql() {
  static const std::string kSql = fmt::format(
      "SELECT article, other, {0} FROM decision "
      "WHERE article = ?1 AND (expires IS NULL OR expires > ?2) "
      "UNION ALL SELECT other, article, {0} FROM decision AS theirs "
      "WHERE other = ?1 AND both_ways = 1 AND (expires IS NULL OR expires > ?2) "
      "AND NOT EXISTS (SELECT 1 FROM decision AS own WHERE own.article = ?1 "
      "AND own.other = theirs.article AND (own.expires IS NULL OR own.expires > ?2)) "
      "ORDER BY position, 2",
      kColumns);
  return kSql;
}

const std::string& made_for_sql() {
  static const std::string kSql = fmt::format(
      "SELECT article, other, {} FROM decision WHERE article = ?1 ORDER BY position, other",
      kColumns);
  return kSql;
}

const std::string& one_sql() {
  static const std::string kSql = fmt::format(
      "SELECT article, other, {} FROM decision WHERE article = ?1 AND other = ?2", kColumns);
  return kSql;
}

const std::string& keep_sql() {
  static const std::string kSql = fmt::format(
      "INSERT INTO decision_before SELECT article, other, {}, ?3 FROM decision "
      "WHERE article = ?1 AND other = ?2",
      kColumns);
  return kSql;
}

const std::string& insert_sql() {
  static const std::string kSql = fmt::format(
      "INSERT OR REPLACE INTO decision (article, other, {}) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      kColumns);
  return kSql;
}

Decision read_decision(const Statement& row) {
  Decision decision;
  decision.article = row.text(0);
  decision.other = row.text(1);
  decision.kind = static_cast<DecisionKind>(row.integer(2));
  decision.position = static_cast<int>(row.integer(3));
  decision.both_ways = row.integer(4) != 0;
  decision.reason = row.text(5);
  decision.by = row.text(6);
  decision.expires = row.optional_integer(7);
  decision.made = row.integer(8);
  decision.revision = row.integer(9);
  return decision;
}

Result<std::optional<Decision>> decision_on(Database& desk, const Decision& pair) {
  auto select = desk.statement(one_sql());
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, pair.article).bind(2, pair.other).step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<Decision>();
  return std::optional(read_decision(**select));
}

bool holds(const Condition& condition, const std::optional<Decision>& there) {
  if (condition.must_be_new && there) return false;
  if (condition.must_exist && !there) return false;
  const auto& wanted = condition.revisions;
  if (wanted.empty()) return true;
  return there && std::find(wanted.begin(), wanted.end(), there->revision) != wanted.end();
}

Result<std::int64_t> next_revision(Database& desk) {
  if (auto done = desk.execute("UPDATE desk_state SET revision = revision + 1"); !done)
    return pass_on(done.error());
  auto revision = desk.query_integer("SELECT revision FROM desk_state");
  if (!revision) return pass_on(revision.error());
  return revision->value_or(0);
}

// What was there goes where it can still be looked up.
Result<void> keep_before(Database& desk, const Decision& pair, std::int64_t revision) {
  auto keep = desk.statement(keep_sql());
  if (!keep) return pass_on(keep.error());
  return (*keep)->bind(1, pair.article).bind(2, pair.other).bind(3, revision).run();
}

Result<void> insert(Database& desk, const Decision& decision) {
  auto insert = desk.statement(insert_sql());
  if (!insert) return pass_on(insert.error());
  return (*insert)
      ->bind(1, decision.article)
      .bind(2, decision.other)
      .bind(3, static_cast<std::int64_t>(decision.kind))
      .bind(4, static_cast<std::int64_t>(decision.position))
      .bind(5, static_cast<std::int64_t>(decision.both_ways))
      .bind_text_or_null(6, decision.reason)
      .bind_text_or_null(7, decision.by)
      .bind(8, decision.expires)
      .bind(9, decision.made)
      .bind(10, decision.revision)
      .run();
}

}  // namespace

Result<std::vector<Decision>> decisions_for(Database& desk,
                                            const std::string& article,
                                            std::optional<std::int64_t> now) {
  auto select = desk.statement(now ? in_force_sql() : made_for_sql());
  if (!select) return pass_on(select.error());
  (*select)->bind(1, article);
  if (now) (*select)->bind(2, *now);
  std::vector<Decision> decisions;
  auto done = (*select)->for_each_row([&]() -> Result<void> {
    decisions.push_back(read_decision(**select));
    return {};
  });
  if (!done) return pass_on(done.error());
  return decisions;
}

Result<Changed> replace_decision(Database& desk,
                                 const Decision& wanted,
                                 const Condition& condition) {
  auto transaction = Transaction::begin(desk, Transaction::Kind::immediate);
  if (!transaction) return pass_on(transaction.error());
  auto there = decision_on(desk, wanted);
  if (!there) return pass_on(there.error());
  if (!holds(condition, *there)) return Changed{Change::refused, *there};
  auto revision = next_revision(desk);
  if (!revision) return pass_on(revision.error());
  Decision made = wanted;
  made.revision = *revision;
  if (auto done = keep_before(desk, made, *revision); !done) return pass_on(done.error());
  if (auto done = insert(desk, made); !done) return pass_on(done.error());
  if (auto done = transaction->commit(); !done) return pass_on(done.error());
  return Changed{*there ? Change::replaced : Change::made, made};
}

Result<Changed> remove_decision(Database& desk, const Decision& pair, const Condition& condition) {
  auto transaction = Transaction::begin(desk, Transaction::Kind::immediate);
  if (!transaction) return pass_on(transaction.error());
  auto there = decision_on(desk, pair);
  if (!there) return pass_on(there.error());
  // A block is no pin: there is nothing of this kind to take back.
  if (*there && (*there)->kind != pair.kind) there->reset();
  if (!holds(condition, *there)) return Changed{Change::refused, *there};
  if (!*there) return Changed{Change::none, std::nullopt};
  auto revision = next_revision(desk);
  if (!revision) return pass_on(revision.error());
  if (auto done = keep_before(desk, pair, *revision); !done) return pass_on(done.error());
  auto erase = desk.statement("DELETE FROM decision WHERE article = ?1 AND other = ?2");
  if (!erase) return pass_on(erase.error());
  if (auto done = (*erase)->bind(1, pair.article).bind(2, pair.other).run(); !done)
    return pass_on(done.error());
  if (auto done = transaction->commit(); !done) return pass_on(done.error());
  return Changed{Change::removed, *there};
}

}  // namespace broadsheet::server
