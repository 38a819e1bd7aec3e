// Any bytes as a page: no crash, valid text, and the same article each time.
#include <cstdlib>

#include "indexer/readers/html.h"
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
  (void)looks_like_html(bytes);
  const auto article = read_html(bytes, {});
  if (!article) return 0;
  require(is_utf8(article->body.value_or("x")));
  require(is_utf8(article->title.value_or("")));
  require(is_utf8(article->byline.value_or("")));
  const auto again = read_html(bytes, {});
  require(again && again->body == article->body && again->title == article->title);
  return 0;
}
