// A body under two titles is flagged on all its articles, whatever order they come in.
#include "indexer/write/shared_bodies.h"

#include <gtest/gtest.h>

#include "indexer/write/catalog_writer.h"
#include "schema/catalog.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

const std::string kBody =
    "The council of the harbour town met on Tuesday to talk about the old bridge, which it closed, "
    "and about the ferry, which it did not buy, though many had asked it to.";

TEST(body_hash, is_that_of_all_of_the_body) {
  EXPECT_EQ(body_hash(kBody), body_hash(std::string(kBody)));
  for (std::size_t i = 0; i < kBody.size(); ++i) {
    std::string other = kBody;
    other[i] ^= 1;
    EXPECT_NE(body_hash(kBody), body_hash(other)) << i;
  }
  EXPECT_NE(body_hash(kBody), body_hash(kBody + "2"));
  EXPECT_EQ(body_hash("Too short to tell."), std::nullopt);
}

class SharedBodies : public testing::Test {
 protected:
  void put(const std::string& id, const std::string& title, const std::string& body = kBody) {
    Article article = tests::article_named(id);
    article.title = title;
    article.body = body;
    IncomingArticle incoming = tests::incoming(article);
    incoming.body_hash = body_hash(body);
    ASSERT_TRUE(writer_.upsert(incoming, 1'750'000'000));
    ASSERT_TRUE(writer_.commit());
  }

  // The ids of articles that are flagged, one behind the other.
  std::string flagged() {
    auto catalog = open_catalog_for_reading(dir_.path());
    auto rows = catalog->statement("SELECT id FROM article WHERE body_shared = 1 ORDER BY id");
    std::string ids;
    EXPECT_TRUE((*rows)->for_each_row([&]() -> Result<void> {
      ids += (*rows)->text(0);
      return {};
    }));
    return ids;
  }

  std::int64_t seq_of(const std::string& id) {
    auto catalog = open_catalog_for_reading(dir_.path());
    return catalog->query_integer("SELECT change_seq FROM article WHERE id = '" + id + "'")
        .value()
        .value_or(0);
  }

  tests::TempDir dir_;
  CatalogWriter writer_ = CatalogWriter::open(dir_.path()).value();
};

TEST_F(SharedBodies, are_flagged_when_a_second_title_comes) {
  put("a", "Bridge closes");
  put("b", "BRIDGE  closes");
  EXPECT_EQ(flagged(), "") << "a title that differs in setting alone is the same";
  const auto before = seq_of("a");
  put("c", "Ferry sinks");
  EXPECT_EQ(flagged(), "abc");
  EXPECT_EQ(seq_of("a"), before) << "nothing of it is in the index";
  put("d", "Bridge closes");
  EXPECT_EQ(flagged(), "abcd");
}

TEST_F(SharedBodies, lose_the_flag_when_the_body_is_put_right) {
  put("a", "Bridge closes");
  put("b", "Ferry sinks");
  put("b", "Ferry sinks", kBody + " Later it sank, on the way to the yard.");
  EXPECT_EQ(flagged(), "");
}

TEST_F(SharedBodies, lose_the_flag_when_the_title_is_put_right_or_the_other_is_erased) {
  put("a", "Bridge closes");
  put("b", "Ferry sinks");
  put("b", "Bridge closes");
  EXPECT_EQ(flagged(), "");
  put("b", "Ferry sinks");
  EXPECT_EQ(flagged(), "ab");
  ASSERT_TRUE(writer_.erase("b").value());
  ASSERT_TRUE(writer_.commit());
  EXPECT_EQ(flagged(), "");
}

TEST_F(SharedBodies, short_ones_never_are) {
  put("a", "Bridge closes", "More later.");
  put("b", "Ferry sinks", "More later.");
  EXPECT_EQ(flagged(), "");
}

}  // namespace
}  // namespace broadsheet::indexer
