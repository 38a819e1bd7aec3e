// The desk: what is decided holds, survives, and two editors never lose track of each other; what
// cannot be kept is never called done.
#include "server/desk/desk.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "schema/sqlite.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kNow = 1'750'000'000;

Decision pin(std::string article, std::string other, int position = 1) {
  Decision decision;
  decision.article = std::move(article);
  decision.other = std::move(other);
  decision.position = position;
  decision.made = kNow;
  return decision;
}

Decision block(std::string article, std::string other) {
  Decision decision = pin(std::move(article), std::move(other));
  decision.kind = DecisionKind::block;
  return decision;
}

class DeskFile : public testing::Test {
 protected:
  std::vector<std::string> in_force(Desk& desk,
                                    const std::string& article,
                                    std::int64_t now = kNow) {
    const auto decisions = desk.in_force(article, now);
    EXPECT_TRUE(decisions) << (decisions ? "" : decisions.error().message);
    std::vector<std::string> told;
    for (const Decision& each : decisions.value_or(std::vector<Decision>())) {
      EXPECT_EQ(each.article, article);
      told.push_back((each.kind == DecisionKind::pin ? "+" : "-") + each.other);
    }
    return told;
  }

  static Change change(Desk& desk, const Decision& decision, const Condition& condition = {}) {
    const auto changed = desk.decide(decision, condition);
    EXPECT_TRUE(changed) << (changed ? "" : changed.error().message);
    return changed ? changed->change : Change::none;
  }

  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "desk.db"; }

  tests::TempDir folder_;
};

TEST_F(DeskFile, is_made_by_the_first_decision_alone) {
  Desk desk(folder_.path());
  EXPECT_EQ(desk.revision(), 0);
  EXPECT_THAT(in_force(desk, "a"), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(file()));
  EXPECT_EQ(change(desk, pin("a", "b")), Change::made);
  EXPECT_THAT(in_force(desk, "a"), ElementsAre("+b"));
  EXPECT_EQ(desk.revision(), 1);
}

TEST_F(DeskFile, keeps_every_member) {
  Decision decision = pin("a", "b", 7);
  decision.both_ways = true;
  decision.reason = "Read in court.";
  decision.by = "J. Roe";
  decision.expires = kNow + 60;
  {
    Desk desk(folder_.path());
    EXPECT_EQ(change(desk, decision), Change::made);
  }
  Desk again(folder_.path());
  const auto kept = again.in_force("a", kNow);
  ASSERT_TRUE(kept);
  ASSERT_THAT(*kept, SizeIs(1));
  const Decision& read = kept->front();
  EXPECT_EQ(read.position, 7);
  EXPECT_TRUE(read.both_ways);
  EXPECT_EQ(read.reason, decision.reason);
  EXPECT_EQ(read.by, decision.by);
  EXPECT_EQ(read.expires, decision.expires);
  EXPECT_EQ(read.made, kNow);
  EXPECT_EQ(read.revision, 1);
}

TEST_F(DeskFile, orders_by_place) {
  Desk desk(folder_.path());
  change(desk, pin("a", "d", 1));
  change(desk, pin("a", "b", 3));
  change(desk, pin("a", "c", 1));
  EXPECT_THAT(in_force(desk, "a"), ElementsAre("+c", "+d", "+b"));
}

TEST_F(DeskFile, holds_both_ways_where_it_was_said) {
  Desk desk(folder_.path());
  Decision both = pin("a", "b");
  both.both_ways = true;
  change(desk, both);
  change(desk, pin("a", "c"));
  EXPECT_THAT(in_force(desk, "b"), ElementsAre("+a"));
  EXPECT_THAT(in_force(desk, "c"), IsEmpty());
  const auto made = desk.made_for("b");
  ASSERT_TRUE(made);
  EXPECT_THAT(*made, IsEmpty()) << "made for a";
}

TEST_F(DeskFile, prefers_an_articles_own_decision_in_a_circle) {
  Desk desk(folder_.path());
  Decision there = pin("a", "b");
  there.both_ways = true;
  Decision back = block("b", "a");
  back.both_ways = true;
  change(desk, there);
  change(desk, back);
  EXPECT_THAT(in_force(desk, "a"), ElementsAre("+b"));
  EXPECT_THAT(in_force(desk, "b"), ElementsAre("-a"));
}

