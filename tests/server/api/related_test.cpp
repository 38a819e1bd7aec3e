// Related links over a stub: their shape, what is passed on, what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

Request get_article(const std::string& below, std::vector<NameValue> params = {}) {
  return get_one(
      "/v1/articles/20250418-japan-talks" + below, "20250418-japan-talks", std::move(params));
}

TEST(Related, lists_links_with_their_reasons) {
  Stub stub;
  const Response response = related(stub.backend(), get_article("/related"));
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(
      json_of(response).dump(),
      R"({"article":{"id":"20250418-japan-talks","url":"https://www.example.com/talks",)"
      R"("title":"Japan \"talks\" & more","kicker":"Japan-U.S.","summary":"One sentence.",)"
      R"("time":"10:00","published":"2025-04-18T10:00:00+09:00",)"
      R"("source":{"id":"meridian-wire","name":"Meridian Wire"}},)"
      R"("links":[{"id":"older","url":null,"title":"Older","kicker":null,"summary":null,)"
      R"("time":null,"published":"2025-04-01","source":null,"relation":"same_story",)"
      R"("why":"the same talks","terms":[{"term":"japan","weight":0.5},)"
      R"({"term":"tariff","weight":0.25}],"score":1.25,"pinned":false,"covered":null}],)"
      R"("anchors":[],"steps":["less likeness was asked for, as the text has 3 words to go by"],)"
      R"("short":"nothing else is close","index":{"generation":3,"seq":9}})");
}

TEST(Related, passes_on_what_was_asked) {
  Stub stub;
  const Response response = related(stub.backend(),
                                    get_article("/related",
                                                {{"limit", "100"},
                                                 {"relation", "update,analysis"},
                                                 {"max_age", "2w"},
                                                 {"exclude", "a,b"},
                                                 {"collapse", "none"}}));
  ASSERT_EQ(response.status, 200) << response.body;
  const RelatedRequest& request = stub.related_requests.front();
  EXPECT_EQ(request.limit, 100);
  EXPECT_THAT(request.relations, testing::ElementsAre(Relation::update, Relation::analysis));
  EXPECT_EQ(request.max_age_days, 14.0);
  EXPECT_THAT(request.exclude, testing::ElementsAre("a", "b"));
  EXPECT_EQ(request.collapse, Collapse::none);
  EXPECT_EQ(request.now, kNow);
}

TEST(Related, bad_parameters_are_named) {
  for (const NameValue& param : std::vector<NameValue>{{"limit", "0"},
                                                       {"limit", "101"},
                                                       {"relation", "update,cousin"},
                                                       {"max_age", "30"},
                                                       {"max_age", "0d"},
                                                       {"max_age", "-3d"},
                                                       {"collapse", "story"},
                                                       {"exlude", "a"}}) {
    Stub stub;
    const Response response = related(stub.backend(), get_article("/related", {param}));
    EXPECT_EQ(response.status, 400) << param.name << "=" << param.value;
    EXPECT_EQ(json_of(response)["param"], param.name);
  }
}

TEST(RelatedToDraft, reads_title_and_text_and_keeps_neither) {
  Stub stub;
  const Response response = related_to_draft(
      stub.backend(), post("/v1/related", R"({"title":"T","text":"Body","limit":2})"));
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(json_of(response)["article"], nullptr);
  EXPECT_EQ(stub.drafts.front().title, "T");
  EXPECT_EQ(stub.drafts.front().text, "Body");
  EXPECT_EQ(stub.related_requests.front().limit, 2);
}

TEST(RelatedToDraft, an_empty_draft_is_refused) {
  Stub stub;
  EXPECT_EQ(json_of(related_to_draft(stub.backend(), post("/v1/related", "{}")))["param"], "text");
  EXPECT_TRUE(stub.drafts.empty());
}

TEST(RelatedToDraft, tells_spans_to_link_from_and_what_is_covered) {
  Stub stub;
  Anchor anchor;
  anchor.span = {10, 12, 11, 13};
  anchor.text = "tariff talks";
  anchor.id = "older";
  anchor.title = "Older";
  anchor.reason = "Shares tariff";
  stub.links->anchors = {anchor};
  stub.links->links[0].covered = 0.912345;
  stub.links->links[0].passages = {{{1, 2, 3, 4}, {5, 6, 7, 8}}};
  const Response response =
      related_to_draft(stub.backend(), post("/v1/related", R"({"text":"a","anchors":true})"));
  EXPECT_TRUE(stub.related_requests.front().wants_anchors);
  const Json told = json_of(response);
  EXPECT_EQ(told["anchors"].dump(),
            R"([{"span":[10,12],"span_utf16":[11,13],"text":"tariff talks","id":"older",)"
            R"("url":null,"title":"Older","reason":"Shares tariff"}])");
  EXPECT_EQ(told["links"][0]["covered"].dump(),
            R"({"share":0.9123,"passages":[{"draft":[1,2],"draft_utf16":[3,4],)"
            R"("article":[5,6],"article_utf16":[7,8]}]})");
}

}  // namespace
}  // namespace broadsheet::server
