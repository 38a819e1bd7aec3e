// What an operator says of a source, and which of its articles change by it.
#include "indexer/write/source_registry.h"

#include <gtest/gtest.h>

#include "indexer/write/catalog_writer.h"
#include "schema/catalog.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kNow = 1'750'000'000;

class SourceRegistry : public testing::Test {
 protected:
  SourceRegistry() {
    auto writer = CatalogWriter::open(dir_.path()).value();
    for (const char* id : {"a", "b", "c"}) {
      Article article = tests::article_named(id);
      article.source = {*id == 'c' ? "other" : "wire", "The Wire"};
      if (*id == 'b') article.language = "";
      EXPECT_TRUE(writer.upsert(tests::incoming(article), kNow));
    }
    EXPECT_TRUE(writer.commit());
    seq_ = 3;
  }

  bool set(std::string_view id, const SourceSettings& settings) {
    return set_source(catalog_, id, settings, seq_).value();
  }

  RegisteredSource source(std::string_view id) {
    const auto sources = list_sources(catalog_).value();
    for (const RegisteredSource& one : sources)
      if (one.id == id) return one;
    return {};
  }

  std::int64_t number(const char* sql) { return catalog_.query_integer(sql).value().value_or(-1); }

  tests::TempDir dir_;
  std::int64_t seq_ = 0;
  sqlite::Database catalog_ = open_catalog_for_writing(dir_.path()).value();
};

TEST_F(SourceRegistry, lists_what_is_known) {
  const auto sources = list_sources(catalog_).value();
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].id, "other");
  EXPECT_EQ(sources[1].id, "wire");
  EXPECT_EQ(sources[1].articles, 2);
  EXPECT_EQ(sources[1].weight, 1);
  EXPECT_FALSE(sources[1].blocked);
}

TEST_F(SourceRegistry, leaves_what_is_not_named) {
  SourceSettings settings;
  settings.home = "https://wire.example/";
  settings.weight = 1.25;
  EXPECT_TRUE(set("wire", settings));
  EXPECT_TRUE(set("wire", {}));
  const RegisteredSource wire = source("wire");
  EXPECT_EQ(wire.name, "The Wire");
  EXPECT_EQ(wire.home, "https://wire.example/");
  EXPECT_EQ(wire.weight, 1.25);
  EXPECT_EQ(seq_, 3) << "no article is shown otherwise";
}

TEST_F(SourceRegistry, makes_a_source_that_is_given_a_name) {
  EXPECT_FALSE(set("new", {}));
  SourceSettings settings;
  settings.name = "New";
  EXPECT_TRUE(set("new", settings));
  EXPECT_EQ(source("new").name, "New");
  EXPECT_EQ(source("new").articles, 0);
}

TEST_F(SourceRegistry, gives_a_change_to_each_of_its_articles_once) {
  SourceSettings settings;
  settings.blocked = true;
  EXPECT_TRUE(set("wire", settings));
  EXPECT_EQ(seq_, 5);
  EXPECT_EQ(number("SELECT count(DISTINCT change_seq) FROM article WHERE change_seq > 3"), 2);
  EXPECT_EQ(number("SELECT change_seq FROM article WHERE id = 'c'"), 3);
  EXPECT_TRUE(set("wire", settings));
  EXPECT_EQ(seq_, 5) << "blocked as before";
  settings.blocked = false;
  settings.name = "Wire";
  EXPECT_TRUE(set("wire", settings));
  EXPECT_EQ(seq_, 7);
}

TEST_F(SourceRegistry, gives_a_language_only_where_the_text_tells_none) {
  SourceSettings settings;
  settings.language = "ja";
  EXPECT_TRUE(set("wire", settings));
  EXPECT_EQ(number("SELECT count(*) FROM article WHERE language = 'ja' AND id = 'b' AND "
                   "language_confidence = 0"),
            1);
  EXPECT_EQ(number("SELECT count(*) FROM article WHERE language = 'en'"), 2);
  EXPECT_EQ(source_languages(catalog_).value().at("wire"), "ja");
  settings.language = "";
  EXPECT_TRUE(set("wire", settings));
  EXPECT_EQ(number("SELECT count(*) FROM article WHERE language IS NULL AND "
                   "language_confidence IS NULL"),
            1);
  EXPECT_TRUE(source_languages(catalog_).value().empty());
}

}  // namespace
}  // namespace broadsheet::indexer
