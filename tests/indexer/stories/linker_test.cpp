// Near-duplicates and stories in the catalog: how they come about, and what becomes of them when
// articles change, go and come back.
#include "indexer/stories/linker.h"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/write/catalog_writer.h"
#include "schema/catalog.h"
#include "schema/story.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kNow = 1'750'000'000;

const std::string kBridge =
    "The harbour bridge of Ostrava was closed on Monday after inspectors found deep cracks in two "
    "of its piers. Traffic is led over the northern ring until the end of June, Mayor Jana Novak "
    "said. Engineers blame salt water that seeped into the concrete over forty winters.";
const std::string kBridgeLater =
    "Mayor Jana Novak of Ostrava has asked for money from Prague to mend the harbour bridge. The "
    "piers, in which inspectors found cracks, must be cast anew. The bridge stays closed and the "
    "northern ring carries its traffic, engineers say, perhaps for two winters.";
const std::string kBridgeThird =
    "Commuters in Ostrava need an hour more since cracks closed the harbour bridge. On the "
    "northern "
    "ring, queues of lorries reach back to the piers, and Jana Novak, the mayor, wants inspectors "
    "to "
    "look at every other bridge of the city before winter.";
const std::string kFerry =
    "A ferry with sixty passengers ran aground off Gotland in thick fog early on Sunday. Coast "
    "guards from Visby took everybody aboard to land. The captain had been warned by radio of "
    "shallow ground, says Erik Lund, who leads the inquiry.";

class LinkerTest : public testing::Test {
 protected:
  void put(const std::string& id,
           const std::string& title,
           const std::string& body,
           const std::string& published = "2025-04-18") {
    Article article = tests::article_named(id, published);
    article.title = title;
    article.body = body;
    put(article);
  }

  void put(const Article& article) {
    ASSERT_TRUE(writer_->upsert(tests::incoming(article), kNow));
    const auto done = writer_->commit();
    ASSERT_TRUE(done) << done.error().message;
  }

  // A report, its copy, and what came of it.
  void put_story() {
    put("a", "Bridge of Ostrava closed", kBridge);
    put("b", "Harbour bridge closed", kBridge);
    put("c", "Mayor asks for money for the bridge", kBridgeLater);
  }

  std::int64_t number(const std::string& sql) {
    auto value = catalog_.query_integer(sql);
    EXPECT_TRUE(value) << value.error().message;
    return value->value_or(0);
  }

  std::int64_t of(const std::string& id, const std::string& column) {
    return number("SELECT " + column + " FROM article WHERE id = '" + id + "'");
  }

  Story story_of(const std::string& id) {
    return find_story(catalog_, of(id, "story_id")).value().value_or(Story{});
  }

  void reopen() {
    writer_.reset();
    writer_.emplace(CatalogWriter::open(dir_.path()).value());
  }

  tests::TempDir dir_;
  std::optional<CatalogWriter> writer_ = CatalogWriter::open(dir_.path()).value();
  sqlite::Database catalog_ = open_catalog_for_reading(dir_.path()).value();
};

TEST_F(LinkerTest, copies_are_one_group_and_stories_hold_what_is_alike) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("f", "Ferry runs aground", kFerry);
  EXPECT_EQ(story_of("a").size, 0) << "alone";
  put("b", "Harbour bridge closed", "By our reporter. " + kBridge, "2025-04-19");
  put("c", "Mayor asks for money for the bridge", kBridgeLater, "2025-04-20");
  EXPECT_EQ(of("a", "duplicate_group"), of("a", "article_id"));
  EXPECT_EQ(of("b", "duplicate_group"), of("a", "article_id"));
  EXPECT_EQ(of("c", "duplicate_group"), 0);
  EXPECT_EQ(number("SELECT representative FROM duplicate_group"), of("a", "article_id"));
  EXPECT_EQ(of("c", "story_id"), of("a", "story_id"));
  EXPECT_EQ(story_of("f").size, 0);
  const Story story = story_of("a");
  EXPECT_EQ(story.size, 3);
  EXPECT_EQ(story.id.size(), 15U);
  EXPECT_EQ(story.first, parse_timestamp("2025-04-18")->seconds);
  EXPECT_EQ(story.last, parse_timestamp("2025-04-20")->seconds);
  EXPECT_THAT(story.title,
              testing::AnyOf("Bridge of Ostrava closed",
                             "Harbour bridge closed",
                             "Mayor asks for money for the bridge"));
}

