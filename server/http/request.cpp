// Lookups in the short lists of a request: a scan beats a map at this size.
#include "server/http/request.h"

#include <algorithm>

namespace broadsheet::server {
namespace {

const std::string* first_named(const std::vector<NameValue>& list, std::string_view name) {
  auto found = std::find_if(
      list.begin(), list.end(), [name](const NameValue& entry) { return entry.name == name; });
  return found == list.end() ? nullptr : &found->value;
}

}  // namespace

const std::string& Request::capture(std::string_view name) const {
  static const std::string kNone;
  const std::string* found = first_named(captures, name);
  return found == nullptr ? kNone : *found;
}

const std::string* Request::param(std::string_view name) const {
  return first_named(params, name);
}

const std::string* Request::header(std::string_view name) const {
  return first_named(headers, name);
}

}  // namespace broadsheet::server
