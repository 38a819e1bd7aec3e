// A reader of the HTML that editors' tools paste: it needs no tree, only the text between the tags
// and where it stands. It runs once over the bytes and never back, whatever is nested or unclosed.
#include "server/search/draft_text.h"

#include <algorithm>

#include "schema/utf8.h"
#include "server/search/draft_html.h"

namespace broadsheet::server {

// Fills a DraftText out of HTML.
class DraftReader {
 public:
  DraftReader(DraftText& draft, std::string_view html) : draft_(draft), html_(html) {}

  void run() {
    while (at_ < html_.size()) {
      if (html_.substr(at_).starts_with("<!--")) {
        const std::size_t end = html_.find("-->", at_ + 4);
        skip_to(end == std::string_view::npos ? html_.size() : end + 3);
      } else if (html_[at_] == '<' &&
                 (html_.substr(at_).starts_with("<!") || !tag_name(html_, at_).empty())) {
        read_tag(tag_name(html_, at_));
      } else {
        read_character();
      }
    }
    close_link();
  }

 private:
  void skip_to(std::size_t end) {
    draft_.tags_before_.push_back(draft_.text_.size());
    at_ = end;
  }

  void read_tag(const std::string& name) {
    const std::size_t begin = at_;
    const std::size_t end = tag_end(html_, at_);
    if (parts_paragraphs(name)) begin_block(begin);
    if (name == "a" || name == "/a") close_link();
    skip_to(end);
    if (name == "a") {
      std::string href = href_in(html_.substr(begin, end - begin));
      if (!href.empty()) open_ = DraftText::Link{{draft_.text_.size(), 0}, std::move(href)};
    }
    if (hides_content(name)) skip_to(end_of_unseen("</" + name));
  }

  // Where the end tag of a script begins, in any case of letters.
  [[nodiscard]] std::size_t end_of_unseen(const std::string& end_tag) const {
    const auto same = [](char a, char b) { return small_letter(a) == b; };
    const auto* const found =
        std::search(html_.begin() + at_, html_.end(), end_tag.begin(), end_tag.end(), same);
    return static_cast<std::size_t>(found - html_.begin());
  }

  void begin_block(std::size_t at) {
    if (draft_.text_.empty() || draft_.text_.ends_with("\n\n")) return;
    append("\n\n", {at, at});
  }

  void close_link() {
    if (!open_) return;
    open_->plain.end = draft_.text_.size();
    draft_.links_.push_back(std::move(*open_));
    open_.reset();
  }

  void read_character() {
    constexpr std::size_t kLongestReference = 10;
    if (html_[at_] == '&') {
      const std::size_t end = html_.substr(at_, kLongestReference).find(';');
      const std::string meant =
          end == std::string_view::npos ? "" : referenced(html_.substr(at_ + 1, end - 1));
      if (!meant.empty()) {
        append(meant, {at_, at_ + end + 1});
        at_ += end + 1;
        return;
      }
    }
    append(html_.substr(at_, 1), {at_, at_ + 1});
    ++at_;
  }

  void append(std::string_view text, ByteRange place) {
    draft_.text_ += text;
    draft_.places_.resize(draft_.text_.size(), place);
  }

  DraftText& draft_;
  std::string_view html_;
  std::size_t at_ = 0;
  std::optional<DraftText::Link> open_;
};

DraftText::DraftText(std::string_view sent) : sent_(sent.substr(0, kMaxDraftBytes)) {
  is_cut_ = sent.size() > sent_.size();
  // Not within a character.
  while (is_cut_ && !sent_.empty() && utf8_length(sent, sent_.size()) == 0)
    sent_.remove_suffix(1);
  is_html_ = has_tags(sent_);
  if (is_html_) DraftReader(*this, sent_).run();
}

std::optional<ByteRange> DraftText::sent_range(ByteRange plain) const {
  if (plain.begin >= plain.end || plain.end > this->plain().size()) return std::nullopt;
  if (!is_html_) return plain;
  const auto tag = std::upper_bound(tags_before_.begin(), tags_before_.end(), plain.begin);
  if (tag != tags_before_.end() && *tag < plain.end) return std::nullopt;
  return ByteRange{places_[plain.begin].begin, places_[plain.end - 1].end};
}

TextSpan DraftText::sent_span(ByteRange plain) const {
  if (!is_html_) return span_of(sent_, plain);
  if (plain.begin >= plain.end || plain.end > text_.size()) return {};
  return span_of(sent_, {places_[plain.begin].begin, places_[plain.end - 1].end});
}

TextSpan span_of(std::string_view text, ByteRange bytes) {
  TextSpan span;
  std::size_t at = 0;
  const auto count = [&](std::size_t end, std::size_t& points, std::size_t& units) {
    for (; at < std::min(end, text.size()); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if ((byte & 0xC0U) == 0x80U) continue;
      ++points;
      units += byte >= 0xF0U ? 2 : 1;  // beyond the basic plane: a pair of surrogates
    }
  };
  count(bytes.begin, span.start, span.utf16_start);
  count(bytes.end, span.length, span.utf16_length);
  return span;
}

}  // namespace broadsheet::server
