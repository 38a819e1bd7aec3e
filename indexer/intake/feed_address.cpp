// Cut as RFC 3986 appendix B does it.
#include "indexer/intake/feed_address.h"

#include <algorithm>
#include <array>
#include <vector>

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
constexpr std::array<std::string_view, 11> kSecretNames = {
    "token", "key", "secret", "pass", "pwd", "auth", "sig", "session", "credential", "hash", "jwt"};

bool is_secret(std::string_view name) {
  const std::string small = lower(name);
  if (small == "author" || small == "authors") return false;
  return std::any_of(kSecretNames.begin(), kSecretNames.end(), [&](std::string_view secret) {
    return small.find(secret) != std::string::npos;
  });
}

// Cuts the query at the front of `rest` off up to its next parameter, with the sign before it.
std::string_view take_parameter(std::string_view& rest) {
  const std::string_view part = rest.substr(0, std::min(rest.find_first_of("&;", 1), rest.size()));
  rest.remove_prefix(part.size());
  return part;
}

bool is_secret_parameter(std::string_view part) {
  const std::size_t equals = part.find('=');
  return equals != std::string_view::npos && is_secret(part.substr(1, equals - 1));
}

// The query with values of secrets as "...".
std::string shown_rest(std::string_view rest) {
  const std::size_t mark = std::min(rest.find('?'), rest.size());
  std::string shown(rest.substr(0, mark));
  rest.remove_prefix(mark);
  while (!rest.empty()) {
    const std::string_view part = take_parameter(rest);
    const bool hide = is_secret_parameter(part);
    shown.append(hide ? part.substr(0, part.find('=') + 1) : part).append(hide ? "..." : "");
  }
  return shown;
}

// "name=value" of each that is secret.
std::vector<std::string_view> secrets_in(std::string_view rest) {
  std::vector<std::string_view> secrets;
  rest.remove_prefix(std::min(rest.find('?'), rest.size()));
  while (!rest.empty()) {
    const std::string_view part = take_parameter(rest);
    if (is_secret_parameter(part) && !part.ends_with('=')) secrets.push_back(part.substr(1));
  }
  return secrets;
}

std::string without(std::string_view what, const std::string& text) {
  std::string kept;
  std::size_t begin = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, begin)) {
    kept.append(text, begin, at - begin);
    begin = at + what.size();
  }
  return kept.append(text, begin);
}

// What joins parameters, as XML, JSON and plain text write it.
constexpr std::array<std::string_view, 4> kJoints = {"&amp;", "&#38;", "\\u0026", "&"};

// Behind a parameter: where its value has ended.
constexpr std::string_view kEnds = "?&;#\\\"'<>)] \t\r\n";

std::string_view joint_before(std::string_view text) {
  for (const std::string_view joint : kJoints)
    if (text.ends_with(joint)) return joint;
  return text.ends_with('?') ? std::string_view("?") : std::string_view();
}

std::string_view joint_behind(std::string_view text) {
  for (const std::string_view joint : kJoints)
    if (text.starts_with(joint)) return joint;
  return {};
}

// One sign goes with it: that between it and the next, else the one before it.
std::string without_parameter(std::string_view parameter, const std::string& text) {
  std::string kept;
  std::string_view rest = text;
  for (std::size_t at = rest.find(parameter); at != std::string_view::npos;
       at = rest.find(parameter)) {
    kept.append(rest.substr(0, at));
    rest.remove_prefix(at + parameter.size());
    const std::string_view before = joint_before(kept);
    const bool has_ended = rest.empty() || kEnds.find(rest.front()) != std::string_view::npos;
    if (before.empty() || !has_ended) {
      kept.append(parameter);
      continue;
    }
    const std::string_view behind = joint_behind(rest);
    rest.remove_prefix(behind.size());
    if (behind.empty()) kept.resize(kept.size() - before.size());
  }
  return kept.append(rest);
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
    return shown_rest(address.substr(at == std::string_view::npos ? 0 : at + 1)).substr(0, 200);
  }
  return joined(parts, parts.credentials.empty() ? "" : "...", shown_rest(parts.rest));
}

std::string base_of(std::string_view address) {
  const Parts parts = split(address);
  if (parts.scheme.empty()) return {};
  return joined(parts, {}, parts.rest.substr(0, parts.rest.find('?')));
}

std::string without_secrets_of(std::string_view address, std::string text) {
  const Parts parts = split(address);
  if (!parts.credentials.empty()) text = without(std::string(parts.credentials) + "@", text);
  for (const std::string_view parameter : secrets_in(parts.rest))
    text = without_parameter(parameter, text);
  return text;
}

std::string with_credentials_of(std::string_view target, std::string_view from) {
  const Parts to = split(target);
  const Parts source = split(from);
  const bool same = to.scheme == source.scheme && to.host == source.host && to.port == source.port;
  if (!same || !to.credentials.empty() || source.credentials.empty()) return std::string(target);
  return joined(to, source.credentials, to.rest);
}

}  // namespace broadsheet::indexer
