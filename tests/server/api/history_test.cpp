// Versions and changes over a stub: their shape, their pages, and what they keep to themselves.
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Pair;

Request get_revisions(std::vector<NameValue> params = {}) {
  return get_one("/v1/articles/x/revisions", "20250418-japan-talks", std::move(params));
}

TEST(Revisions, are_told_newest_first_with_their_times) {
  Stub stub;
  stub.history->page.next_before = 1;
  const Response response = revisions(stub.backend(), get_revisions());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(json_of(response).dump(),
            R"({"id":"20250418-japan-talks","revision":2,"revisions":[)"
            R"({"revision":2,"since":"2025-06-18T09:29:30Z","until":null,"title":"New title",)"
            R"("summary":"A sentence.","body":"New body."},)"
            R"({"revision":1,"since":"2025-06-18T09:29:00Z","until":"2025-06-18T09:29:30Z",)"
            R"("title":"Old title","summary":null,"body":"Old body."}],"next_before":1})");
}

TEST(Revisions, come_in_pages) {
  Stub stub;
  (void)revisions(stub.backend(), get_revisions());
  (void)revisions(stub.backend(), get_revisions({{"limit", "3"}, {"before", "17"}}));
  EXPECT_THAT(
      stub.pages,
      testing::ElementsAre(Pair(std::numeric_limits<std::int64_t>::max(), 20U), Pair(17, 3U)));
  EXPECT_EQ(revisions(stub.backend(), get_revisions({{"limit", "0"}})).status, 400);
}

TEST(Revisions, of_what_is_not_to_be_shown_are_refused) {
  Stub stub;
  stub.history->article.article.status = Status::withdrawn;
  const Response gone = revisions(stub.backend(), get_revisions());
  EXPECT_EQ(gone.status, 410);
  EXPECT_THAT(gone.body, Not(HasSubstr("Old body")));
  stub.history->article.article.status = Status::usable;
  stub.history->article.article.embargoed_until = kNow + 60;
  EXPECT_EQ(revisions(stub.backend(), get_revisions()).status, 404);
  stub.history = fail(ErrorCode::not_found, "nothing");
  EXPECT_EQ(revisions(stub.backend(), get_revisions()).status, 404);
}

Json changes_of(Stub& stub, std::vector<NameValue> params = {}) {
  return json_of(changes(stub.backend(), get("/v1/changes", std::move(params))));
}

TEST(Changes, carry_the_article_and_where_to_go_on) {
  Stub stub;
  const Json page = changes_of(stub);
  EXPECT_EQ(page["archive"], "0f8b");
  EXPECT_EQ(page["seq"], 9);
  EXPECT_EQ(page["next_since"], 7);
  EXPECT_EQ(page["complete"], false);
  ASSERT_EQ(page["changes"].size(), 1U);
  EXPECT_EQ(page["changes"][0]["kind"], "upsert");
  EXPECT_EQ(page["changes"][0]["seq"], 7);
  EXPECT_EQ(page["changes"][0]["article"]["body"], "First paragraph.\n\nThe tariff <stays>.");
  stub.changes->next_since = 9;
  EXPECT_EQ(changes_of(stub)["complete"], true);
  EXPECT_THAT(stub.pages, testing::Each(Pair(0, 100U)));
}

TEST(Changes, tell_what_is_gone_by_its_id_alone) {
  for (const Status status : {Status::withdrawn, Status::killed, Status::erased}) {
    Stub stub;
    stub.changes->articles[0].article.status = status;
    EXPECT_EQ(changes_of(stub)["changes"].dump(),
              R"([{"seq":7,"kind":"tombstone","id":"20250418-japan-talks","article":null}])");
  }
  Stub expired;
  expired.changes->articles[0].article.expires = kNow;
  EXPECT_EQ(changes_of(expired)["changes"][0]["kind"], "tombstone");
}

TEST(Changes, say_nothing_of_what_nobody_has_seen_yet) {
  Stub embargoed;
  embargoed.changes->articles[0].article.embargoed_until = kNow + 60;
  EXPECT_EQ(changes_of(embargoed)["changes"].size(), 0U);
  Stub withheld;
  withheld.changes->articles[0].article.status = Status::withheld;
  EXPECT_EQ(changes_of(withheld)["changes"].size(), 0U);
  // It was shown before, so mirrors have it.
  withheld.changes->articles[0].revision = 2;
  EXPECT_EQ(changes_of(withheld)["changes"][0]["kind"], "tombstone");
}

TEST(Changes, a_mirror_that_knows_more_is_told_to_begin_again) {
  Stub stub;
  const Response response = changes(stub.backend(), get("/v1/changes", {{"since", "10"}}));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(json_of(response)["param"], "since");
  EXPECT_THAT(response.body, HasSubstr("since=0"));
}

}  // namespace
}  // namespace broadsheet::server