TEST_F(LinkerTest, an_article_that_others_join_stays_as_the_index_has_it) {
  put("a", "Bridge of Ostrava closed", kBridge);
  const auto before = of("a", "change_seq");
  const std::string id = story_of("a").id;
  put("c", "Mayor asks for money for the bridge", kBridgeLater);
  EXPECT_EQ(of("a", "change_seq"), before);
  EXPECT_EQ(story_of("a").id, id);
  EXPECT_EQ(story_of("c").id, id);
  const auto c = of("c", "change_seq");
  put("d", "Ostrava bridge: cracks in the piers", kBridgeThird);
  EXPECT_EQ(story_of("d").id, id);
  EXPECT_EQ(of("c", "change_seq"), c) << "c was in its story already";
}

TEST_F(LinkerTest, an_article_that_the_index_may_hold_gets_a_new_number_when_it_is_linked) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("f", "Ferry runs aground", kFerry);
  const auto before = of("a", "change_seq");
  const auto ferry = of("f", "change_seq");
  put("b", "Harbour bridge closed", kBridge);
  EXPECT_GT(of("a", "change_seq"), before) << "it has a group now";
  EXPECT_EQ(of("f", "change_seq"), ferry);
}

TEST_F(LinkerTest, a_lone_article_from_before_it_had_a_story_gets_one_when_another_joins) {
  put("a", "Bridge of Ostrava closed", kBridge);
  {
    auto raw = sqlite::Database::open(catalog_path(dir_.path()), sqlite::OpenMode::create);
    ASSERT_TRUE(raw->execute("UPDATE article SET story_id = NULL; DELETE FROM story;"));
  }
  reopen();
  const auto before = of("a", "change_seq");
  put("c", "Mayor asks for money for the bridge", kBridgeLater);
  EXPECT_GT(of("a", "change_seq"), before);
  EXPECT_EQ(story_of("a").size, 2);
}

TEST_F(LinkerTest, a_founder_that_left_its_story_stands_alone_under_another_id) {
  put_story();
  const std::string id = story_of("c").id;
  put("a", "Ferry runs aground", kFerry);
  EXPECT_EQ(story_of("c").id, id);
  EXPECT_EQ(story_of("c").size, 2);
  EXPECT_EQ(story_of("a").size, 0);
  EXPECT_NE(story_of("a").id, id);
  EXPECT_FALSE(story_of("a").id.empty());
}

TEST_F(LinkerTest, the_same_again_changes_nothing) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("b", "Harbour bridge closed", kBridge);
  const auto seq = number("SELECT max(change_seq) FROM article");
  reopen();
  put("b", "Harbour bridge closed", kBridge);
  put("a", "Bridge of Ostrava closed", kBridge);
  EXPECT_EQ(number("SELECT max(change_seq) FROM article"), seq);
}

TEST_F(LinkerTest, finds_copies_and_stories_from_before_it_was_started) {
  put("a", "Bridge of Ostrava closed", kBridge);
  reopen();
  put("b", "Harbour bridge closed", kBridge);
  reopen();
  put("c", "Mayor asks for money for the bridge", kBridgeLater);
  EXPECT_EQ(of("b", "duplicate_group"), of("a", "article_id"));
  EXPECT_EQ(story_of("c").size, 3);
}

TEST_F(LinkerTest, a_changed_text_is_linked_anew) {
  put_story();
  const std::string id = story_of("a").id;
  put("b", "Ferry runs aground", kFerry);
  EXPECT_EQ(of("b", "duplicate_group"), 0);
  EXPECT_EQ(of("a", "duplicate_group"), 0) << "a group of one is none";
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_group"), 0);
  EXPECT_EQ(story_of("b").size, 0);
  EXPECT_EQ(story_of("a").size, 2);
  const auto changes = writer_->take_story_changes();
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].kind, StoryChange::Kind::split);
  EXPECT_EQ(changes[0].story, id);
  put("a", "Bridge of Ostrava is closed", kBridge + " It was built in 1984.");
  EXPECT_EQ(story_of("a").id, id) << "a correction stays in its story";
  EXPECT_THAT(writer_->take_story_changes(), IsEmpty());
}

