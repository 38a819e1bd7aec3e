// The labels that are made for search alone, from an article to an answer.
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/index_parts.h"
#include "tests/support/small_index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using tests::article_at;
using tests::found;
using tests::group;
using tests::PartContent;

constexpr std::int64_t kStart = 1'700'000'000;

TEST(IndexLabels, find_what_an_article_has_its_site_and_its_id) {
  const tests::TempDir folder;
  PartContent part;
  part.articles = {article_at(kStart, "one", 100), article_at(kStart, "two", 101)};
  Article& one = part.articles[0].article;
  one.id = "Harbour-1";
  one.url = "https://edition.corran.example/2025/harbour";
  one.correction = "The name of the harbour was wrong.";
  one.summary = "A harbour.";
  part.articles[1].article.image = Image{"https://corran.example/boat.jpg"};
  tests::write_index(folder.path(), {part});
  auto reader = IndexReader::open(folder.path());
  const auto found_by = [&](Field field, std::string_view value) {
    return found(*reader, group({tests::label(label_term(field, value))}));
  };
  EXPECT_EQ(found_by(Field::has, "correction"), (std::set<DocId>{0}));
  EXPECT_EQ(found_by(Field::has, "summary"), (std::set<DocId>{0}));
  EXPECT_EQ(found_by(Field::has, "image"), (std::set<DocId>{1}));
  EXPECT_EQ(found_by(Field::id, "harbour-1"), (std::set<DocId>{0}));
  EXPECT_EQ(found_by(Field::site, "edition.corran.example"), (std::set<DocId>{0}));
  EXPECT_EQ(found_by(Field::site, "corran.example"), (std::set<DocId>{0}));
  EXPECT_EQ(found_by(Field::story, "st_1"), (std::set<DocId>{}));
}

TEST(IndexLabels, a_window_without_extent_holds_nothing) {
  const tests::TempDir folder;
  tests::PartContent part;
  part.articles = {article_at(kStart, "one", 100)};
  tests::write_index(folder.path(), {part});
  auto reader = IndexReader::open(folder.path());
  const QueryNode root = group({tests::word("one")});
  const std::vector<QueryNode> filters;
  auto result = reader->run({.root = root, .filters = filters, .window = {kStart - 5, kStart - 5}});
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->docs.empty());
  EXPECT_TRUE(result->count.exact);
  EXPECT_EQ(result->count.upper, 0U);
}

}  // namespace
}  // namespace broadsheet::server
