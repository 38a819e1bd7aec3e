// Strings are cut as RFC 3986 appendix B does it; nothing is escaped or put in order beyond that.
#include "indexer/readers/links.h"

#include <algorithm>

#include "indexer/readers/ascii.h"

namespace broadsheet::indexer {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_scheme_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

// Bytes of "https:" at the front; 0 without a scheme.
std::size_t scheme_length(std::string_view link) {
  if (link.empty() || !is_letter(link.front())) return 0;
  const auto end = std::find_if_not(link.begin(), link.end(), is_scheme_character);
  if (end == link.end() || *end != ':') return 0;
  return static_cast<std::size_t>(end - link.begin()) + 1;
}

struct Base {
  std::string_view scheme;     // with its colon
  std::string_view authority;  // with the slashes before it
  std::string_view path;
  std::string_view query;  // with its mark
};

Base split(std::string_view url) {
  Base base;
  url = url.substr(0, url.find('#'));
  base.scheme = url.substr(0, scheme_length(url));
  url.remove_prefix(base.scheme.size());
  if (url.starts_with("//")) {
    base.authority = url.substr(0, url.find_first_of("/?", 2));
    url.remove_prefix(base.authority.size());
  }
  base.path = url.substr(0, url.find('?'));
  base.query = url.substr(base.path.size());
  return base;
}

// RFC 3986 section 5.2.4 for a path that begins with a slash.
std::string without_dot_segments(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    const bool is_up = segment == "/..";
    if (is_up) out.resize(std::min(out.rfind('/'), out.size()));
    if (!is_up && segment != "/.") out += segment;
    if ((is_up || segment == "/.") && path.empty()) out += '/';
  }
  return out;
}

// `link` is a path, perhaps with a query and a fragment behind it.
std::string merged(std::string_view link, std::string_view base_path) {
  const std::size_t end = std::min(link.find_first_of("?#"), link.size());
  std::string path;
  if (!link.starts_with('/')) {
    const std::size_t slash = base_path.rfind('/');
    path = slash == std::string_view::npos ? "/" : std::string(base_path.substr(0, slash + 1));
  }
  path += link.substr(0, end);
  return without_dot_segments(path) + std::string(link.substr(end));
}

}  // namespace

bool is_absolute_link(std::string_view link) {
  return scheme_length(trimmed(link)) > 0;
}

std::string resolve_link(std::string_view link, std::string_view base_url) {
  link = trimmed(link);
  if (scheme_length(link) > 0) return std::string(link);
  const Base base = split(trimmed(base_url));
  if (base.scheme.empty() || base.authority.size() <= 2) return std::string(link);
  const std::string scheme(base.scheme);
  if (link.starts_with("//")) return scheme + std::string(link);
  const std::string site = scheme + std::string(base.authority);
  if (link.empty() || link.front() == '#') {
    return site + std::string(base.path) + std::string(base.query) + std::string(link);
  }
  if (link.front() == '?') return site + std::string(base.path) + std::string(link);
  return site + merged(link, base.path);
}

}  // namespace broadsheet::indexer