TEST_F(LinkerTest, a_withdrawn_article_leaves_and_comes_back) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("b", "Harbour bridge closed", kBridge, "2025-04-19");
  put("c", "Mayor asks for money for the bridge", kBridgeLater, "2025-04-20");
  const std::string id = story_of("a").id;
  ASSERT_TRUE(writer_->withdraw("a", {Status::withdrawn, "a mistake", false}).value());
  ASSERT_TRUE(writer_->commit());
  EXPECT_EQ(of("a", "story_id"), 0);
  EXPECT_EQ(of("b", "duplicate_group"), 0);
  EXPECT_EQ(story_of("b").size, 2);
  EXPECT_EQ(story_of("b").first, parse_timestamp("2025-04-19")->seconds);
  EXPECT_NE(story_of("b").title, "Bridge of Ostrava closed");
  ASSERT_TRUE(writer_->restore("a"));
  ASSERT_TRUE(writer_->commit());
  EXPECT_EQ(story_of("a").id, id);
  EXPECT_EQ(story_of("a").size, 3);
  EXPECT_NE(of("b", "duplicate_group"), 0);
  EXPECT_EQ(of("b", "duplicate_group"), of("a", "duplicate_group"));
}

TEST_F(LinkerTest, a_story_that_ran_empty_comes_back_under_its_id) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("c", "Mayor asks for money for the bridge", kBridgeLater, "2025-04-20");
  const std::string id = story_of("a").id;
  for (const char* gone : {"a", "c"}) {
    ASSERT_TRUE(writer_->withdraw(gone, {Status::withdrawn, "a mistake", false}).value());
    ASSERT_TRUE(writer_->commit());
  }
  EXPECT_EQ(find_story(catalog_, id).value()->size, 0);
  for (const char* back : {"a", "c"}) {
    ASSERT_TRUE(writer_->restore(back));
    ASSERT_TRUE(writer_->commit());
  }
  EXPECT_EQ(story_of("c").id, id);
  EXPECT_EQ(story_of("c").size, 2);
}

TEST_F(LinkerTest, of_an_erased_article_nothing_is_left) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("b", "Ostrava bridge cracks", "Zanzibar. " + kBridge, "2025-04-19");
  put("c", "Mayor asks for money for the bridge", kBridgeLater, "2025-04-20");
  ASSERT_EQ(story_of("b").size, 3);
  ASSERT_TRUE(writer_->erase("b").value());
  ASSERT_TRUE(writer_->commit());
  const std::string row = std::to_string(of("b", "article_id"));
  EXPECT_EQ(number("SELECT count(*) FROM article_link WHERE article_id = " + row), 0);
  EXPECT_EQ(number("SELECT count(*) FROM shingle_key WHERE article_id = " + row), 0);
  EXPECT_EQ(number("SELECT count(*) FROM link_due"), 0);
  EXPECT_EQ(of("b", "story_id"), 0);
  EXPECT_NE(story_of("a").title, "Ostrava bridge cracks");
  // The words of the story are those of a and c again.
  FeatureMaker maker;
  Article only = tests::article_named("x");
  only.title = "";
  only.body = "Zanzibar";
  const auto words = maker.make(only).words;
  ASSERT_THAT(words, SizeIs(1));
  auto rows = catalog_.statement("SELECT words FROM story WHERE words IS NOT NULL");
  ASSERT_TRUE((*rows)->for_each_row([&]() -> Result<void> {
    EXPECT_EQ(product_of(word_vector_from((*rows)->blob(0)), words), 0);
    return {};
  }));
}

