// The format is told by the first bytes, or by name.
#include "indexer/readers/formats.h"

#include <gmock/gmock.h>

#include "tests/support/byte_sources.h"

namespace broadsheet::indexer {
namespace {

Result<std::unique_ptr<ArticleReader>> open(std::string_view format,
                                            std::string bytes,
                                            std::string path = "file") {
  ReaderOptions options;
  options.path = std::move(path);
  return open_reader(format, options, std::make_unique<tests::MemorySource>(std::move(bytes)));
}

TEST(open_reader, knows_jsonl_by_its_first_bytes) {
  for (const char* bytes : {"{\"title\":\"t\"}\n", "\xEF\xBB\xBF\n {}", "[1]", ""}) {
    auto reader = open("auto", bytes);
    EXPECT_TRUE(reader) << bytes;
  }
}

TEST(open_reader, refuses_what_it_does_not_know) {
  const auto reader = open("auto", "<unknown><channel/></unknown>");
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::invalid_argument);
  EXPECT_FALSE(open("xlsx", "a,b"));
}

TEST(open_reader, reads_anything_in_the_format_it_is_told) {
  auto reader = open("jsonl", "hello\n");
  ASSERT_TRUE(reader);
  RawRecord record;
  ASSERT_TRUE((*reader)->next(record).value());
  EXPECT_NE((*reader)->parse(record).refusal, "");
}

TEST(open_reader, goes_by_the_name_where_the_first_record_is_damaged) {
  for (const char* path : {"a.jsonl", "b/c.ndjson.gz", "c.json.zst", "-"}) {
    EXPECT_TRUE(open("auto", "damaged\n{}\n", path)) << path;
  }
  for (const char* path : {"a.txt", "a.jsonl.bak", "jsonl", "b.jsonl/c", "a.json2"}) {
    EXPECT_FALSE(open("auto", "damaged\n{}\n", path)) << path;
  }
}

TEST(format_names, are_those_of_the_table) {
  EXPECT_THAT(format_names(), testing::IsSupersetOf({"rss", "jsonl"}));
}

}  // namespace
}  // namespace broadsheet::indexer
