// Label terms: the one place where a label's value becomes a term, for the indexer and for filters.
#include "schema/fields.h"

#include "schema/hash.h"
#include "schema/text.h"

namespace broadsheet {

std::string label_term(Field field, std::string_view value) {
  constexpr std::size_t kMaxValueBytes =
      200;  // Xapian allows 245 with the prefix; a zero byte costs two
  std::string folded = fold(value);
  if (folded.size() > kMaxValueBytes) {
    const std::string hash = sha256_hex(folded).substr(0, 16);
    folded.resize(kMaxValueBytes);
    folded += hash;
  }
  return std::string(row_of(field).prefix) + folded;
}

std::string duplicate_term(std::uint64_t group) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string term(row_of(Field::duplicate).prefix);
  for (int shift = 60; shift >= 0; shift -= 4)
    term += kHex[(group >> shift) & 15U];
  return term;
}

std::string site_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto user = host.rfind('@'); user != std::string_view::npos)
    host.remove_prefix(user + 1);
  host = host.substr(0, host.find(':'));
  if (host.starts_with("www.")) host.remove_prefix(4);
  return fold(host);
}

std::vector<std::string> sites_of(std::string_view url) {
  std::vector<std::string> sites = {site_of(url)};
  if (sites.front().empty()) return {};
  const std::string_view host = sites.front();
  const bool is_address = host.back() >= '0' && host.back() <= '9';  // no domain ends in a digit
  std::vector<std::string> above;
  for (std::size_t dot = host.find('.'); !is_address && dot != std::string_view::npos;
       dot = host.find('.', dot + 1)) {
    const std::string_view domain = host.substr(dot + 1);
    if (domain.find('.') != std::string_view::npos) above.emplace_back(domain);
  }
  sites.insert(sites.end(), above.begin(), above.end());
  return sites;
}

}  // namespace broadsheet
