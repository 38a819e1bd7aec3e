// Runs every .rel file of this folder against an archive of the sample articles, built once.
#include "tests/relevance/rel_file.h"

#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/relevance/archive.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// The archive of all tests here; made by the first, gone with the program.
class SampleArchive {
 public:
  SampleArchive() {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder = BROADSHEET_SOURCE_DIR "/scripts/sample";
    for (const auto& file : std::filesystem::directory_iterator(folder))
      if (file.path().extension() == ".jsonl") files.push_back(file.path());
    std::sort(files.begin(), files.end());
    built = build_archive(folder_.path(), files, Titles::kept).has_value();
  }

  bool built = false;

  server::Searcher& searcher() { return searcher_; }

 private:
  tests::TempDir folder_;
  server::SessionPool pool_{folder_.path(), 1};
  server::Searcher searcher_{pool_};
};

SampleArchive& sample() {
  static SampleArchive archive;
  return archive;
}

std::vector<std::filesystem::path> rel_files() {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path folder = BROADSHEET_SOURCE_DIR "/tests/relevance";
  for (const auto& file : std::filesystem::directory_iterator(folder))
    if (file.path().extension() == ".rel") files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

class RelFiles : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(RelFiles, holds) {
  ASSERT_TRUE(sample().built);
  EXPECT_THAT(failures_of(GetParam(), sample().searcher()), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Sample, RelFiles, testing::ValuesIn(rel_files()), [](const auto& test) {
  return test.param.stem().string();
});

// What keeps the files honest: a runner that saw no failures would prove nothing.
class RelRunner : public testing::Test {
 protected:
  std::vector<std::string> failures(const std::string& text) {
    const std::filesystem::path file = folder_.path() / "case.rel";
    std::ofstream(file) << text;
    return failures_of(file, sample().searcher());
  }

 private:
  tests::TempDir folder_;
};

TEST_F(RelRunner, names_file_and_line_of_what_does_not_hold) {
  EXPECT_THAT(failures("# comment\nquery museum ship\nfirst 20250531-cup-final-senn\n"),
              ElementsAre(HasSubstr("case.rel:3: first 20250531-cup-final-senn: the list is")));
}

TEST_F(RelRunner, every_expectation_can_fail) {
  const std::string ask = "related 20250418-japan-talks\n";
  EXPECT_THAT(failures(ask + "present 20250531-cup-final-senn-no\n"), SizeIs(1));
  EXPECT_THAT(failures(ask + "absent 20250502-second-round-japan\n"), SizeIs(1));
  EXPECT_THAT(failures(ask + "kind 20250502-second-round-japan duplicate\n"), SizeIs(1));
  EXPECT_THAT(failures(ask + "above 20250501-harbor-museum-reopens 20250502-second-round-japan\n"),
              SizeIs(1));
}

TEST_F(RelRunner, a_word_it_does_not_know_is_a_failure) {
  EXPECT_THAT(failures("query japan\nsecond 1\n"), ElementsAre(HasSubstr("no such word")));
  EXPECT_THAT(failures("first 1\n"), ElementsAre(HasSubstr("nothing is asked")));
  EXPECT_THAT(failures("query japan\nmatch most\n"), ElementsAre(HasSubstr("match takes")));
}

}  // namespace
}  // namespace broadsheet::relevance
