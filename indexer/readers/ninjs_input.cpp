// How ninjs lies in files: told by the members of its first object, and cut by lines or brackets.
#include <algorithm>
#include <array>

#include "indexer/readers/json_text.h"
#include "indexer/readers/json_values.h"
#include "indexer/readers/jsonl.h"
#include "indexer/readers/lines.h"
#include "indexer/readers/ninjs.h"

namespace broadsheet::indexer {
namespace {

// Two of these make ninjs; JSON of other makers has one of them at most. `uri` and `guid` count
// once together, as do the spellings of one member.
constexpr std::array<std::array<std::string_view, 2>, 14> kTellTales = {{
    {"uri", "guid"},
    {"versionCreated", "versioncreated"},
    {"firstCreated", "firstcreated"},
    {"contentCreated", "contentcreated"},
    {"pubStatus", "pubstatus"},
    {"representationType", "representationtype"},
    {"copyrightHolder", "copyrightholder"},
    {"usageTerms", "usageterms"},
    {"edNote", "ednote"},
    {"altIds", "altids"},
    {"infoSources", "infosource"},
    {"headlines", "bodies"},
    {"associations", "renditions"},
    {"body_text", "body_xhtml"},
}};

// The names of the members of the first object, as far as `head` goes.
std::vector<std::string_view> first_members(std::string_view head) {
  std::vector<std::string_view> names;
  const std::size_t begin = std::min(head.find('{'), head.size());
  std::size_t depth = 0;
  bool expects_name = false;
  for (std::size_t at = begin; at < head.size(); ++at) {
    const char c = head[at];
    if (c == '"') {
      const std::size_t end = std::min(json_string_end(head, at), head.size());
      if (depth == 1 && expects_name) names.push_back(head.substr(at + 1, end - at - 1));
      expects_name = false;
      at = end;
    } else if (c == '{' || c == '[') {
      expects_name = ++depth == 1;
    } else if (c == '}' || c == ']') {
      if (depth <= 1) break;
      --depth;
    } else if (c == ',') {
      expects_name = depth == 1;
    }
  }
  return names;
}

// Whether a whole object lies in one line of its own.
bool holds_lines(std::string_view head) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > 2 && line.starts_with('{') && line.ends_with('}')) return true;
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return false;
}

template <class Cutter>
class NinjsReader final : public ArticleReader {
 public:
  explicit NinjsReader(std::unique_ptr<PeekedSource> source)
      : cutter_(std::move(source), kMaxLineBytes) {}

  Result<bool> next(RawRecord& record) override { return cutter_.next(record); }

  bool has_buffered() const override { return cutter_.has_buffered(); }

  RawArticle parse(RawRecord& record) const override { return parse_ninjs(record.text); }

 private:
  Cutter cutter_;
};

}  // namespace

bool looks_like_ninjs(std::string_view head) {
  if (!head.starts_with('{') && !head.starts_with('[')) return false;
  const std::vector<std::string_view> names = first_members(head);
  const auto found = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const auto tales = std::count_if(kTellTales.begin(), kTellTales.end(), [&](const auto& tale) {
    return std::any_of(tale.begin(), tale.end(), found);
  });
  if (tales >= 2) return true;
  return found("standard") && head.find("ninjs-schema") != std::string_view::npos;
}

std::unique_ptr<ArticleReader> open_ninjs(std::unique_ptr<PeekedSource> source,
                                          const ReaderOptions& /*options*/) {
  // What cannot be read now fails again, and is told, when records are cut.
  const std::string_view head = source->peek_text().value_or(std::string_view());
  if (holds_lines(head)) return std::make_unique<NinjsReader<LineCutter>>(std::move(source));
  return std::make_unique<NinjsReader<JsonValueCutter>>(std::move(source));
}

}  // namespace broadsheet::indexer