TEST_F(DeskFile, forgets_what_has_expired) {
  Desk desk(folder_.path());
  Decision decision = pin("a", "b");
  decision.expires = kNow + 60;
  change(desk, decision);
  EXPECT_THAT(in_force(desk, "a", kNow + 59), ElementsAre("+b"));
  EXPECT_THAT(in_force(desk, "a", kNow + 60), IsEmpty());
  EXPECT_THAT(*desk.made_for("a"), SizeIs(1)) << "but tells of it";
}

TEST_F(DeskFile, lets_the_last_of_two_editors_win_and_keeps_what_was) {
  Desk one(folder_.path());
  Desk two(folder_.path());
  EXPECT_EQ(change(one, pin("a", "b")), Change::made);
  EXPECT_EQ(change(two, block("a", "b")), Change::replaced);
  EXPECT_THAT(in_force(one, "a"), ElementsAre("-b"));
  auto database = sqlite::Database::open(file(), sqlite::OpenMode::read);
  ASSERT_TRUE(database);
  EXPECT_EQ(*database->query_integer("SELECT kind FROM decision_before"), 0) << "the pin";
}

TEST_F(DeskFile, refuses_what_has_changed_since_it_was_looked_at) {
  Desk desk(folder_.path());
  ASSERT_EQ(change(desk, pin("a", "b")), Change::made);
  EXPECT_EQ(change(desk, pin("a", "b", 2), {.revisions = {1}}), Change::replaced);
  EXPECT_EQ(change(desk, pin("a", "b", 3), {.revisions = {1}}), Change::refused);
  EXPECT_EQ(change(desk, pin("a", "b", 3), {.must_be_new = true}), Change::refused);
  EXPECT_EQ(change(desk, pin("a", "c"), {.must_exist = true}), Change::refused);
  EXPECT_EQ(change(desk, pin("a", "c"), {.must_be_new = true}), Change::made);
  const auto refused = desk.take_back(pin("a", "b"), {.revisions = {1}});
  EXPECT_EQ(refused->change, Change::refused);
  EXPECT_EQ(refused->decision->position, 2) << "as it stands";
}

TEST_F(DeskFile, takes_back_what_is_there) {
  Desk desk(folder_.path());
  change(desk, pin("a", "b"));
  EXPECT_EQ(desk.take_back(block("a", "b"), {})->change, Change::none) << "it is a pin";
  EXPECT_EQ(desk.take_back(pin("a", "b"), {})->change, Change::removed);
  EXPECT_EQ(desk.take_back(pin("a", "b"), {})->change, Change::none);
  EXPECT_THAT(in_force(desk, "a"), IsEmpty());
  EXPECT_EQ(desk.revision(), 2) << "what changes nothing does not count";
}

TEST_F(DeskFile, serves_many_editors_at_once) {
  Desk desk(folder_.path());
  std::vector<std::thread> editors;
  for (int editor = 0; editor < 4; ++editor) {
    editors.emplace_back([&, editor] {
      for (int i = 0; i < 10; ++i) {
        change(desk, pin("a", "x" + std::to_string(editor * 10 + i)));
        change(desk, pin("a", "shared", 2 + editor));
        (void)in_force(desk, "a");
      }
    });
  }
  for (std::thread& editor : editors)
    editor.join();
  EXPECT_THAT(in_force(desk, "a"), SizeIs(41));
  EXPECT_EQ(desk.revision(), 80);
}

TEST_F(DeskFile, says_so_when_another_program_holds_it) {
  Desk desk(folder_.path());
  change(desk, pin("a", "b"));
  auto other = sqlite::Database::open(file(), sqlite::OpenMode::create);
  ASSERT_TRUE(other);
  {
    auto held = sqlite::Transaction::begin(*other, sqlite::Transaction::Kind::immediate);
    ASSERT_TRUE(held);
    const auto changed = desk.decide(pin("a", "c"), {});
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::unavailable);
    EXPECT_THAT(changed.error().hint, HasSubstr("nothing was recorded"));
    EXPECT_THAT(in_force(desk, "a"), ElementsAre("+b")) << "reading goes on";
  }
  EXPECT_EQ(change(desk, pin("a", "c")), Change::made);
}

