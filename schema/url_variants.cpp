// A dress is taken off layer by layer: the cache first, then host, path and query.
#include "schema/url_variants.h"

#include <algorithm>
#include <array>

#include "schema/url.h"

namespace broadsheet {
namespace {

constexpr std::string_view kScheme = "https://";

struct UrlParts {
  std::string host;
  std::string path;   // with its slash; may be empty
  std::string query;  // without the question mark
};

UrlParts parts_of(std::string_view canonical) {
  canonical.remove_prefix(std::min(kScheme.size(), canonical.size()));
  const std::size_t question = std::min(canonical.find('?'), canonical.size());
  const std::string_view query = canonical.substr(std::min(question + 1, canonical.size()));
  canonical = canonical.substr(0, question);
  const std::size_t slash = std::min(canonical.find('/'), canonical.size());
  return {std::string(canonical.substr(0, slash)),
          std::string(canonical.substr(slash)),
          std::string(query)};
}

std::string whole(const UrlParts& parts, std::string_view host) {
  std::string url(kScheme);
  url.append(host).append(parts.path);
  if (!parts.query.empty()) url.append("?").append(parts.query);
  return canonical_url(url);
}

bool cut_front(std::string& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.erase(0, front.size());
  return true;
}

bool cut_back(std::string& text, std::string_view back) {
  if (text.size() <= back.size() || !text.ends_with(back)) return false;
  text.resize(text.size() - back.size());
  return true;
}

// google.com/amp/s/HOST/PATH and HOST.cdn.ampproject.org/c/s/HOST/PATH name the page they show.
bool leave_cache(UrlParts& parts) {
  const bool google = parts.host == "google.com" || parts.host == "www.google.com";
  const bool project = parts.host.ends_with(".cdn.ampproject.org");
  if (!google && !project) return false;
  std::string rest = parts.path;
  const bool leads =
      google ? cut_front(rest, "/amp/") : cut_front(rest, "/c/") || cut_front(rest, "/v/");
  if (!leads) return false;
  cut_front(rest, "s/");
  const std::string query = parts.query;
  const std::string inner = canonical_url(std::string(kScheme) + rest);
  if (inner.empty()) return false;
  parts = parts_of(inner);
  parts.query = query;
  return true;
}

// "m.example.com", "en.m.example.org"; something that can be a site must be left.
bool undress_host(std::string& host) {
  constexpr std::array<std::string_view, 4> kLabels = {"m.", "mobile.", "amp.", "touch."};
  for (const std::string_view label : kLabels) {
    std::string rest = host;
    if (cut_front(rest, label) && rest.find('.') != std::string::npos) {
      host = rest;
      return true;
    }
    const std::size_t second = host.find("." + std::string(label));
    if (second != std::string::npos && host.find('.') == second &&
        host.find('.', second + 1 + label.size()) != std::string::npos) {
      host.erase(second + 1, label.size());
      return true;
    }
  }
  return false;
}

bool undress_path(std::string& path) {
  if (cut_back(path, "/amp") || cut_back(path, ".amp")) return true;
  if (cut_back(path, ".amp.html")) {
    path += ".html";
    return true;
  }
  if (!path.starts_with("/amp/")) return false;
  path.erase(0, 4);
  return true;
}

bool is_amp_parameter(std::string_view parameter) {
  constexpr std::array<std::string_view, 8> kParameters = {"amp",
                                                           "amp=1",
                                                           "amp=true",
                                                           "outputtype=amp",
                                                           "output=amp",
                                                           "type=amp",
                                                           "view=amp",
                                                           "noamp=mobile"};
  std::string low(parameter);
  std::transform(low.begin(), low.end(), low.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  // What the viewer of a cache adds.
  const bool of_viewer =
      low.starts_with("amp_js_v=") || low.starts_with("amp_gsa=") || low.starts_with("usqp=");
  return of_viewer || std::find(kParameters.begin(), kParameters.end(), low) != kParameters.end();
}

bool undress_query(std::string& query) {
  std::string kept;
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view parameter = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (is_amp_parameter(parameter)) continue;
    if (!kept.empty()) kept += '&';
    kept += parameter;
  }
  const bool changed = kept.size() != query.size();
  query = std::move(kept);
  return changed;
}

std::string_view without_www(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

// With "www." and without, as it is first.
std::vector<std::string> both_hosts(const UrlParts& parts) {
  const std::string bare(without_www(parts.host));
  const std::string other = parts.host == bare ? "www." + bare : bare;
  return {whole(parts, parts.host), whole(parts, other)};
}

}  // namespace

std::vector<std::string> plain_urls(std::string_view canonical_url) {
  if (!canonical_url.starts_with(kScheme)) return {};
  UrlParts parts = parts_of(canonical_url);
  bool dressed = leave_cache(parts);
  dressed = undress_host(parts.host) || dressed;
  dressed = undress_path(parts.path) || dressed;
  dressed = undress_query(parts.query) || dressed;
  return dressed ? both_hosts(parts) : std::vector<std::string>();
}

std::vector<std::string> urls_to_try(std::string_view canonical_url) {
  std::vector<std::string> urls = {std::string(canonical_url)};
  if (!canonical_url.starts_with(kScheme)) return urls;
  std::vector<std::string> more = plain_urls(canonical_url);
  if (more.empty()) more = both_hosts(parts_of(canonical_url));
  for (std::string& url : more) {
    if (std::find(urls.begin(), urls.end(), url) == urls.end()) urls.push_back(std::move(url));
  }
  return urls;
}

}  // namespace broadsheet