TEST_F(LinkerTest, another_time_is_another_story) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("b", "Mayor asks for money for the bridge", kBridgeLater, "2021-04-18");
  EXPECT_EQ(story_of("a").size, 0);
  put("c", "Bridge of Ostrava", kBridgeLater + " Late.", "2025-04-10");
  EXPECT_EQ(of("c", "story_id"), of("a", "story_id")) << "came late";
  EXPECT_EQ(story_of("a").size, 2);
}

TEST_F(LinkerTest, texts_of_a_few_words_are_no_story) {
  put("a", "Weather", "Rain in the north.");
  put("b", "Weather", "Rain in the south.");
  EXPECT_EQ(story_of("a").size, 0);
  EXPECT_EQ(story_of("b").size, 0);
}

TEST_F(LinkerTest, an_undated_article_finds_undated_ones) {
  put("a", "Bridge of Ostrava closed", kBridge, "");
  put("b", "Mayor asks for money for the bridge", kBridgeLater, "");
  EXPECT_EQ(story_of("a").size, 2);
  EXPECT_FALSE(story_of("a").first);
  put("c", "Bridge of Ostrava", kBridge + kBridgeLater, "2025-04-10");
  EXPECT_EQ(story_of("c").size, 3);
  EXPECT_EQ(story_of("c").first, parse_timestamp("2025-04-10")->seconds);
}

TEST_F(LinkerTest, an_article_under_embargo_is_linked_when_it_shows) {
  put("a", "Bridge of Ostrava closed", kBridge);
  Article article = tests::article_named("b");
  article.title = "Mayor asks for money for the bridge";
  article.body = kBridgeLater;
  article.embargoed_until = kNow + 60;
  put(article);
  EXPECT_EQ(story_of("a").size, 0);
  ASSERT_TRUE(writer_->release_due(kNow + 61));
  ASSERT_TRUE(writer_->commit());
  EXPECT_EQ(story_of("a").size, 2);
}

TEST_F(LinkerTest, the_articles_of_a_blocked_source_leave) {
  put("a", "Bridge of Ostrava closed", kBridge);
  Article article = tests::article_named("b");
  article.title = "Mayor asks for money for the bridge";
  article.body = kBridgeLater;
  article.source = {"post", "Post"};
  put(article);
  ASSERT_EQ(story_of("a").size, 2);
  SourceSettings settings;
  settings.blocked = true;
  ASSERT_TRUE(writer_->set_source("post", settings).value());
  ASSERT_TRUE(writer_->commit());
  EXPECT_EQ(story_of("a").size, 1);
  EXPECT_EQ(of("b", "story_id"), 0);
}

TEST_F(LinkerTest, articles_from_before_are_linked_in_batches) {
  put("a", "Bridge of Ostrava closed", kBridge);
  put("b", "Harbour bridge closed", kBridge);
  {
    auto raw = sqlite::Database::open(catalog_path(dir_.path()), sqlite::OpenMode::create);
    ASSERT_TRUE(raw->execute(
        "UPDATE article SET story_id = NULL, duplicate_group = NULL; DELETE FROM article_link;"
        "DELETE FROM story; DELETE FROM duplicate_group; DELETE FROM shingle_key;"
        "DELETE FROM word_count; INSERT INTO link_due SELECT article_id FROM article;"));
  }
  reopen();
  EXPECT_TRUE(writer_->link_more().value());
  EXPECT_FALSE(writer_->link_more().value());
  EXPECT_EQ(of("b", "duplicate_group"), of("a", "article_id"));
  EXPECT_EQ(story_of("a").size, 2);
}

TEST_F(LinkerTest, what_was_undone_leaves_no_trace_in_memory) {
  put("a", "Bridge of Ostrava closed", kBridge);
  Article article = tests::article_named("b");
  article.title = "Harbour bridge closed";
  article.body = kBridge;
  ASSERT_TRUE(writer_->upsert(tests::incoming(article), kNow));
  writer_->rollback();
  EXPECT_EQ(story_of("a").size, 0);
  put("c", "Mayor asks for money for the bridge", kBridgeLater);
  EXPECT_EQ(story_of("a").size, 2);
  EXPECT_EQ(of("a", "duplicate_group"), 0);
}

}  // namespace
}  // namespace broadsheet::indexer
