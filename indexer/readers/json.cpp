// What lies between the articles is found by json_values.cpp, what is in them by json_article.cpp.
#include "indexer/readers/json.h"

#include "indexer/readers/json_article.h"
#include "indexer/readers/json_outline.h"
#include "indexer/readers/json_values.h"
#include "indexer/readers/jsonl.h"

namespace broadsheet::indexer {
namespace {

class JsonReader final : public ArticleReader {
 public:
  JsonReader(std::unique_ptr<PeekedSource> source, std::shared_ptr<const FieldMap> map)
      : values_(std::move(source), kMaxLineBytes, JsonWrappers::are_opened, map),
        map_(std::move(map)) {}

  Result<bool> next(RawRecord& record) override { return values_.next(record); }

  bool has_buffered() const override { return values_.has_buffered(); }

  RawArticle parse(RawRecord& record) const override {
    return parse_json_article(record.text, NamesBy::synonyms, map_.get());
  }

 private:
  JsonValueCutter values_;
  std::shared_ptr<const FieldMap> map_;
};

}  // namespace

bool looks_like_json(std::string_view head) {
  if (head.starts_with('[')) return true;
  if (!head.starts_with('{')) return false;
  const JsonOutline outline = outline_of(head, nullptr);
  if (outline.is_spread) return true;
  if (!outline.articles) return false;
  // Objects that follow it line by line are JSONL, unless the first can be no article.
  const std::size_t next = head.find_first_not_of(" \t\r\n", outline.end);
  const bool has_lines = outline.is_whole && next != std::string_view::npos && head[next] == '{';
  return !has_lines || !outline.has_title;
}

std::unique_ptr<ArticleReader> open_json(std::unique_ptr<PeekedSource> source,
                                         const ReaderOptions& options) {
  return std::make_unique<JsonReader>(std::move(source), options.map);
}

}  // namespace broadsheet::indexer
