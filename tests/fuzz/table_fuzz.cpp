// Any bytes through the readers of JSON documents, JSON lines and CSV, with and without a map (the
// first byte chooses), and normalisation: no crash, an end, and valid text.
#include <array>
#include <cstdlib>

#include "indexer/normalize/normalize.h"
#include "indexer/readers/field_map.h"
#include "indexer/readers/formats.h"
#include "schema/utf8.h"
#include "tests/support/byte_sources.h"

namespace {

using namespace broadsheet;           // NOLINT(google-build-using-namespace)
using namespace broadsheet::indexer;  // NOLINT(google-build-using-namespace)

constexpr std::array kFormats = {"json", "csv", "jsonl", "auto"};

void require(bool condition) {
  if (!condition) std::abort();
}

void check(RawArticle raw) {
  for (const auto* text : {&raw.id, &raw.title, &raw.body, &raw.body_html, &raw.summary})
    require(!*text || is_utf8(**text));
  for (const auto& [name, json] : raw.extra)
    require(is_utf8(name) && is_utf8(json));
  const NormalizeOptions options{"Default", 1'750'000'000};
  const auto normalized = normalize(std::move(raw), options);
  if (normalized) require(is_utf8(normalized->article.title) && is_utf8(normalized->article.body));
}

// A map of its own may stand in the first line.
std::shared_ptr<const FieldMap> take_map(std::string& bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string::npos) return nullptr;
  auto map = parse_field_map(std::string_view(bytes).substr(0, end));
  bytes.erase(0, end + 1);
  if (!map) map = parse_field_map("title=a.b|title,body=text+c.0,tags=t+u,source.id=s,access=x");
  return std::make_shared<const FieldMap>(*std::move(map));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  ReaderOptions options;
  if ((data[0] & 4U) != 0) options.map = take_map(bytes);
  const std::size_t piece = (data[0] & 8U) != 0 ? 61 : 1U << 16U;
  auto reader = open_reader(kFormats.at(data[0] & 3U),
                            options,
                            std::make_unique<tests::MemorySource>(std::move(bytes), piece));
  std::size_t records = 0;
  RawRecord record;
  while (reader && (*reader)->next(record).value_or(false)) {
    require(++records <= size);
    if (record.refusal.empty()) check((*reader)->parse(record));
  }
  return 0;
}
