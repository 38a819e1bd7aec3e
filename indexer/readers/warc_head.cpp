// Versions 0.17 to 1.1 differ in nothing that matters here.
#include "indexer/readers/warc_head.h"

#include <algorithm>
#include <utility>

#include "indexer/readers/ascii.h"

namespace broadsheet::indexer {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// WARC/0.9: everything in the first line, and the fields that later versions name.
void take_old_head(std::string_view line, HeaderFields& head) {
  constexpr const char* kNames[] = {
      "", "content-length", "warc-type", "warc-target-uri", "warc-date", "warc-record-id"};
  std::vector<std::pair<std::string, std::string>> fields;
  for (const char* name : kNames) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (*name != '\0') fields.emplace_back(name, line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  if (fields.back().second.empty()) return;
  fields.emplace_back("content-type", line);
  head.fields.insert(head.fields.begin(), fields.begin(), fields.end());
}

}  // namespace

bool begins_warc_record(std::string_view text) {
  const bool is_named = text.starts_with("WARC/") || text.starts_with("warc/");
  return is_named && text.size() > 7 && is_digit(text[5]) && text[6] == '.' && is_digit(text[7]);
}

std::size_t find_warc_record(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("\nWARC/", from); at != std::string_view::npos;
       at = text.find("\nWARC/", at + 1)) {
    if (begins_warc_record(text.substr(at + 1))) return at + 1;
  }
  return std::string_view::npos;
}

HeaderFields parse_warc_head(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  HeaderFields head = parse_fields(text.substr(end));
  take_old_head(trimmed(text.substr(0, end)), head);
  return head;
}

std::string_view without_record_end(std::string_view block) {
  for (int i = 0; i < 2; ++i) {
    if (block.ends_with('\n')) block.remove_suffix(1);
    if (block.ends_with('\r')) block.remove_suffix(1);
  }
  return block;
}

}  // namespace broadsheet::indexer
