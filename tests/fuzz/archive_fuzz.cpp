// Any bytes through the readers of web archives and sitemaps, packed ones too (the first byte
// chooses), and normalisation: no crash, an end, and valid text.
#include <cstdlib>

#include "indexer/normalize/normalize.h"
#include "indexer/readers/formats.h"
#include "schema/utf8.h"
#include "tests/support/byte_sources.h"

namespace {

using namespace broadsheet;           // NOLINT(google-build-using-namespace)
using namespace broadsheet::indexer;  // NOLINT(google-build-using-namespace)

void require(bool condition) {
  if (!condition) std::abort();
}

void check(RawArticle raw) {
  for (const auto* text : {&raw.url, &raw.title, &raw.body, &raw.summary, &raw.source_name})
    require(!*text || is_utf8(**text));
  for (const auto& [name, json] : raw.extra)
    require(is_utf8(name) && is_utf8(json));
  require(is_utf8(raw.refusal));
  const NormalizeOptions options{"Default", 1'750'000'000};
  const auto normalized = normalize(std::move(raw), options);
  if (normalized) require(is_utf8(normalized->article.title) && is_utf8(normalized->article.body));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const char* format = (data[0] & 1U) != 0 ? "sitemap" : "warc";
  const std::size_t piece = (data[0] & 2U) != 0 ? 7 : 1U << 16U;
  auto source = unpack(tests::source_of(std::move(bytes), piece));
  if (!source) return 0;
  auto reader = open_reader(format, {}, *std::move(source));
  RawRecord record;
  while (reader && (*reader)->next(record).value_or(false)) {
    require(is_utf8(record.refusal));
    if (record.refusal.empty()) check((*reader)->parse(record));
  }
  return 0;
}
