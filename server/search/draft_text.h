// A draft as its readers will see it, and where each piece of it stands in what was sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/search/related_types.h"

namespace broadsheet::server {

// Bytes of a text: [begin, end).
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Reads plain text, and HTML when it has tags that a text would not have. Of HTML: tags, comments,
// scripts and styles go, blocks stand apart by blank lines, references become characters. No more
// than kMaxDraftBytes are read. Holds a view of what was sent, which must outlive it.
class DraftText {
 public:
  explicit DraftText(std::string_view sent);

  [[nodiscard]] std::string_view plain() const { return is_html_ ? text_ : sent_; }

  // Whether the draft goes on beyond what is read.
  [[nodiscard]] bool is_cut() const { return is_cut_; }

  // A link that the draft has already.
  struct Link {
    ByteRange plain;
    std::string href;
  };

  [[nodiscard]] const std::vector<Link>& links() const { return links_; }

  // Where bytes of the plain text stand in what was sent; none when a tag is between them.
  [[nodiscard]] std::optional<ByteRange> sent_range(ByteRange plain) const;

  // The same as characters of what was sent, tags in between or not.
  [[nodiscard]] TextSpan sent_span(ByteRange plain) const;

 private:
  friend class DraftReader;

  std::string_view sent_;
  bool is_html_ = false;
  bool is_cut_ = false;
  std::string text_;                      // plain, of HTML
  std::vector<ByteRange> places_;         // of each byte of text_ in sent_
  std::vector<std::size_t> tags_before_;  // bytes of text_ before which a tag stood, ascending
  std::vector<Link> links_;
};

// More of a draft than articles are compared by, so that marks reach beyond its beginning.
inline constexpr std::size_t kMaxDraftBytes = std::size_t{256} * 1024;

// The characters of bytes of a text, counted both ways.
[[nodiscard]] TextSpan span_of(std::string_view text, ByteRange bytes);

}  // namespace broadsheet::server
