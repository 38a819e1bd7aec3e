// A few searches: nothing is judged but the names.
#include "indexer/readers/xml_head.h"

#include <algorithm>

namespace broadsheet::indexer {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// What is left after `end`; nothing where it is missing.
std::string_view after(std::string_view text, std::string_view end) {
  const std::size_t at = text.find(end);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + end.size());
}

// A document type may hold declarations in brackets, which hold tags.
std::string_view after_doctype(std::string_view text) {
  const std::size_t at = text.find_first_of("[>");
  if (at == std::string_view::npos) return {};
  return text[at] == '[' ? after(after(text, "]"), ">") : text.substr(at + 1);
}

}  // namespace

std::string_view root_name(std::string_view head) {
  while (true) {
    head.remove_prefix(std::min(head.find_first_not_of(kBlanks), head.size()));
    if (head.starts_with("<?")) {
      head = after(head, "?>");
    } else if (head.starts_with("<!--")) {
      head = after(head, "-->");
    } else if (head.starts_with("<!")) {
      head = after_doctype(head);
    } else {
      break;
    }
  }
  if (!head.starts_with('<')) return {};
  head.remove_prefix(1);
  const std::string_view name = head.substr(0, head.find_first_of(" \t\r\n/>"));
  return name.substr(name.find(':') + 1);  // npos + 1 is 0: no prefix
}

}  // namespace broadsheet::indexer
