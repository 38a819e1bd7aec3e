// Bundles over a backend made of lists that the test writes: what is written, left and removed.
// The road from a true archive is proved in tests/e2e/bundle_test.cpp.
#include "server/bundle/bundle.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/bundle/manifest.h"
#include "tests/server/api/stub_backend.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Bundle : public testing::Test {
 protected:
  Bundle() : backend_(stub_.backend()) {
    backend_.changes = [this](std::int64_t since, std::size_t) -> Result<ChangePage> {
      ChangePage page{archive_, 0, {}, since};
      for (const StoredArticle& stored : changes_) {
        if (stored.change_seq <= since) continue;
        page.articles.push_back(stored);
        page.next_since = stored.change_seq;
      }
      return page;
    };
    backend_.article = [this](const std::string& id) -> Result<StoredArticle> {
      const auto known =
          std::find_if(changes_.begin(), changes_.end(), [&id](const StoredArticle& stored) {
            return stored.article.id == id;
          });
      if (known == changes_.end()) return fail(ErrorCode::not_found, "none");
      return *known;
    };
    backend_.read_next = [this](const std::string& id,
                                const ReadNextRequest&) -> Result<ReadNextResponse> {
      if (during_) during_(id);
      if (id == broken_) return fail(ErrorCode::internal, "broken");
      ReadNextResponse list;
      for (const std::string& other : lists_[id]) {
        ReadNextItem item;
        item.link.article.article.id = other;
        list.items.push_back(item);
      }
      list.index = {3, ++seq_};
      return list;
    };
  }

  // Puts an article in, or changes it; the newest change is its last.
  void put(const std::string& id, Status status = Status::usable) {
    std::erase_if(changes_, [&id](const StoredArticle& stored) { return stored.article.id == id; });
    StoredArticle stored;
    stored.article.id = id;
    stored.article.status = status;
    stored.change_seq = ++changed_;
    changes_.push_back(stored);
  }

  BundleReport written() {
    auto report = write_bundle(backend_, {folder_.path() / "out", 1, {}});
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? *std::move(report) : BundleReport();
  }

  std::string text_of(const std::string& file) {
    std::ifstream in(folder_.path() / "out" / file);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

  Manifest manifest() { return read_manifest(folder_.path() / "out").value(); }

  tests::TempDir folder_;
  Stub stub_;
  Backend backend_;
  std::string archive_ = "0f8b";
  std::vector<StoredArticle> changes_;
  std::int64_t changed_ = 0;
  std::int64_t seq_ = 0;
  std::map<std::string, std::vector<std::string>> lists_;
  std::string broken_;
  std::function<void(const std::string&)> during_;
};

TEST_F(Bundle, has_a_file_an_article_and_writes_what_changed) {
  for (const char* id : {"a", "b", "c"})
    put(id);
  lists_ = {{"a", {"b", "c"}}, {"b", {"c"}}};
  EXPECT_THAT(written().written,
              ElementsAre("read_next/a.json", "read_next/b.json", "read_next/c.json"));
  const Json list = Json::parse(text_of("read_next/a.json"));
  EXPECT_EQ(list["article"]["id"], "a");
  EXPECT_EQ(list["items"][1]["id"], "c");
  EXPECT_FALSE(list.contains("index"));
  lists_["b"] = {"a"};
  const BundleReport again = written();
  EXPECT_EQ(again.articles, 3U);
  EXPECT_THAT(again.written, ElementsAre("read_next/b.json"));
  EXPECT_EQ(Json::parse(text_of("changed.json")),
            Json({{"written", {"read_next/b.json"}}, {"removed", Json::array()}}));
}

TEST_F(Bundle, removes_what_was_taken_down_and_remembers_who_named_it) {
  for (const char* id : {"a", "b", "c"})
    put(id);
  lists_ = {{"a", {"b", "c"}}, {"b", {"c"}}};
  written();
  put("c", Status::killed);
  lists_ = {{"a", {"b"}}};
  EXPECT_THAT(written().removed, ElementsAre("read_next/c.json"));
  EXPECT_EQ(text_of("read_next/c.json"), "");
  EXPECT_THAT(recommended_by(manifest(), "c"), ElementsAre("a", "b"));
  written();
  EXPECT_THAT(recommended_by(manifest(), "c"), ElementsAre("a", "b")) << "also one export later";
  put("c");
  written();
  EXPECT_THAT(recommended_by(manifest(), "c"), IsEmpty()) << "it may be shown again";
}

