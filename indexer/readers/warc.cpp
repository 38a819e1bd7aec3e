// Records are sorted out where they are cut; pages are decoded and read in parallel.
#include "indexer/readers/warc.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "indexer/readers/ascii.h"
#include "indexer/readers/html.h"
#include "indexer/readers/http_answer.h"
#include "indexer/readers/links.h"
#include "indexer/readers/warc_head.h"
#include "indexer/readers/warc_records.h"
#include "indexer/readers/wire.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

// A page that unpacks to more is refused.
constexpr std::size_t kMaxPageBytes = std::size_t{16} << 20U;

struct Kind {
  std::string_view type;
  const char* what;
};

constexpr std::array kNoPages = {
    Kind{"warcinfo", "warcinfo records"},
    Kind{"request", "request records"},
    Kind{"metadata", "metadata records"},
    Kind{"revisit", "revisit records"},
    Kind{"conversion", "conversion records"},
    Kind{"continuation", "continuation records"},
};

std::string address_of(const WarcRecord& record) {
  std::string_view address = record.head.value("warc-target-uri");
  if (address.starts_with('<') && address.ends_with('>'))  // as the grammar of WARC 1.0 has it
    address = address.substr(1, address.size() - 2);
  return repair_utf8(address.substr(0, 8192));
}

bool may_be_page(std::string_view content_type) {
  const std::string type = lower_case(trimmed(content_type.substr(0, content_type.find(';'))));
  return type.empty() || type == "text/html" || type == "application/xhtml+xml";
}

// What a record that holds no page is counted as, or null. A resource becomes the answer it stands
// for; whatever cannot be read is left to be refused.
const char* sort_out(WarcRecord& record) {
  const std::string type = lower_case(record.head.value("warc-type"));
  const auto* row = std::find_if(
      kNoPages.begin(), kNoPages.end(), [&](const Kind& kind) { return kind.type == type; });
  if (row != kNoPages.end()) return row->what;
  const std::string_view content_type = record.head.value("content-type");
  if (type == "resource") {
    if (!may_be_page(content_type)) return "resources that are no HTML";
    std::string head = "HTTP/1.1 200 OK\r\nContent-Type: ";
    record.block.insert(0, head.append(content_type).append("\r\n\r\n"));
    return nullptr;
  }
  if (type != "response") return "records of other types";
  if (!record.block.starts_with("HTTP/") && !content_type.starts_with("application/http"))
    return "answers of other protocols than HTTP";
  const auto answer = parse_answer(record.block);
  if (!answer) return nullptr;
  if (answer->status / 100 != 2) return "answers without success";
  return may_be_page(answer->head.value("content-type")) ? nullptr : "answers that are no HTML";
}

class WarcReader final : public ArticleReader {
 public:
  explicit WarcReader(std::unique_ptr<PeekedSource> source) : records_(std::move(source)) {}

  Result<bool> next(RawRecord& record) override {
    while (true) {
      WarcRecord found;
      auto more = records_.next(found);
      if (!more || !*more) return more;
      const char* passed = sort_out(found);
      if (passed == nullptr || !found.refusal.empty()) {
        give(std::move(found), record);
        return true;
      }
      ++passed_over_[passed];
    }
  }

  bool has_buffered() const override { return records_.has_buffered(); }

  std::vector<PassedOver> passed_over() const override {
    std::vector<PassedOver> kinds;
    for (const auto& [what, count] : passed_over_)
      kinds.push_back({what, count});
    return kinds;
  }

  RawArticle parse(RawRecord& record) const override {
    RawArticle known = *std::move(record.article);
    const std::string address = known.url.value_or("");
    const auto refuse = [&address](const std::string& why) {
      // A head's own words may be any bytes.
      return refused_article(repair_utf8(address.empty() ? why : address + ": " + why));
    };
    const auto answer = parse_answer(record.text);
    if (!answer) return refuse(answer.error().message);
    const auto page = decode_body(*answer, kMaxPageBytes);
    if (!page) return refuse(page.error().message);
    const std::string_view type = answer->head.value("content-type");
    const std::size_t begin = std::min(page->find_first_not_of(" \t\r\n"), page->size());
    if (trimmed(type).empty() && !looks_like_html(std::string_view(*page).substr(begin)))
      return refuse("it has no Content-Type and is no HTML");
    ReaderOptions options;
    options.content_type = type;
    options.base_url = address;
    auto read = read_html(*page, options);
    if (!read) return refuse(read.error().message);
    return finish(*std::move(read), known);
  }

 private:
  static void give(WarcRecord found, RawRecord& record) {
    record = {};
    record.number = found.number;
    record.offset = found.offset;
    record.text = std::move(found.block);
    RawArticle known;
    fill(known.url, address_of(found));
    record.refusal = std::move(found.refusal);
    if (record.refusal.empty() && found.is_too_long) {
      record.refusal = "it is longer than " + std::to_string(kMaxWarcRecordBytes >> 20U) + " MiB";
    }
    if (record.refusal.empty() && !found.head.value("warc-segment-number").empty())
      record.refusal = "its page is split over several records";
    if (!record.refusal.empty() && known.url) record.refusal = *known.url + ": " + record.refusal;
    add_extra(known, "captured", repair_utf8(found.head.value("warc-date")));
    if (!found.repair.empty()) known.repairs.push_back(std::move(found.repair));
    const std::string_view cut = found.head.value("warc-truncated");
    if (!cut.empty()) known.repairs.push_back("the crawler cut it off: " + repair_utf8(cut));
    record.article = std::move(known);
  }

  // A page may give its address and its image relative to where it lay.
  static RawArticle finish(RawArticle page, RawArticle& known) {
    const std::string address = known.url.value_or("");
    if (page.url) page.url = resolve_link(*page.url, address);
    if (page.image_url) page.image_url = resolve_link(*page.image_url, address);
    std::move(known.extra.begin(), known.extra.end(), std::back_inserter(page.extra));
    std::move(known.repairs.begin(), known.repairs.end(), std::back_inserter(page.repairs));
    return page;
  }

  WarcCutter records_;
  std::map<std::string, std::uint64_t> passed_over_;
};

}  // namespace

bool looks_like_warc(std::string_view head) {
  return begins_warc_record(head);
}

std::unique_ptr<ArticleReader> open_warc(std::unique_ptr<PeekedSource> source,
                                         const ReaderOptions& /*options*/) {
  return std::make_unique<WarcReader>(std::move(source));
}

}  // namespace broadsheet::indexer
