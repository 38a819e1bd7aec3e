// Formats that are read as a whole give their articles one by one.
#include "indexer/readers/document.h"

#include <gtest/gtest.h>

#include "tests/support/byte_sources.h"

namespace broadsheet::indexer {
namespace {

// Three articles, the last two refused; nothing from an empty document.
Result<std::vector<RawArticle>> read(std::string_view bytes, const ReaderOptions& options) {
  if (bytes.empty()) return fail(ErrorCode::invalid_argument, "empty");
  std::vector<RawArticle> articles(3);
  articles[0].title = std::string(bytes) + " of " + options.path;
  articles[1].refusal = "no text";
  articles[2].refusal = "no title";
  return articles;
}

TEST(document, gives_its_articles_one_by_one) {
  ReaderOptions options;
  options.path = "a file";
  auto reader = open_document(tests::source_of("bytes", 2), options, read);
  RawRecord record;
  ASSERT_TRUE(reader->next(record).value());
  EXPECT_EQ(record.number, 1U);
  EXPECT_EQ(reader->parse(record).title, "bytes of a file");
  ASSERT_TRUE(reader->next(record).value());
  EXPECT_EQ(record.number, 2U);
  EXPECT_EQ(record.text, "bytes");
  EXPECT_EQ(reader->parse(record).refusal, "no text");
  ASSERT_TRUE(reader->next(record).value());
  EXPECT_EQ(record.text, "") << "a document is kept with one of its refusals";
  EXPECT_EQ(reader->parse(record).refusal, "no title");
  EXPECT_FALSE(reader->next(record).value());
  EXPECT_FALSE(reader->next(record).value());
}

TEST(document, an_error_ends_it) {
  for (auto* reader : {open_document(tests::source_of(""), {}, read).release(),
                       open_document(tests::source_of("x", 9, "cut"), {}, read).release()}) {
    const std::unique_ptr<ArticleReader> owned(reader);
    RawRecord record;
    EXPECT_FALSE(owned->next(record));
    EXPECT_FALSE(owned->next(record).value());
  }
}

TEST(document, refuses_more_than_it_may_hold) {
  auto reader = open_document(tests::source_of(std::string(kMaxDocumentBytes + 1, 'x')), {}, read);
  RawRecord record;
  const auto done = reader->next(record);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, "the document is longer than 64 MiB");
}

}  // namespace
}  // namespace broadsheet::indexer
