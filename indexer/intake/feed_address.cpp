// Cut as RFC 3986 appendix B does it.
#include "indexer/intake/feed_address.h"

#include <algorithm>
#include <array>

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kLongestAddress = 4096;

struct Parts {
  std::string scheme;            // in lower case, without its colon
  std::string_view credentials;  // before the @
  std::string host;              // in lower case, with its brackets
  std::string_view port;         // without its colon
  std::string_view rest;         // path and query
};

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return small;
}

// Empty scheme: it is no absolute address with an authority.
Parts split(std::string_view text) {
  Parts parts;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos) return parts;
  parts.scheme = lower(text.substr(0, colon));
  text.remove_prefix(colon + 3);
  text = text.substr(0, text.find('#'));
  std::string_view authority = text.substr(0, text.find_first_of("/?"));
  parts.rest = text.substr(authority.size());
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    parts.credentials = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = authority.rfind(']');
  const std::size_t port = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  parts.host = lower(authority.substr(0, port));
  if (port != std::string_view::npos) parts.port = authority.substr(port + 1);
  return parts;
}

std::string joined(const Parts& parts, std::string_view credentials, std::string_view rest) {
  std::string address = parts.scheme + "://";
  if (!credentials.empty()) address.append(credentials).append("@");
  address += parts.host;
  if (!parts.port.empty()) address.append(":").append(parts.port);
  address.append(rest.starts_with('/') ? "" : "/").append(rest);
  return address;
}

bool is_host(std::string_view host) {
  if (host.empty()) return false;
  const bool in_brackets = host.front() == '[' && host.back() == ']' && host.size() > 4;
  if (in_brackets) host = host.substr(1, host.size() - 2);
  return std::all_of(host.begin(), host.end(), [&](char c) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    // Names of other scripts: their bytes have the high bit.
    return word || c == '_' || static_cast<unsigned char>(c) >= 0x80 || (in_brackets && c == ':');
  });
}

bool is_port(std::string_view port) {
  const bool all =
      std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  return all && port.size() <= 5;
}

tl::unexpected<Error> refusal(std::string message, std::string hint = {}) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::move(hint));
}

// Names of parameters that carry secrets; a part of the name is enough.
constexpr std::array<std::string_view, 9> kSecretNames = {
    "token", "key", "secret", "passw", "pwd", "auth", "sig", "session", "credential"};

bool is_secret(std::string_view name) {
  const std::string small = lower(name);
  return std::any_of(kSecretNames.begin(), kSecretNames.end(), [&](std::string_view secret) {
    return small.find(secret) != std::string::npos;
  });
}

// The query with values of secrets as "...".
std::string shown_rest(std::string_view rest) {
  const std::size_t mark = std::min(rest.find('?'), rest.size());
  std::string shown(rest.substr(0, mark));
  rest.remove_prefix(mark);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("&;", 1), rest.size());
    const std::string_view part = rest.substr(0, end);
    const std::size_t equals = part.find('=');
    const bool hide = equals != std::string_view::npos && is_secret(part.substr(1, equals - 1));
    shown.append(hide ? part.substr(0, equals + 1) : part).append(hide ? "..." : "");
    rest.remove_prefix(end);
  }
  return shown;
}

}  // namespace

Result<std::string> checked_address(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
    text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
    text.remove_suffix(1);
  if (text.empty()) return refusal("the address is empty");
  if (text.size() > kLongestAddress) return refusal("the address is longer than 4096 bytes");
  const bool is_odd = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == '\x7F';
  });
  if (is_odd) {
    return refusal("the address has a blank, a backslash or a control character in it",
                   "write them as %20, %5C, ...");
  }
  const Parts parts = split(text);
  if (parts.scheme.empty()) {
    return refusal(shown_address(text) + " is no absolute address", "give it as https://HOST/PATH");
  }
  if (parts.scheme != "http" && parts.scheme != "https") {
    return refusal("the scheme " + parts.scheme.substr(0, 20) + " is not followed",
                   "only http and https are");
  }
  if (!is_host(parts.host)) return refusal(shown_address(text) + " has no proper host");
  if (!is_port(parts.port)) return refusal(shown_address(text) + " has no proper port");
  return joined(parts, parts.credentials, parts.rest);
}

std::string host_of(std::string_view address) {
  return split(address).host;
}

std::string shown_address(std::string_view address) {
  const Parts parts = split(address);
  if (parts.scheme.empty()) {
    // No address at all: what stands before an @ may still be a password.
    const std::size_t at = address.rfind('@');
    return std::string(at == std::string_view::npos ? address : address.substr(at + 1))
        .substr(0, 200);
  }
  return joined(parts, parts.credentials.empty() ? "" : "...", shown_rest(parts.rest));
}

std::string without_credentials(std::string_view address) {
  const Parts parts = split(address);
  return parts.scheme.empty() ? std::string(address) : joined(parts, {}, parts.rest);
}

std::string with_credentials_of(std::string_view target, std::string_view from) {
  const Parts to = split(target);
  const Parts source = split(from);
  const bool same = to.scheme == source.scheme && to.host == source.host && to.port == source.port;
  if (!same || !to.credentials.empty() || source.credentials.empty()) return std::string(target);
  return joined(to, source.credentials, to.rest);
}

}  // namespace broadsheet::indexer
