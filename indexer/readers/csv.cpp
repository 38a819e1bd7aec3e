// A row becomes an object with a member a column, which is read as JSON documents are.
#include "indexer/readers/csv.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "indexer/readers/ascii.h"
#include "indexer/readers/charset.h"
#include "indexer/readers/csv_rows.h"
#include "indexer/readers/json_mapping.h"
#include "indexer/readers/jsonl.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;

// Spreadsheets of Windows write its own encoding.
std::string to_utf8(std::string_view row, std::vector<std::string>& repairs) {
  if (is_utf8(row)) return std::string(row);
  DecodedText decoded = decode_text(row, "text/csv; charset=utf-8");
  repairs.push_back("bytes that are not UTF-8 were read as " + decoded.encoding);
  return std::move(decoded.text);
}

// Every column has a name, and no two have the same.
std::vector<std::string> column_names(const std::string& header, char delimiter) {
  std::vector<std::string> unused;
  std::vector<std::string> names = csv_cells(to_utf8(header, unused), delimiter, kMaxColumns);
  std::set<std::string> seen;
  for (std::size_t column = 0; column < names.size(); ++column) {
    std::string name(trimmed(names[column]));
    if (name.empty()) name = "column_" + std::to_string(column + 1);
    while (!seen.insert(name).second)
      name += "_2";
    names[column] = std::move(name);
  }
  return names;
}

// "a; b" as two: the first of these that occurs stands between them.
std::vector<std::string> split_list(std::string_view text) {
  const std::size_t at = std::min({text.find(';'), text.find('|'), text.size()});
  const char between = at < text.size() ? text[at] : ',';
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between), text.size());
    const std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

RawArticle refused(std::string reason) {
  RawArticle raw;
  raw.refusal = std::move(reason);
  return raw;
}

class CsvReader final : public ArticleReader {
 public:
  CsvReader(std::unique_ptr<PeekedSource> source, std::shared_ptr<const FieldMap> map)
      : rows_(std::move(source), kMaxLineBytes), map_(std::move(map)) {}

  Result<bool> next(RawRecord& record) override {
    if (names_.empty()) {
      auto named = read_header();
      if (!named || !*named) return named;
    }
    return rows_.next(record);
  }

  bool has_buffered() const override { return rows_.has_buffered(); }

  RawArticle parse(RawRecord& record) const override {
    RawArticle raw;
    const std::string row = to_utf8(record.text, raw.repairs);
    std::vector<std::string> cells = csv_cells(row, rows_.delimiter(), names_.size());
    const bool has_empty_end = cells.size() == names_.size() + 1 && cells.back().empty();
    if (has_empty_end) cells.pop_back();
    if (cells.size() != names_.size()) return refused(ragged(cells.size()));
    Json object = object_of(cells);
    take_mapped(object, map_ ? map_.get() : &by_names_, raw);
    if (raw.tags.size() == 1) raw.tags = split_list(raw.tags.front());
    if (raw.access && raw.access->size() == 1) raw.access = split_list(raw.access->front());
    return raw;
  }

 private:
  Result<bool> read_header() {
    RawRecord header;
    auto more = rows_.next(header);
    if (!more || !*more) return more;
    if (!header.refusal.empty())
      return fail(ErrorCode::invalid_argument, "the header of the table: " + header.refusal);
    std::vector<std::string> names = column_names(header.text, rows_.delimiter());
    if (names.size() > kMaxColumns) {
      return fail(ErrorCode::invalid_argument,
                  "the table has more than " + std::to_string(kMaxColumns) + " columns");
    }
    by_names_ = map_of_names(names);
    names_ = std::move(names);
    return true;
  }

  std::string ragged(std::size_t cells) const {
    return "the row has " + (cells > names_.size() ? "more than" : std::to_string(cells) + " of") +
           " the " + std::to_string(names_.size()) + " cells that the header names";
  }

  // An empty cell says nothing; but where a column tells who may read, it says nobody.
  Json object_of(std::vector<std::string>& cells) const {
    Json object = Json::object();
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (cells[column].empty() && !tells_access(names_[column])) continue;
      object[names_[column]] = std::move(cells[column]);
    }
    return object;
  }

  bool tells_access(const std::string& name) const {
    const FieldMap& map = map_ ? *map_ : by_names_;
    return std::any_of(map.rules.begin(), map.rules.end(), [&](const FieldRule& rule) {
      const auto& sources = rule.sources;
      return rule.target == "access" &&
             std::find(sources.begin(), sources.end(), name) != sources.end();
    });
  }

  CsvCutter rows_;
  std::shared_ptr<const FieldMap> map_;
  FieldMap by_names_;
  std::vector<std::string> names_;
};

}  // namespace

bool looks_like_csv(std::string_view head) {
  if (head.starts_with("sep=")) return true;
  const std::size_t end = head.find_first_of("\r\n");
  if (end == std::string_view::npos || head.find_first_of("<{[") == 0) return false;
  const std::string_view line = head.substr(0, end);
  const char delimiter = csv_delimiter(line);
  if (delimiter == '\0' || !is_utf8(line)) return false;
  std::set<std::string_view> known;
  bool tells = false;
  for (const std::string& name : csv_cells(line, delimiter, kMaxColumns)) {
    tells = tells || told_by(name, nullptr) != Tells::nothing;
    known.insert(known_name(name).target);
  }
  known.erase(std::string_view());
  return tells && known.size() > 1;
}

std::unique_ptr<ArticleReader> open_csv(std::unique_ptr<PeekedSource> source,
                                        const ReaderOptions& options) {
  return std::make_unique<CsvReader>(std::move(source), options.map);
}

}  // namespace broadsheet::indexer
