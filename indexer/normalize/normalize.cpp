// Member by member, in the order of the input shape. A doubt about who may see an article is
// always settled by withholding it.
#include "indexer/normalize/normalize.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "indexer/normalize/authors.h"
#include "indexer/normalize/dates.h"
#include "indexer/normalize/extra.h"
#include "indexer/normalize/html_entities.h"
#include "indexer/normalize/html_text.h"
#include "indexer/normalize/ids.h"
#include "indexer/normalize/kicker.h"
#include "indexer/normalize/links.h"
#include "indexer/normalize/promotion.h"
#include "indexer/normalize/summary.h"
#include "indexer/normalize/text.h"
#include "schema/language.h"
#include "schema/time.h"
#include "schema/url.h"

namespace broadsheet::indexer {
namespace {

// Longer values are cut. None is near what a real source sends; they keep one field of a hostile
// record from filling lists, pages and terms.
constexpr std::size_t kMaxTitleBytes = std::size_t{8} * 1024;
constexpr std::size_t kMaxTextBytes = std::size_t{64} * 1024;  // summary, correction, prompt
constexpr std::size_t kMaxLabelBytes = 512;
constexpr std::size_t kMaxLabels = 256;

struct StatusName {
  std::string_view name;
  Status status;
};

constexpr std::array kStatusNames = {
    StatusName{"usable", Status::usable},
    StatusName{"withheld", Status::withheld},
    StatusName{"withdrawn", Status::withdrawn},
    StatusName{"killed", Status::killed},
    StatusName{"canceled", Status::killed},  // as IPTC's pubstatus writes it
    StatusName{"cancelled", Status::killed},
};

class Normalizer {
 public:
  Normalizer(RawArticle raw, const NormalizeOptions& options)
      : raw_(std::move(raw)), options_(options) {
    out_.repairs = std::move(raw_.repairs);
    for (auto& [name, json] : raw_.extra)
      extra_.set_json(std::move(name), std::move(json));
  }

  Result<NormalizedArticle> run() {
    if (!raw_.refusal.empty()) return refuse(raw_.refusal);
    set_texts();
    if (article_.body.size() > kMaxBodyBytes) return refuse("body is longer than 4 MiB");
    const bool is_empty = article_.title.empty() && article_.body.empty();
    if (is_empty && !takes_down()) return refuse("neither title nor body");
    set_url();
    set_dates();
    set_source();
    set_authors();
    set_labels();
    set_language();
    set_summary();
    set_image();
    set_access();
    set_ids();
    article_.extra = extra_.to_json();
    out_.is_notice = is_notice();
    out_.has_status = !label(raw_.status, "status").empty() || article_.status != Status::usable;
    return std::move(out_);
  }

 private:
  static tl::unexpected<Error> refuse(std::string reason) {
    return fail(ErrorCode::invalid_argument, std::move(reason));
  }

  void note(std::string_view name, std::string_view what) {
    out_.repairs.push_back(std::string(name) + " " + std::string(what));
  }

  std::string finish(CleanText clean, std::string_view name, std::size_t most) {
    if (clean.mended) note(name, "held control characters");
    if (cut_text(clean.text, most)) note(name, "was cut");
    return std::move(clean.text);
  }

  CleanText clean(const std::string& text, CleanText (*rule)(std::string_view)) const {
    return rule(without_references(raw_.is_html ? html_to_text(text) : text));
  }

  std::string line(const std::optional<std::string>& raw, std::string_view name, std::size_t most) {
    return raw ? finish(clean(*raw, clean_line), name, most) : std::string();
  }

  std::string label(const std::optional<std::string>& raw, std::string_view name) {
    return line(raw, name, kMaxLabelBytes);
  }

  std::string paragraphs(const std::optional<std::string>& raw, std::string_view name) {
    return raw ? finish(clean(*raw, clean_paragraphs), name, kMaxTextBytes) : std::string();
  }

  void set_texts() {
    article_.title = line(raw_.title, "title", kMaxTitleBytes);
    const bool is_concluded = raw_.summary_from == name_of(SummaryOrigin::sentence);
    if (!is_concluded) description_ = paragraphs(raw_.summary, "summary");
    set_body();
    article_.correction = paragraphs(raw_.correction, "correction");
    article_.prompt = paragraphs(raw_.prompt, "prompt");
  }

  // The limit is on what the source sent; run() looks at the size again.
  void set_body() {
    if (raw_.body && raw_.body->size() > kMaxBodyBytes) {
      article_.body = std::move(*raw_.body);
      return;
    }
    constexpr std::size_t kNoCut = std::string::npos;
    if (raw_.body) {
      article_.body = finish(clean_paragraphs(without_references(*raw_.body)), "body", kNoCut);
    }
    if (article_.body.empty() && raw_.body_html) {
      const std::string text = without_references(html_to_text(*raw_.body_html));
      article_.body = finish(clean_paragraphs(text), "body_html", kNoCut);
    }
    leave_out_padding();
    has_text_ = !article_.body.empty();
    if (has_text_) return;
    // What came without a text is found and compared by its description.
    article_.body = description_;
    leave_out_padding();
  }

