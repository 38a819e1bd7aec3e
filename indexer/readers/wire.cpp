// Wires say one thing in several places: what is taken first stays.
#include "indexer/readers/wire.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

#include "indexer/readers/ascii.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxTags = 256;
constexpr int kWidestShown = 2048;

void add_json(RawArticle& raw, std::string_view name, const Json& value) {
  const bool known = std::any_of(
      raw.extra.begin(), raw.extra.end(), [&](const auto& member) { return member.first == name; });
  if (!known)
    raw.extra.emplace_back(name, value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

// How desks begin a note on a correction, in the languages of the wires at hand. A whole note is
// not searched: "no correction needed" is none.
bool announces_correction(std::string_view note) {
  constexpr std::array kBegins = {"correct",
                                  "korrektur",
                                  "korriger",
                                  "berichtig",
                                  "rettelse",
                                  "rättelse",
                                  "rectificati",
                                  "correcti",
                                  "corrig",
                                  "rettifica"};
  std::string begin = lower_case(note.substr(0, 64));
  for (const std::string_view address : {"eds:", "editors:", "eds.:", "note to editors:"}) {
    if (begin.starts_with(address)) begin.erase(0, address.size());
  }
  begin.erase(0, std::min(begin.find_first_not_of(" \t\r\n*-("), begin.size()));
  return std::any_of(
      kBegins.begin(), kBegins.end(), [&](const char* word) { return begin.starts_with(word); });
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_of(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? number : 0;
}

// True when `a` is the better size.
bool is_better(const Rendition& a, const Rendition& b) {
  const int width_a = number_of(a.width);
  const int width_b = number_of(b.width);
  const bool fits_a = width_a <= kWidestShown;
  const bool fits_b = width_b <= kWidestShown;
  if (fits_a != fits_b) return fits_a;
  return fits_a ? width_a > width_b : width_a < width_b;
}

}  // namespace

void fill(std::optional<std::string>& member, std::string text) {
  if (!member && !text.empty()) member = std::move(text);
}

void add_tag(RawArticle& raw, std::string name) {
  if (name.empty() || raw.tags.size() == kMaxTags) return;
  if (std::find(raw.tags.begin(), raw.tags.end(), name) != raw.tags.end()) return;
  raw.tags.push_back(std::move(name));
}

void add_extra(RawArticle& raw, std::string_view name, std::string_view text) {
  if (!text.empty()) add_json(raw, name, text);
}

void add_extra(RawArticle& raw, std::string_view name, const std::vector<std::string>& texts) {
  if (!texts.empty()) add_json(raw, name, texts);
}

std::string decode_references(std::string text) {
  if (text.find('&') == std::string::npos) return text;
  std::string html = "<body>";
  for (const char c : text)
    c == '<' ? html += "&lt;" : html += c;
  const auto document = XmlDocument::parse_html(html);
  return document ? document->root().text() : text;
}

std::string line_of(XmlNode node) {
  return one_line(decode_references(node.text()));
}

std::string wire_date(std::string_view text) {
  std::string date = one_line(text);
  if (date.size() < 8 || !all_digits(std::string_view(date).substr(0, 8))) return date;
  std::string day = date.substr(0, 4) + "-" + date.substr(4, 2) + "-" + date.substr(6, 2);
  if (date.size() == 8) return day;
  if (date.size() < 15 || date[8] != 'T' || !all_digits(std::string_view(date).substr(9, 6)))
    return date;
  std::string zone = date.substr(15);
  if (zone.size() == 5 && all_digits(std::string_view(zone).substr(1))) zone.insert(3, ":");
  return day + "T" + date.substr(9, 2) + ":" + date.substr(11, 2) + ":" + date.substr(13, 2) + zone;
}

void set_dates(RawArticle& raw, const WireDates& dates) {
  fill(raw.published, dates.first_created);
  fill(raw.published, dates.content_created);
  fill(raw.published, dates.version_created);
  if (raw.published && dates.version_created != *raw.published)
    fill(raw.updated, dates.version_created);
}

void set_status(RawArticle& raw, std::string_view code) {
  const std::string status = one_line(code);
  fill(raw.status, lower_case(status.substr(status.find_last_of(":/") + 1)));
}

void set_note(RawArticle& raw, const std::string& note) {
  add_extra(raw, "ednote", note);
  if (announces_correction(note)) fill(raw.correction, note);
}

void set_image(RawArticle& raw, const std::vector<Rendition>& renditions) {
  if (raw.image_url || renditions.empty()) return;
  const Rendition& best = *std::min_element(renditions.begin(), renditions.end(), is_better);
  fill(raw.image_url, best.url);
  fill(raw.image_width, best.width);
  fill(raw.image_height, best.height);
}

void finish(RawArticle& raw) {
  if (raw.status == "embargoed") raw.status = raw.embargoed_until ? "usable" : "withheld";
  if (raw.title || raw.body || raw.body_html) return;
  // A takedown must not fail for want of a title: what is known has one.
  const bool takes_down = raw.status.value_or("usable") != "usable" && (raw.id || raw.url);
  if (!takes_down) raw.refusal = "it has neither a headline nor a text";
}

RawArticle refused_article(std::string reason) {
  RawArticle raw;
  raw.refusal = std::move(reason);
  return raw;
}

}  // namespace broadsheet::indexer