TEST_F(DeskFile, says_so_when_there_is_no_room) {
  Desk desk(folder_.path());
  change(desk, pin("a", "b"));

  // A file that may not grow is as full as a disk.
  struct rlimit before {};

  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  struct rlimit none = before;
  none.rlim_cur = 1;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
  const auto changed = desk.decide(pin("a", "c"), {});
  const auto recorded = desk.record({.article = "a", .query = {}, .other = "b"});
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::unavailable);
  EXPECT_FALSE(recorded);
  EXPECT_THAT(in_force(desk, "a"), ElementsAre("+b"));
  EXPECT_EQ(change(desk, pin("a", "c")), Change::made) << "with room again";
  EXPECT_THAT(in_force(desk, "a"), ElementsAre("+b", "+c"));
}

TEST_F(DeskFile, refuses_a_file_that_is_none) {
  std::ofstream(file()) << "This is a letter, not a database, and long enough to be looked at.";
  Desk desk(folder_.path());
  EXPECT_EQ(desk.in_force("a", kNow).error().code, ErrorCode::unavailable);
  EXPECT_EQ(desk.decide(pin("a", "b"), {}).error().code, ErrorCode::unavailable);
}

TEST_F(DeskFile, refuses_a_file_of_a_newer_version) {
  auto newer = sqlite::Database::open(file(), sqlite::OpenMode::create);
  ASSERT_TRUE(newer->execute("PRAGMA user_version=99"));
  Desk desk(folder_.path());
  EXPECT_THAT(desk.decide(pin("a", "b"), {}).error().message, HasSubstr("version 99"));
}

TEST_F(DeskFile, goes_on_with_the_file_that_took_the_place_of_another) {
  Desk desk(folder_.path());
  change(desk, pin("a", "b"));
  const tests::TempDir elsewhere;
  {
    Desk other(elsewhere.path());
    change(other, pin("a", "z"));
  }
  for (const char* name : {"desk.db", "desk.db-wal", "desk.db-shm"})
    std::filesystem::remove(folder_.path() / name);
  std::filesystem::copy_file(elsewhere.path() / "desk.db", file());
  EXPECT_THAT(in_force(desk, "a"), ElementsAre("+z"));
}

std::vector<std::string> told(Desk& desk) {
  std::vector<std::string> lines;
  const auto judgments = desk.judgments();
  EXPECT_TRUE(judgments);
  for (const Judgment& each : judgments.value_or(std::vector<Judgment>()))
    lines.push_back(each.question + " " + each.other + (each.relevant ? " 1" : " 0"));
  return lines;
}

TEST_F(DeskFile, makes_one_judgment_of_all_that_was_said_of_a_pair) {
  Desk desk(folder_.path());
  EXPECT_THAT(told(desk), IsEmpty());
  const auto say = [&](const char* other, Verdict verdict) {
    EXPECT_TRUE(desk.record({.article = "a", .query = {}, .other = other, .verdict = verdict}));
  };
  say("clicked", Verdict::click);
  say("accepted", Verdict::reject);
  say("accepted", Verdict::accept);
  say("rejected", Verdict::accept);
  say("rejected", Verdict::reject);
  say("rejected", Verdict::click);
  EXPECT_THAT(told(desk), ElementsAre("a accepted 1", "a clicked 1", "a rejected 0"));
}

TEST_F(DeskFile, knows_a_query_again_however_it_is_written) {
  Desk desk(folder_.path());
  for (const char* query : {"Japan  Tariff", "japan tariff"})
    EXPECT_TRUE(desk.record({.article = {}, .query = query, .other = "b"}));
  const auto lines = told(desk);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], testing::MatchesRegex("q[0-9a-f]{16} b 1"));
  EXPECT_EQ(query_id("Japan Tariff"), query_id("japan tariff"));
  EXPECT_NE(query_id("japan"), query_id("tariff"));
}

}  // namespace
}  // namespace broadsheet::server