  void leave_out_padding() {
    for (const std::string& line : cut_promotion(article_.body))
      note("body", "held a line of promotion: " + line);
    if (is_placeholder(article_.body)) {
      note("body", "was a placeholder");
      article_.body.clear();
    }
  }

  // A notice that an article is not to be shown needs no texts. (Exports and dumps give no notice.)
  bool takes_down() const {
    const std::string status = raw_.status ? clean_line(*raw_.status).text : std::string();
    const bool names_article = (raw_.id && !raw_.id->empty()) || raw_.url;
    return raw_.extent != Extent::whole && names_article && !status.empty() && status != "usable";
  }

  bool is_notice() const {
    if (raw_.extent == Extent::whole) return false;
    if (!has_text_) return true;
    return raw_.extent == Extent::maybe_excerpt && is_excerpt(article_.body, description_);
  }

  void set_url() {
    if (!raw_.url) return;
    article_.url = clean_link(*raw_.url);
    out_.canonical_url = canonical_url(article_.url);
    if (article_.url.empty() && !clean_line(*raw_.url).text.empty()) {
      note("url", "is no web address");
      extra_.set_text("original_url", *raw_.url);
    }
  }

  std::optional<Timestamp> date(const std::optional<std::string>& raw, std::string_view name) {
    if (!raw || clean_line(*raw).text.empty()) return std::nullopt;
    auto time = read_publication_date(*raw, options_.now);
    if (!time) {
      note(name, "is no possible date");
      extra_.set_text("original_" + std::string(name), *raw);
    }
    return time;
  }

  // A limit on who may see an article when: the instant that shows it least where the text leaves
  // that open, and withheld where it cannot be read.
  std::optional<std::int64_t> limit(const std::optional<std::string>& raw,
                                    std::string_view name,
                                    std::int64_t InstantRange::*strictest) {
    if (!raw || clean_line(*raw).text.empty()) return std::nullopt;
    const auto range = read_instants(*raw);
    if (!range) {
      withhold(name, "is no date");
      return std::nullopt;
    }
    if (range->earliest != range->latest) {
      note(name, "is no exact time: taken as " + format_utc(*range.*strictest));
    }
    return *range.*strictest;
  }

  void withhold(std::string_view name, std::string_view what) {
    if (article_.status != Status::usable) return note(name, what);  // already stricter
    note(name, std::string(what) + ": the article is withheld");
    article_.status = Status::withheld;
  }

  void set_dates() {
    article_.published = date(raw_.published, "published");
    article_.updated = date(raw_.updated, "updated");
    set_status();
    article_.embargoed_until =
        limit(raw_.embargoed_until, "embargoed_until", &InstantRange::latest);
    article_.expires = limit(raw_.expires, "expires", &InstantRange::earliest);
  }

  void set_status() {
    const std::string name = label(raw_.status, "status");
    if (name.empty()) return;
    const auto* row = std::find_if(kStatusNames.begin(),
                                   kStatusNames.end(),
                                   [&](const StatusName& known) { return known.name == name; });
    if (row == kStatusNames.end()) return withhold("status", "is not known");
    article_.status = row->status;
  }

  void set_source() {
    const std::string id = label(raw_.source_id, "source");
    std::string name = label(raw_.source_name, "source");
    if (name.empty()) name = id;
    if (name.empty()) name = clean_line(options_.default_source).text;
    if (name.empty()) return;
    article_.source = {source_id_from(id.empty() ? name : id), std::move(name)};
  }

  void set_authors() {
    if (raw_.byline) {
      const std::string byline = line(raw_.byline, "author", kMaxTextBytes);
      article_.authors = labels(split_byline(byline), "author");
      const bool as_written = article_.authors.size() == 1 && article_.authors.front() == byline;
      if (!as_written && !byline.empty()) extra_.set_text("byline", byline);
    } else {
      article_.authors = labels(raw_.authors, "author");
    }
  }

  std::vector<std::string> labels(const std::vector<std::string>& raw, std::string_view name) {
    std::vector<std::string> values;
    for (const std::string& text : raw) {
      std::string value = finish(clean(text, clean_line), name, kMaxLabelBytes);
      if (value.empty() || std::find(values.begin(), values.end(), value) != values.end()) continue;
      if (values.size() == kMaxLabels) {
        note(name, "holds too many values");
        break;
      }
      values.push_back(std::move(value));
    }
    return values;
  }

