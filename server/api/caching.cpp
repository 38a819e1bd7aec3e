// Cache-Control is no-cache: an answer may be kept, but what was taken down must be gone at once,
// so every use of it is asked about first.
#include "server/api/caching.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <spdlog/fmt/fmt.h>

#include "schema/hash.h"

namespace broadsheet::server {
namespace {

constexpr std::int64_t kMinute = 60;

bool is_post(const Request& request) {
  return request.method == "POST";
}

// What of the request an answer depends on. The version of the program is in it, as another one may
// write the same answer in another way.
std::uint64_t hash_of(const Request& request, std::int64_t clock, std::int64_t desk) {
  const std::string* accept = request.header("accept");
  return fnv1a_64(fmt::format("{}\n{}?{}\n{}\n{}\n{}",
                              BROADSHEET_VERSION,
                              request.path,
                              request.query,
                              accept == nullptr ? "" : *accept,
                              clock / kMinute,
                              desk));
}

std::string tag_of(std::int64_t first, std::int64_t second, std::uint64_t hash) {
  return fmt::format("W/\"{:x}-{:x}-{:016x}\"", first, second, hash);
}

// Whether a list of entity tags has this one, both taken as weak. A tag's text may hold commas.
bool has_tag(std::string_view list, std::string_view tag) {
  const std::string_view wanted = tag.substr(tag.find('"'));
  while (true) {
    const std::size_t begin = list.find('"');
    if (begin == std::string_view::npos) return false;
    const std::size_t end = list.find('"', begin + 1);
    if (end == std::string_view::npos) return false;
    if (list.substr(begin, end + 1 - begin) == wanted) return true;
    list.remove_prefix(end + 1);
  }
}

enum class AnyTag { counts, ignored };

bool client_has(const Request& request, std::string_view tag, AnyTag any) {
  return std::any_of(request.headers.begin(), request.headers.end(), [&](const NameValue& header) {
    if (header.name != "if-none-match") return false;
    return header.value == "*" ? any == AnyTag::counts : has_tag(header.value, tag);
  });
}

void add_tag(Response& response, const std::string& tag) {
  response.headers.push_back({"ETag", tag});
  response.headers.push_back({"Cache-Control", "no-cache"});
}

}  // namespace

std::string index_tag(const Request& request,
                      const IndexState& index,
                      std::int64_t clock,
                      std::int64_t desk) {
  return tag_of(index.generation, index.seq, hash_of(request, clock, desk));
}

std::string article_tag(const Request& request, const StoredArticle& stored, std::int64_t clock) {
  return tag_of(stored.revision, stored.change_seq, hash_of(request, clock, 0));
}

std::optional<Response> not_modified(const Backend& backend,
                                     const Request& request,
                                     std::int64_t clock,
                                     std::int64_t desk) {
  if (is_post(request) || request.header("if-none-match") == nullptr) return std::nullopt;
  const auto index = backend.index_state();
  if (!index) return std::nullopt;
  const std::string tag = index_tag(request, *index, clock, desk);
  // "*" asks whether there is any answer at all, which only the answer tells.
  if (!client_has(request, tag, AnyTag::ignored)) return std::nullopt;
  Response response;
  response.status = 304;
  response.content_type.clear();
  add_tag(response, tag);
  return response;
}

Response cached(const Request& request, Response response, const std::string& tag) {
  if (is_post(request)) return response;
  add_tag(response, tag);
  if (!client_has(request, tag, AnyTag::counts)) return response;
  response.status = 304;
  response.content_type.clear();
  response.body.clear();
  return response;
}

}  // namespace broadsheet::server
