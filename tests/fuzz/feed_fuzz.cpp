// Any bytes through the feed readers and normalisation: no crash, valid text in every member.
#include <cstdlib>

#include "indexer/normalize/normalize.h"
#include "indexer/readers/feed.h"
#include "schema/utf8.h"

namespace {

using namespace broadsheet;           // NOLINT(google-build-using-namespace)
using namespace broadsheet::indexer;  // NOLINT(google-build-using-namespace)

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const NormalizeOptions options{"Default", 1'750'000'000};
  const bool unused = looks_like_feed(bytes);
  (void)unused;
  auto feed = read_feed(bytes, {"feed.xml", "", "https://example.com/feed.xml"});
  if (!feed) return 0;
  for (RawArticle& raw : articles_of(*std::move(feed))) {
    require(is_utf8(raw.title.value_or("")) && is_utf8(raw.body_html.value_or("")));
    const auto normalized = normalize(std::move(raw), options);
    if (!normalized) continue;
    const Article& article = normalized->article;
    require(is_utf8(article.title) && is_utf8(article.body) && is_utf8(article.summary));
  }
  return 0;
}
