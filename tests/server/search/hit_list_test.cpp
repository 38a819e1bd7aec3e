// Pages over a small index: what a deadline cuts short, and what was taken down meanwhile.
#include "server/search/hit_list.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/search/page_cursor.h"
#include "tests/support/index_parts.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

constexpr std::int64_t kStart = 1'700'000'000;

// Articles a minute apart, the first the newest; those with one body are near-duplicates.
class Pages {
 public:
  explicit Pages(const std::vector<std::string>& bodies) {
    tests::PartContent part;
    std::int64_t time = kStart;
    for (const std::string& body : bodies) {
      part.articles.push_back(tests::article_at(time, body, doc_id_for(time)));
      if (std::count(bodies.begin(), bodies.end(), body) > 1) {
        const auto first = std::find(bodies.begin(), bodies.end(), body) - bodies.begin();
        part.articles.back().duplicate_group = first + 1;
      }
      time -= 60;
    }
    tests::write_index(folder_.path(), {part});
    reader_ = std::make_unique<IndexReader>(std::move(*IndexReader::open(folder_.path())));
    request_.now = kStart;
    request_.limit = 2;
  }

  static DocId doc(int i) { return doc_id_for(kStart - 60 * i); }

  HitList page(const std::string& cursor = "") {
    request_.cursor = cursor;
    return *HitLister(*reader_, lists_, gone_).page(request_, plan_);
  }

  SearchRequest& request() { return request_; }

  QueryPlan& plan() { return plan_; }

  std::unordered_set<DocId>& gone() { return gone_; }

 private:
  tests::TempDir folder_;
  std::unique_ptr<IndexReader> reader_;
  FixedLists lists_;
  std::unordered_set<DocId> gone_;
  SearchRequest request_;
  QueryPlan plan_;
};

// So many that a walk looks at the clock.
std::vector<std::string> many() {
  std::vector<std::string> bodies;
  for (int i = 0; i < 300; ++i)
    bodies.push_back("harvest number " + std::to_string(i));
  return bodies;
}

QueryNode harvest() {
  QueryNode node;
  node.kind = NodeKind::word;
  node.terms = {"harvest"};
  return node;
}

TEST(HitLister, goes_on_after_no_list_in_time_order_that_was_cut_short) {
  Pages pages(many());
  pages.request().sort = Sort::oldest;
  EXPECT_FALSE(pages.page().next_cursor.empty());
  pages.request().deadline = std::chrono::steady_clock::time_point::min();
  const HitList cut = pages.page();
  EXPECT_TRUE(cut.run.partial);
  EXPECT_EQ(cut.next_cursor, "");
}

TEST(HitLister, keeps_no_ranked_list_that_was_cut_short) {
  Pages pages(many());
  pages.plan().root.children = {harvest()};
  const HitList first = pages.page();
  const auto patient = pages.request().deadline;
  pages.request().deadline = std::chrono::steady_clock::time_point::min();
  const HitList cut = pages.page(first.next_cursor);
  EXPECT_TRUE(cut.run.partial);
  pages.request().deadline = patient;
  const HitList next = pages.page(cut.next_cursor);
  const auto cursor = decode_cursor(next.next_cursor);
  ASSERT_TRUE(cursor);
  EXPECT_EQ(decode_cursor(cut.next_cursor)->list, 0U);
  EXPECT_NE(cursor->list, 0U) << "fixed once it is whole";
}

TEST(HitLister, shows_a_copy_on_a_later_page_once_the_first_is_taken_down) {
  const std::string twice =
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
      "sixteen seventeen eighteen nineteen twenty twentyone";
  Pages pages({"a first", "a second", twice, twice, "a third"});
  pages.request().sort = Sort::newest;
  const std::string second_page = pages.page().next_cursor;
  EXPECT_EQ(pages.page(second_page).docs.front().doc, Pages::doc(2));
  pages.gone().insert(Pages::doc(2));
  EXPECT_EQ(pages.page(second_page).docs.front().doc, Pages::doc(3));
}

}  // namespace
}  // namespace broadsheet::server
