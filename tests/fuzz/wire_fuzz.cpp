// Any bytes through the readers of IPTC's formats (the first byte chooses one) and normalisation:
// no crash, an end, and valid text.
#include <array>
#include <cstdlib>

#include "indexer/normalize/normalize.h"
#include "indexer/readers/formats.h"
#include "schema/utf8.h"
#include "tests/support/byte_sources.h"

namespace {

using namespace broadsheet;           // NOLINT(google-build-using-namespace)
using namespace broadsheet::indexer;  // NOLINT(google-build-using-namespace)

constexpr std::array kFormats = {"ninjs", "newsml", "nitf", "auto"};

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const char* format = kFormats.at(data[0] % kFormats.size());
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto reader =
      open_reader(format, {}, std::make_unique<tests::MemorySource>(std::move(bytes), 61));
  RawRecord record;
  while (reader && (*reader)->next(record).value_or(false))
    if (record.refusal.empty()) check((*reader)->parse(record));
  return 0;
}
