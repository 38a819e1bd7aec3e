// Any bytes through the JSONL reader and normalisation: no crash, valid text, and what is exported
// reads back as the same content.
#include <cstdlib>

#include "indexer/commands/jsonl_writer.h"
#include "indexer/normalize/normalize.h"
#include "indexer/readers/formats.h"
#include "indexer/readers/jsonl.h"
#include "indexer/write/content_hash.h"
#include "schema/utf8.h"
#include "tests/support/byte_sources.h"

namespace {

using namespace broadsheet;           // NOLINT(google-build-using-namespace)
using namespace broadsheet::indexer;  // NOLINT(google-build-using-namespace)

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const Article& article, const NormalizeOptions& options) {
  require(is_utf8(article.title) && is_utf8(article.body) && is_utf8(article.extra));
  require(article.body.size() <= kMaxBodyBytes);
  if (article.id.empty()) return;
  const auto again = normalize(parse_json_article(jsonl_line(article)), options);
  require(again.has_value());
  require(content_hash(again->article) == content_hash(article));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const NormalizeOptions options{"Default", 1'750'000'000};
  std::string bytes(reinterpret_cast<const char*>(data), size);
  auto reader =
      open_reader("jsonl", {}, std::make_unique<tests::MemorySource>(std::move(bytes), 61));
  RawRecord record;
  while (reader && (*reader)->next(record).value_or(false)) {
    const auto normalized = normalize((*reader)->parse(record), options);
    if (normalized) check(normalized->article, options);
  }
  return 0;
}
