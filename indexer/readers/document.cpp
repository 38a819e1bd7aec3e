// The document is read at the first call of next(), on the thread that cuts records.
#include "indexer/readers/document.h"

#include <utility>

namespace broadsheet::indexer {
namespace {

Result<std::string> read_to_end(ByteSource& source) {
  std::string bytes;
  while (true) {
    auto more = read_more(source, bytes);
    if (!more) return pass_on(more.error());
    if (!*more) return bytes;
    if (bytes.size() > kMaxDocumentBytes) {
      return fail(
          ErrorCode::invalid_argument,
          "the document is longer than " + std::to_string(kMaxDocumentBytes >> 20U) + " MiB");
    }
  }
}

class WholeDocument final : public ArticleReader {
 public:
  WholeDocument(std::unique_ptr<PeekedSource> source, ReaderOptions options, ReadDocument read)
      : source_(std::move(source)), options_(std::move(options)), read_(read) {}

  Result<bool> next(RawRecord& record) override {
    if (!is_read_) {
      if (auto done = read_all(); !done) return pass_on(done.error());
    }
    if (given_ == articles_.size()) return false;
    record = {};
    record.article = std::move(articles_[given_++]);
    record.number = given_;
    // What was refused is kept with its document, the first part of it at least. Once is enough: a
    // document may hold many such articles.
    if (!record.article->refusal.empty()) record.text = std::exchange(head_, {});
    return true;
  }

  bool has_buffered() const override { return is_read_; }

  RawArticle parse(RawRecord& record) const override { return *std::move(record.article); }

 private:
  Result<void> read_all() {
    is_read_ = true;
    auto bytes = read_to_end(*source_);
    if (!bytes) return pass_on(bytes.error());
    auto articles = read_(*bytes, options_);
    if (!articles) return pass_on(articles.error());
    articles_ = *std::move(articles);
    head_ = bytes->substr(0, kShownOfRefused);
    return {};
  }

  std::unique_ptr<PeekedSource> source_;
  ReaderOptions options_;
  ReadDocument read_;
  std::vector<RawArticle> articles_;
  std::string head_;
  std::size_t given_ = 0;
  bool is_read_ = false;
};

}  // namespace

std::unique_ptr<ArticleReader> open_document(std::unique_ptr<PeekedSource> source,
                                             const ReaderOptions& options,
                                             ReadDocument read) {
  return std::make_unique<WholeDocument>(std::move(source), options, read);
}

}  // namespace broadsheet::indexer
