// What many ask is offered, what few ask is not, and there is no end to neither memory nor
// patience.
#include "server/search/query_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

void note(QueryLog& log, const std::string& query, int times) {
  for (int i = 0; i < times; ++i)
    log.note(query);
}

TEST(QueryLog, offers_what_was_asked_often_as_it_was_typed) {
  QueryLog log;
  note(log, "Japan tariff", 3);
  note(log, "japan  TARIFF", 1);
  note(log, "japan trade", 5);
  note(log, "japan secret", 2);
  note(log, "korea", 9);
  EXPECT_THAT(log.beginning_with("japan", 9), ElementsAre("japan trade", "Japan tariff"));
  EXPECT_THAT(log.beginning_with("", 1), ElementsAre("korea"));
}

TEST(QueryLog, keeps_no_more_than_it_may) {
  QueryLog log;
  note(log, std::string(QueryLog::kMostBytes + 1, 'x'), 5);
  note(log, " ", 5);
  EXPECT_THAT(log.beginning_with("", 9), IsEmpty());
  note(log, "frequent", 6);
  for (std::size_t i = 0; i < QueryLog::kMostQueries; ++i)
    log.note("q" + std::to_string(i));
  EXPECT_THAT(log.beginning_with("", 9), ElementsAre("frequent"));
}

}  // namespace
}  // namespace broadsheet::server
