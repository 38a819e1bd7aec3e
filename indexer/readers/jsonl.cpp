// Lines are cut here; what is in them is read in json_article.cpp.
#include "indexer/readers/jsonl.h"

#include "indexer/readers/lines.h"

namespace broadsheet::indexer {
namespace {

class JsonlReader final : public ArticleReader {
 public:
  JsonlReader(std::unique_ptr<PeekedSource> source, std::shared_ptr<const FieldMap> map)
      : lines_(std::move(source), kMaxLineBytes), map_(std::move(map)) {}

  Result<bool> next(RawRecord& record) override { return lines_.next(record); }

  bool has_buffered() const override { return lines_.has_buffered(); }

  RawArticle parse(RawRecord& record) const override {
    return parse_json_article(record.text, NamesBy::shape, map_.get());
  }

 private:
  LineCutter lines_;
  std::shared_ptr<const FieldMap> map_;
};

}  // namespace

bool looks_like_jsonl(std::string_view head) {
  return head.empty() || head.front() == '{';
}

std::unique_ptr<ArticleReader> open_jsonl(std::unique_ptr<PeekedSource> source,
                                          const ReaderOptions& options) {
  return std::make_unique<JsonlReader>(std::move(source), options.map);
}

}  // namespace broadsheet::indexer