TEST_F(Bundle, makes_lists_again_that_name_what_is_killed_meanwhile) {
  for (const char* id : {"a", "b", "c"})
    put(id);
  lists_ = {{"a", {"b"}}, {"b", {"a"}}};
  during_ = [this](const std::string& id) {
    if (id != "c") return;
    during_ = nullptr;
    put("b", Status::killed);
    lists_["a"] = {};
  };
  const BundleReport report = written();
  EXPECT_EQ(report.articles, 2U);
  EXPECT_EQ(Json::parse(text_of("read_next/a.json"))["items"], Json::array());
  EXPECT_EQ(text_of("read_next/b.json"), "");
  EXPECT_THAT(recommended_by(manifest(), "b"), ElementsAre("a"));
}

TEST_F(Bundle, goes_on_when_one_list_fails) {
  for (const char* id : {"a", "b"})
    put(id);
  written();
  const std::string before = text_of("read_next/a.json");
  broken_ = "a";
  lists_["b"] = {"a"};
  const BundleReport report = written();
  EXPECT_EQ(report.failed, 1U);
  EXPECT_THAT(report.written, ElementsAre("read_next/b.json"));
  EXPECT_EQ(text_of("read_next/a.json"), before);
}

TEST_F(Bundle, keeps_no_old_list_that_names_what_is_gone) {
  for (const char* id : {"a", "b", "c"})
    put(id);
  lists_ = {{"a", {"c"}}, {"b", {"a"}}};
  written();
  put("c", Status::killed);
  broken_ = "a";
  const BundleReport report = written();
  EXPECT_EQ(report.failed, 1U);
  EXPECT_THAT(report.removed, ElementsAre("read_next/a.json", "read_next/c.json"));
  EXPECT_EQ(text_of("read_next/a.json"), "");
  EXPECT_THAT(recommended_by(manifest(), "c"), ElementsAre("a"));
}

// It was not there when the export began.
TEST_F(Bundle, makes_lists_again_that_name_what_came_and_went_meanwhile) {
  put("a");
  put("b");
  during_ = [this](const std::string& id) {
    if (id == "a") lists_["a"] = {"new"};
    if (id != "b") return;
    during_ = nullptr;
    put("new", Status::killed);
    lists_["a"] = {};
  };
  written();
  EXPECT_EQ(Json::parse(text_of("read_next/a.json"))["items"], Json::array());
  EXPECT_THAT(recommended_by(manifest(), "new"), ElementsAre("a"));
}

TEST_F(Bundle, finishes_what_an_ended_export_left) {
  put("a");
  written();
  std::ofstream(folder_.path() / "out" / "read_next" / "a.json") << "{";
  std::ofstream(folder_.path() / "out" / "read_next" / "a.json.new") << "{";
  EXPECT_THAT(written().written, IsEmpty()) << "as the manifest has it";
  EXPECT_EQ(Json::parse(text_of("read_next/a.json"))["article"]["id"], "a");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out" / "read_next" / "a.json.new"));
}

TEST_F(Bundle, refuses_the_folder_of_another_archive) {
  put("a");
  written();
  archive_ = "other";
  const auto report = write_bundle(backend_, {folder_.path() / "out", 1, {}});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(text_of("read_next/a.json"), "");
}

TEST_F(Bundle, waits_for_no_other_export) {
  put("a");
  std::string second;
  during_ = [&](const std::string&) {
    during_ = nullptr;
    second = write_bundle(backend_, {folder_.path() / "out", 1, {}}).error().message;
  };
  written();
  EXPECT_EQ(second, "cannot write to " + (folder_.path() / "out").string());
}

TEST_F(Bundle, needs_an_index) {
  stub_.index = fail(ErrorCode::unavailable, "nothing is indexed yet");
  const auto report = write_bundle(backend_, {folder_.path() / "out", 1, {}});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "nothing is indexed yet");
}

}  // namespace
}  // namespace broadsheet::server
