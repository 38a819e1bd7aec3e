// RFC 3986 section 6 normalisation, and the parameters that only say where a reader came from.
#include "schema/url.h"

#include <algorithm>
#include <array>
#include <vector>

namespace broadsheet {
namespace {

constexpr std::size_t kMaxUrlBytes = 8192;

// Parameters that campaigns and social networks add to links; none selects an article.
// In order, for the search.
constexpr std::array<std::string_view, 100> kTrackingParameters = {"__hsfp",
                                                                   "__hssc",
                                                                   "__hstc",
                                                                   "__tn__",
                                                                   "__twitter_impression",
                                                                   "_branch_match_id",
                                                                   "_branch_referrer",
                                                                   "_ga",
                                                                   "_gl",
                                                                   "_hsenc",
                                                                   "_hsmi",
                                                                   "_openstat",
                                                                   "at_bbc_team",
                                                                   "at_campaign",
                                                                   "at_campaign_type",
                                                                   "at_format",
                                                                   "at_link_id",
                                                                   "at_link_origin",
                                                                   "at_link_type",
                                                                   "at_medium",
                                                                   "at_ptr_name",
                                                                   "ceid",
                                                                   "cmp",
                                                                   "cmpid",
                                                                   "dclid",
                                                                   "dm_i",
                                                                   "ef_id",
                                                                   "elqaid",
                                                                   "elqat",
                                                                   "elqtrack",
                                                                   "elqtrackid",
                                                                   "emc",
                                                                   "emci",
                                                                   "emdi",
                                                                   "epik",
                                                                   "fb_action_ids",
                                                                   "fb_action_types",
                                                                   "fb_comment_id",
                                                                   "fb_ref",
                                                                   "fb_source",
                                                                   "fbclid",
                                                                   "ftag",
                                                                   "gad_campaignid",
                                                                   "gad_source",
                                                                   "gbraid",
                                                                   "gclid",
                                                                   "gclsrc",
                                                                   "guccounter",
                                                                   "guce_referrer",
                                                                   "guce_referrer_sig",
                                                                   "hootpostid",
                                                                   "hsctatracking",
                                                                   "icid",
                                                                   "igsh",
                                                                   "igshid",
                                                                   "int_cid",
                                                                   "intcid",
                                                                   "li_fat_id",
                                                                   "mbid",
                                                                   "mc_cid",
                                                                   "mc_eid",
                                                                   "mkt_tok",
                                                                   "msclkid",
                                                                   "ncid",
                                                                   "ns_campaign",
                                                                   "ns_fee",
                                                                   "ns_linkname",
                                                                   "ns_mchannel",
                                                                   "ns_source",
                                                                   "ocid",
                                                                   "oly_anon_id",
                                                                   "oly_enc_id",
                                                                   "rb_clickid",
                                                                   "ref_src",
                                                                   "ref_url",
                                                                   "s_cid",
                                                                   "s_kwcid",
                                                                   "sccid",
                                                                   "smid",
                                                                   "smtyp",
                                                                   "soc_src",
                                                                   "soc_trk",
                                                                   "srsltid",
                                                                   "taid",
                                                                   "trk",
                                                                   "trkcampaign",
                                                                   "tsrc",
                                                                   "ttclid",
                                                                   "twclid",
                                                                   "vero_conv",
                                                                   "vero_id",
                                                                   "wbraid",
                                                                   "wickedid",
                                                                   "wpisrc",
                                                                   "wprss",
                                                                   "wt.mc_id",
                                                                   "wt_mc",
                                                                   "xtor",
                                                                   "yclid",
                                                                   "ysclid"};
static_assert(std::is_sorted(kTrackingParameters.begin(), kTrackingParameters.end()));

// Families of them.
constexpr std::array<std::string_view, 7> kTrackingPrefixes = {
    "utm_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "at_custom"};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

void append_escaped(std::string& out, unsigned char byte) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out += '%';
  out += kHex[byte >> 4U];
  out += kHex[byte & 15U];
}

// The byte that the escape at `at` stands for; -1 when there is none.
int escaped_byte(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// Decodes escapes of unreserved characters, writes the others in upper case, and escapes what may
// not stand in a URL as it is (blanks, controls, bytes beyond ASCII).
std::string normalize_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int escaped = escaped_byte(text, i);
    const auto byte = static_cast<unsigned char>(escaped < 0 ? text[i] : escaped);
    const bool stays =
        escaped < 0 ? byte > 0x20 && byte < 0x7F : is_unreserved(static_cast<char>(byte));
    if (stays) {
      out += static_cast<char>(byte);
    } else {
      append_escaped(out, byte);
    }
    if (escaped >= 0) i += 2;
  }
  return out;
}

// Resolves "." and ".." (RFC 3986 section 5.2.4) and drops the slash at the end.
std::string normalize_path(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (segment != ".") {
      segments.push_back(segment);
    }
  }
  while (!segments.empty() && segments.back().empty())
    segments.pop_back();
  std::string out;
  for (const std::string_view segment : segments)
    out.append("/").append(segment);
  return out.empty() ? "/" : out;
}

bool is_tracking(std::string_view parameter) {
  const std::string name = lowered(parameter.substr(0, parameter.find('=')));
  return std::binary_search(kTrackingParameters.begin(), kTrackingParameters.end(), name) ||
         std::any_of(kTrackingPrefixes.begin(), kTrackingPrefixes.end(), [&](auto prefix) {
           return name.starts_with(prefix);
         });
}

std::string normalize_query(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (parameter.empty() || is_tracking(parameter)) continue;
    out += out.empty() ? '?' : '&';
    out += parameter;
  }
  return out;
}

// The host in lower case with a port other than the default; empty when there is no host.
std::string normalize_authority(std::string_view authority, std::string_view default_port) {
  if (const auto user = authority.rfind('@'); user != std::string_view::npos) {
    authority.remove_prefix(user + 1);
  }
  std::string_view port;
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  while (authority.ends_with('.'))
    authority.remove_suffix(1);
  const bool digits =
      std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (authority.empty() || !digits ||
      authority.find_first_of(" <>\"\\^`{|}") != std::string::npos) {
    return {};
  }
  std::string out = lowered(authority);
  if (!port.empty() && port != default_port) out.append(":").append(port);
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

std::string canonical_url(std::string_view url) {
  url = trimmed(url);
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos || url.size() > kMaxUrlBytes) return {};
  const std::string scheme = lowered(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return {};
  std::string_view rest = url.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t path_start = std::min(rest.find_first_of("/?"), rest.size());
  const std::string authority =
      normalize_authority(rest.substr(0, path_start), scheme == "http" ? "80" : "443");
  if (authority.empty()) return {};
  rest.remove_prefix(path_start);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  const std::string path = normalize_path(normalize_escapes(rest.substr(0, question)));
  const std::string_view query = rest.substr(std::min(question + 1, rest.size()));
  return "https://" + authority + path + normalize_query(normalize_escapes(query));
}

}  // namespace broadsheet
