// Each block is worth the prose in it, or costs what else it holds. Boxes that by their names are
// something else drop out, unless they hold most of the prose. The article is the box worth most,
// less what inside it is links and labels.
#include "indexer/readers/html_content.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

namespace broadsheet::indexer {
namespace {

// Lengths are in bytes. They were chosen on half of the pages that html_measure_test.cpp reads, and
// the other half agrees; none is sharp.
constexpr std::size_t kShortSentence = 25;  // shorter ones are labels: "Read more."
constexpr std::size_t kLongLine = 80;       // a longer line is prose if there is any mark in it
constexpr std::size_t kLongHeading = 120;   // a longer heading is a paragraph set in large type
constexpr std::size_t kOwnWords = 50;  // a paragraph that says this much itself may link the rest
constexpr std::int64_t kMostOfTeaser = 1500;  // with more prose it is a post under its own headline
constexpr std::int64_t kMostAboveText = 1000;  // between the title and the text stand a few lines

// A box named as something else is believed unless it has this many times the prose outside.
constexpr std::int64_t kBelieveBeside = 2;
constexpr std::int64_t kBelieveForeign = 20;

constexpr std::array<std::string_view, 14> kSentenceMarks = {
    ".", ",", "!", "?", ";", "…", "。", "、", "，", "！", "？", "؟", "।", "။"};

bool has_sentence_mark(std::string_view text) {
  return std::any_of(kSentenceMarks.begin(), kSentenceMarks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

// Whether the text ends as a sentence does, quotes and brackets behind it aside.
bool ends_sentence(std::string_view text) {
  for (const std::string_view closing : {"\"", "'", "”", "’", "»", ")", "」"}) {
    if (text.ends_with(closing)) text.remove_suffix(closing.size());
  }
  return std::any_of(kSentenceMarks.begin(),
                     kSentenceMarks.end(),
                     [&](std::string_view mark) { return mark != "," && text.ends_with(mark); }) ||
         text.ends_with(":");
}

bool is_mostly_linked(const HtmlBlock& block) {
  const bool is_own =
      block.kind == BlockKind::paragraph && block.text.size() - block.linked >= kOwnWords;
  return block.linked * 2 > block.text.size() && !is_own;
}

// Some pages set their first paragraphs as headings.
bool is_label(const HtmlBlock& block) {
  return block.kind == BlockKind::heading &&
         (block.text.size() < kLongHeading || !ends_sentence(block.text));
}

// Bytes of prose; 0 for labels, links and headings.
std::int64_t prose_of(const HtmlBlock& block) {
  const std::size_t size = block.text.size();
  if (is_label(block) || is_mostly_linked(block)) return 0;
  const bool is_sentence = size >= kLongLine ? has_sentence_mark(block.text)
                                             : size >= kShortSentence && ends_sentence(block.text);
  if (!is_sentence) return 0;
  const auto prose = static_cast<std::int64_t>(size - block.linked);
  // Text set as prose is worth a little more than text that only reads like it.
  return block.kind == BlockKind::paragraph ? prose : prose * 3 / 4;
}

class Content {
 public:
  Content(const HtmlLayout& layout, std::string_view title) : layout_(layout), title_(title) {
    for (const HtmlBox& box : layout.boxes)
      hints_.push_back(box.hint);
  }

  std::string text() && {
    sum_up();
    drop_boxes();
    sum_up();
    const std::size_t best = best_box();
    drop_lists_in(best);
    return write(best);
  }

 private:
  struct Sums {
    std::int64_t prose = 0;
    std::int64_t noise = 0;  // all other text
    std::int64_t linked = 0;
  };

  bool is_dropped(const HtmlBlock& block) const { return dropped_[block.box]; }

  // Sums over the blocks in front of each, so that any box is a difference.
  void sum_up() {
    dropped_.resize(layout_.boxes.size());
    sums_.assign(1, {});
    for (const HtmlBlock& block : layout_.blocks) {
      Sums sums = sums_.back();
      if (!is_dropped(block)) {
        const std::int64_t prose = prose_of(block);
        sums.prose += prose;
        if (prose == 0 && block.kind != BlockKind::heading)
          sums.noise += static_cast<std::int64_t>(block.text.size());
        sums.linked += static_cast<std::int64_t>(block.linked);
      }
      sums_.push_back(sums);
    }
  }

  Sums sums_of(const HtmlBox& box) const {
    const Sums& from = sums_[box.first];
    const Sums& to = sums_[box.last];
    return {to.prose - from.prose, to.noise - from.noise, to.linked - from.linked};
  }

  bool is_beside(std::size_t box) const {
    return hints_[box] == HtmlHint::beside || hints_[box] == HtmlHint::foreign;
  }

  // Prose that is in no box beside the article.
  std::int64_t prose_outside() const {
    std::int64_t outside = sums_.back().prose;
    std::size_t behind = 0;  // the first block behind the last outermost box beside the article
    for (std::size_t at = 0; at < layout_.boxes.size(); ++at) {
      const HtmlBox& box = layout_.boxes[at];
      if (!is_beside(at) || box.first < behind) continue;
      outside -= sums_of(box).prose;
      behind = box.last;
    }
    return outside;
  }

  // Stops believing the names of boxes that hold most of the prose. True when there were any.
  bool disbelieve(HtmlHint hint, std::int64_t times) {
    const std::int64_t most = prose_outside() * times;
    bool is_any = false;
    for (std::size_t at = 0; at < layout_.boxes.size(); ++at) {
      if (hints_[at] != hint || sums_of(layout_.boxes[at]).prose <= most) continue;
      hints_[at] = HtmlHint::none;
      is_any = true;
    }
    return is_any;
  }

  // Drops what its name or look says is something else.
  void drop_boxes() {
    mark_teasers();
    // What one pass frees counts as outside in the next; four are more than any page needs.
    for (int pass = 0; pass < 4; ++pass) {
      if (!disbelieve(HtmlHint::beside, kBelieveBeside) &&
          !disbelieve(HtmlHint::foreign, kBelieveForeign))
        break;
    }
    for (std::size_t at = 1; at < layout_.boxes.size(); ++at)
      dropped_[at] = dropped_[layout_.boxes[at].parent] || is_beside(at);
  }

  // A headline that is a link leads to another article, and what stands around it is a teaser.
  void mark_teasers() {
    for (const HtmlBlock& block : layout_.blocks) {
      if (block.kind != BlockKind::heading || !is_mostly_linked(block)) continue;
      const std::size_t around = layout_.boxes[block.box].parent;
      const Sums sums = sums_of(layout_.boxes[around]);
      if (hints_[around] == HtmlHint::none && sums.prose < kMostOfTeaser)
        hints_[around] = HtmlHint::beside;
    }
  }

  std::size_t best_box() const {
    std::size_t best = 0;
    std::int64_t most = 0;
    for (std::size_t at = 0; at < layout_.boxes.size(); ++at) {
      const HtmlBox& box = layout_.boxes[at];
      const Sums sums = sums_of(box);
      std::int64_t worth = sums.prose - sums.noise;
      if (hints_[at] == HtmlHint::content) worth *= 2;
      if (dropped_[at] || worth < most) continue;
      most = worth;
      best = at;
    }
    return best;
  }

  // Lists of links, rows of labels: boxes in the article with hardly any prose.
  void drop_lists_in(std::size_t best) {
    for (std::size_t at = best + 1; at < layout_.boxes.size(); ++at) {
      const HtmlBox& box = layout_.boxes[at];
      if (box.first >= layout_.boxes[best].last) break;
      const Sums sums = sums_of(box);
      const bool is_list =
          box.element.name() != "p" && sums.linked > 0 && sums.linked * 2 > sums.prose + sums.noise;
      dropped_[at] = dropped_[at] || dropped_[box.parent] || is_list;
    }
  }

  bool is_title(const HtmlBlock& block) const {
    return block.text == title_ || layout_.boxes[block.box].element.name() == "h1";
  }

  // Where the text begins: behind the title, which may stand above the box with a first paragraph
  // or two; else where the box begins.
  std::size_t beginning_of(const HtmlBox& box) const {
    std::size_t beginning = box.first;
    for (std::size_t at = 0; at < box.last; ++at) {
      const bool is_near = std::abs(sums_[at].prose - sums_[box.first].prose) < kMostAboveText;
      if (is_near && is_title(layout_.blocks[at])) beginning = at + 1;
    }
    return beginning;
  }

  std::string write(std::size_t best) const {
    const HtmlBox& box = layout_.boxes[best];
    std::string out;
    std::string held;  // headings and labels, written once a paragraph follows
    for (std::size_t at = beginning_of(box); at < box.last; ++at) {
      const HtmlBlock& block = layout_.blocks[at];
      const bool is_prose = prose_of(block) > 0;
      if (is_dropped(block) || !is_wanted(block) || (at < box.first && !is_prose)) {
        if (block.linked > 0) held.clear();
        continue;
      }
      held += block.text + "\n\n";
      if (!is_prose && block.kind != BlockKind::paragraph && block.kind != BlockKind::item)
        continue;
      out += held;
      held.clear();
    }
    if (out.empty()) out = std::move(held);
    if (!out.empty()) out.resize(out.size() - 2);
    return out;
  }

  bool is_wanted(const HtmlBlock& block) const {
    if (prose_of(block) > 0 || block.kind == BlockKind::heading) return true;
    if (is_mostly_linked(block)) return false;
    if (block.kind != BlockKind::loose) return true;
    return sums_of(layout_.boxes[block.box]).prose > 0;
  }

  const HtmlLayout& layout_;
  std::string_view title_;
  std::vector<HtmlHint> hints_;  // for each box, as far as they are believed
  std::vector<bool> dropped_;    // for each box
  std::vector<Sums> sums_;       // for each block: of those before it
};

}  // namespace

std::string main_text(const HtmlLayout& layout, std::string_view title) {
  return Content(layout, title).text();
}

}  // namespace broadsheet::indexer