  void set_labels() {
    article_.section = label(raw_.section, "section");
    article_.kicker = label(raw_.kicker, "kicker");
    article_.genre = label(raw_.genre, "genre");
    article_.tags = labels(raw_.tags, "tags");
    // An export tells what was concluded: the same rules conclude it again.
    for (const auto origin :
         {KickerOrigin::tag, KickerOrigin::section, KickerOrigin::place, KickerOrigin::name}) {
      if (raw_.kicker_from == name_of(origin)) article_.kicker.clear();
    }
    if (!article_.kicker.empty()) article_.kicker_from = KickerOrigin::source;
  }

  void set_language() {
    const std::string declared = label(raw_.language, "language");
    article_.language = normalize_language(declared);
    if (article_.language.empty() && !declared.empty()) note("language", "is not known");
    const bool was_concluded = raw_.language_confidence.has_value();
    if (!article_.language.empty() && !was_concluded) return;
    auto detected = detect_language(article_.body);
    if (!detected.code.empty()) {
      article_.language = std::move(detected.code);
      article_.language_confidence = detected.confidence;
      return;
    }
    if (article_.language.empty()) article_.language = language_of_source();
    if (!article_.language.empty()) article_.language_confidence = 0;
  }

  // What the operator said of the source, for texts that are too short to tell.
  std::string language_of_source() const {
    if (options_.source_languages == nullptr) return {};
    const auto found = options_.source_languages->find(article_.source.id);
    return found == options_.source_languages->end() ? std::string() : found->second;
  }

  void set_summary() {
    // An export says where it was taken from; what it was judged by may be gone.
    const bool is_judged = raw_.summary_from == name_of(SummaryOrigin::source);
    article_.summary =
        is_judged ? clean_line(description_).text
                  : own_summary(description_, article_.title, has_text_ ? article_.body : "");
    if (article_.summary.empty()) return;
    article_.summary_from = SummaryOrigin::source;
    // One that was no summary stands in title or body; of one that was, nothing is to be lost.
    const bool is_whole = article_.summary == clean_line(description_).text;
    if (!is_whole && has_text_) extra_.set_text("original_summary", description_);
  }

  static int pixels(const std::optional<std::string>& raw) {
    int number = 0;
    if (raw) std::from_chars(raw->data(), raw->data() + raw->size(), number);
    constexpr int kMost = 1'000'000;
    return number > 0 && number <= kMost ? number : 0;
  }

  void set_image() {
    if (!raw_.image_url) return;
    Image image;
    image.url = clean_link(*raw_.image_url);
    if (image.url.empty()) return note("image", "is no web address");
    image.alt = line(raw_.image_alt, "image", kMaxTitleBytes);
    image.credit = label(raw_.image_credit, "image");
    image.width = pixels(raw_.image_width);
    image.height = pixels(raw_.image_height);
    article_.image = std::move(image);
  }

  void set_access() {
    if (!raw_.access) return;
    article_.access = labels(*raw_.access, "access");
    if (article_.access.empty()) withhold("access", "names nobody");
  }

  void set_ids() {
    if (raw_.id && !raw_.id->empty() && !raw_.id_of_feed.empty()) {
      set_id_of_feed();
    } else if (raw_.id && !raw_.id->empty()) {
      article_.id = article_id_from(*raw_.id);
      if (article_.id == *raw_.id) return take_exported_id();
      out_.original_id = *raw_.id;
      extra_.set_text("original_id", *raw_.id);
    } else if (!out_.canonical_url.empty()) {
      out_.fallback_id = article_id_from_url(out_.canonical_url);
    } else {
      const std::string& text = article_.title.empty() ? article_.body : article_.title;
      const std::string day =
          article_.published ? format_utc(article_.published->seconds).substr(0, 10) : "";
      out_.fallback_id = article_id_from_content(article_.source.id, text, day);
    }
  }

  // Not the article's own: whether it is known under another one is for the catalog to say.
  void set_id_of_feed() {
    out_.fallback_id = article_id_from(*raw_.id);
    out_.original_id = *raw_.id;
    out_.id_of_feed = std::move(raw_.id_of_feed);
    if (out_.fallback_id != *raw_.id) extra_.set_text("original_id", *raw_.id);
  }

  // An article that was exported brings the id it came with the first time.
  void take_exported_id() {
    const std::string original = raw_.original_id.value_or("");
    if (article_id_from(original) == article_.id) out_.original_id = original;
  }

  RawArticle raw_;
  const NormalizeOptions& options_;
  NormalizedArticle out_;
  Article& article_ = out_.article;
  std::string description_;  // what came as summary
  bool has_text_ = false;    // the body is more than that
  ExtraMembers extra_;
};

}  // namespace

void conclude(Article& article) {
  if (article.summary.empty()) {
    article.summary = best_sentence(article.title, article.body, article.language);
    const bool any = !article.summary.empty();
    article.summary_from = any ? SummaryOrigin::sentence : SummaryOrigin::none;
  }
  if (article.kicker.empty()) set_kicker(article);
}

Result<NormalizedArticle> normalize(RawArticle raw, const NormalizeOptions& options) {
  return Normalizer(std::move(raw), options).run();
}

}  // namespace broadsheet::indexer
