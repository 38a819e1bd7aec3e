// The choice of passages. Windows are measured in bytes, quickly; what is cut out of the text in
// the end is counted in code points.
#include "server/search/snippets_passages.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/search/snippets_sentences.h"
#include "server/search/snippets_whole.h"

namespace broadsheet::server {
namespace {

// "… " before, " …" behind; " … " between two passages.
constexpr std::size_t kEllipses = 4;
constexpr std::size_t kEllipsesOfTwo = 7;

// A window loses this share of its worth when its words stand as far apart as they may, and that
// one at the end of all that was scanned.
constexpr double kSpreadPenalty = 0.10;
constexpr double kLatePenalty = 0.10;

// Two halves of a snippet read worse than one piece: they must hold so much more.
constexpr double kWorthTwo = 1.2;

// Whole sentences read so much better than cut ones: they need to hold only this share of what
// those hold. Measured with headlines as queries, broadsheet-eval snippets.
constexpr double kWorthWhole = 0.5;

// A passage under this part of the room is short.
constexpr std::uint32_t kShortPart = 3;

struct Window {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  double worth = 0;
};

struct Limits {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// What a window may hold: so many code points up to `end`, terms beyond the known ones.
struct Reach {
  std::size_t chars = 0;
  std::uint64_t known = 0;
  std::uint32_t end = 0;
};

// A code point has one to four bytes, so few texts have to be counted.
bool fits(std::string_view text, std::size_t chars) {
  return text.size() <= chars || (text.size() <= 4 * chars && count_chars(text) <= chars);
}

class Chooser {
 public:
  Chooser(std::string_view text,
          const std::vector<Mark>& marks,
          const TermScanner& scanner,
          std::size_t chars)
      : text_(text),
        marks_(marks),
        scanner_(scanner),
        chars_(chars),
        bytes_(estimated_bytes(text, chars)) {}

  std::vector<Passage> choose() const;

 private:
  // Bytes that so many code points take in this text, more or less.
  [[nodiscard]] std::uint32_t bytes_of(std::size_t chars) const {
    return static_cast<std::uint32_t>(bytes_ * chars / std::max<std::size_t>(chars_, 1)) + 1;
  }

  [[nodiscard]] Limits everything() const { return {0, static_cast<std::uint32_t>(text_.size())}; }

  [[nodiscard]] Window best_window(std::size_t chars, std::uint64_t known, Limits limits) const;
  [[nodiscard]] Window best_window_from(std::size_t first, const Reach& reach) const;
  [[nodiscard]] std::uint64_t terms_in(const Passage& passage) const;
  [[nodiscard]] Passage grow(const Window& window, std::size_t chars, Limits limits) const;
  void begin_passage(Passage& passage,
                     const Window& window,
                     std::size_t chars,
                     Limits limits) const;
  void end_passage(Passage& passage, const Window& window, std::size_t chars, Limits limits) const;
  void fill_front(Passage& passage, std::size_t chars, Limits limits) const;
  [[nodiscard]] std::optional<std::vector<Passage>> whole(const std::vector<Passage>& cut) const;
  [[nodiscard]] std::optional<std::vector<Passage>> two_passages(std::uint64_t found,
                                                                 std::uint64_t covered) const;

  std::string_view text_;
  const std::vector<Mark>& marks_;
  const TermScanner& scanner_;
  std::size_t chars_;
  std::size_t bytes_;
};

// The window of at most `chars` whose terms, those `known` left out, are worth most; worth nothing
// when no mark fits. Marks are few, so every pair of first and last mark is tried.
Window Chooser::best_window(std::size_t chars, std::uint64_t known, Limits limits) const {
  Window best;
  for (std::size_t first = 0; first < marks_.size(); ++first) {
    if (marks_[first].begin < limits.begin || marks_[first].end > limits.end) continue;
    const Window window = best_window_from(first, {chars, known, limits.end});
    if (window.worth > best.worth) best = window;
  }
  return best;
}

Window Chooser::best_window_from(std::size_t first, const Reach& reach) const {
  const std::uint32_t begin = marks_[first].begin;
  const double late = kLatePenalty * begin / (static_cast<double>(marks_.back().end) + 1);
  std::uint64_t terms = reach.known;
  Window best;
  for (std::size_t last = first; last < marks_.size(); ++last) {
    const Mark& mark = marks_[last];
    const std::uint32_t width = mark.end - begin;
    if (mark.end > reach.end || !fits(text_.substr(begin, width), reach.chars)) break;
    if (mark.begin < begin || (mark.terms & ~terms) == 0) continue;
    terms |= mark.terms;
    const double spread =
        kSpreadPenalty * std::min(1.0, width / (static_cast<double>(reach.chars) + 1));
    const double worth = scanner_.worth(terms & ~reach.known) * (1 - late - spread);
    if (worth > best.worth) best = {begin, mark.end, worth};
  }
  return best;
}

std::uint64_t Chooser::terms_in(const Passage& passage) const {
  std::uint64_t terms = 0;
  for (const Mark& mark : marks_) {
    if (mark.begin >= passage.begin && mark.end <= passage.end) terms |= mark.terms;
  }
  return terms;
}

// From the beginning of the sentence if the window still fits then, else from a word before it.
void Chooser::begin_passage(Passage& passage,
                            const Window& window,
                            std::size_t chars,
                            Limits limits) const {
  const std::size_t floor = std::max<std::size_t>(limits.begin, backward(text_, window.end, chars));
  const auto sentence =
      floor <= window.begin ? sentence_begin(text_, window.begin, floor) : std::nullopt;
  std::size_t begin = window.begin;
  if (sentence) {
    begin = *sentence;
  } else if (floor < window.begin) {
    const std::size_t used = count_chars(text_.substr(window.begin, window.end - window.begin));
    const std::size_t before = used < chars ? (chars - used) * 2 / 5 : 0;
    begin = std::max(floor, backward(text_, window.begin, before));
    while (begin < window.begin && !is_between_words(text_, begin))
      ++begin;
    // The match is the rear of something written together.
    while (begin > floor && !is_between_words(text_, begin))
      --begin;
    if (!is_between_words(text_, begin)) begin = window.begin;
  }
  passage.begin = static_cast<std::uint32_t>(begin);
  passage.is_cut_before = !sentence;
}

// To the last end of a sentence that fits, unless that leaves most of the room empty.
void Chooser::end_passage(Passage& passage,
                          const Window& window,
                          std::size_t chars,
                          Limits limits) const {
  const std::size_t least = std::max(window.end, passage.begin);
  const std::size_t ceiling =
      std::min<std::size_t>(limits.end, forward(text_, passage.begin, chars));
  const auto sentence = last_sentence_end(text_, least, ceiling);
  const bool is_full = sentence && (*sentence + bytes_of(chars) * 2 / kShortPart >= ceiling ||
                                    last_sentence_end(text_, *sentence, text_.size()) == sentence);
  if (is_full) {
    passage.end = static_cast<std::uint32_t>(std::max<std::size_t>(*sentence, passage.begin));
    return;
  }
  std::size_t end = ceiling;
  while (end > least && !is_between_words(text_, end))
    --end;
  // A word longer than the room has to be cut after all, but not the one that matches.
  const bool is_long_word = end <= least && !is_between_words(text_, least);
  if (is_long_word && window.begin == window.end) end = ceiling;
  passage.end = static_cast<std::uint32_t>(std::max<std::size_t>(end, passage.begin));
  passage.is_cut_after = true;
}

// Where the text ended early, sentences before the passage take the room: those of its paragraph,
// and others where it would be short without.
void Chooser::fill_front(Passage& passage, std::size_t chars, Limits limits) const {
  const std::size_t floor =
      std::max<std::size_t>(limits.begin, backward(text_, passage.end, chars));
  while (passage.begin > floor) {
    const auto earlier = sentence_begin(text_, passage.begin - 1U, floor);
    if (!earlier || *earlier >= passage.begin) return;
    const bool is_other_paragraph =
        text_.substr(*earlier, passage.begin - *earlier).find("\n\n") != std::string_view::npos;
    if (is_other_paragraph && passage.end - passage.begin >= bytes_of(chars) / kShortPart) return;
    passage.begin = static_cast<std::uint32_t>(*earlier);
  }
}

Passage Chooser::grow(const Window& window, std::size_t chars, Limits limits) const {
  Passage passage;
  begin_passage(passage, window, chars, limits);
  end_passage(passage, window, chars, limits);
  if (!passage.is_cut_before && !passage.is_cut_after) fill_front(passage, chars, limits);
  return passage;
}

// Two halves, if together they hold enough more than the one passage does.
std::optional<std::vector<Passage>> Chooser::two_passages(std::uint64_t found,
                                                          std::uint64_t covered) const {
  if ((found & ~covered) == 0 || chars_ < 2 * kEllipsesOfTwo) return std::nullopt;
  const std::size_t half = (chars_ - kEllipsesOfTwo) / 2;
  const Window first = best_window(half, 0, everything());
  if (first.worth <= 0) return std::nullopt;
  const Passage one = grow(first, half, everything());
  const std::uint64_t known = terms_in(one);
  const Limits before{0, one.begin};
  const Limits after{one.end, everything().end};
  const Window earlier = best_window(half, known, before);
  const Window later = best_window(half, known, after);
  const bool is_earlier = earlier.worth > later.worth;
  const Window& window = is_earlier ? earlier : later;
  if (window.worth <= 0) return std::nullopt;
  const Passage other = grow(window, half, is_earlier ? before : after);
  const double worth = scanner_.worth(known | terms_in(other));
  if (worth < kWorthTwo * scanner_.worth(covered)) return std::nullopt;
  if (is_earlier) return std::vector<Passage>{other, one};
  return std::vector<Passage>{one, other};
}

std::vector<Passage> Chooser::choose() const {
  const std::size_t chars = chars_ > kEllipses ? chars_ - kEllipses : chars_;
  if (marks_.empty()) {
    std::uint32_t begin = 0;
    while (begin < text_.size() && static_cast<unsigned char>(text_[begin]) <= ' ')
      ++begin;
    return {grow({begin, begin, 0}, chars, {begin, everything().end})};
  }
  std::uint64_t found = 0;
  for (const Mark& mark : marks_)
    found |= mark.terms;
  Window best = best_window(chars, 0, everything());
  // A match longer than the room shows its beginning.
  if (best.worth <= 0) best = {marks_.front().begin, marks_.front().begin, 0};
  const Passage one = grow(best, chars, everything());
  auto two = two_passages(found, terms_in(one));
  auto cut = two ? *std::move(two) : std::vector<Passage>{one};
  return whole(cut).value_or(std::move(cut));
}

// Whole sentences where they show not much less than these passages, filled up.
std::optional<std::vector<Passage>> Chooser::whole(const std::vector<Passage>& cut) const {
  std::uint64_t shown = 0;
  for (const Passage& passage : cut)
    shown |= terms_in(passage);
  WholeSentences sentences = choose_sentences(text_, marks_, scanner_, chars_);
  const bool is_enough = !sentences.passages.empty() &&
                         scanner_.worth(sentences.terms) >= kWorthWhole * scanner_.worth(shown);
  if (!is_enough) return std::nullopt;
  if (sentences.passages.size() == 1) {
    Passage& passage = sentences.passages.front();
    const std::size_t ceiling = forward(text_, passage.begin, chars_);
    passage.end = static_cast<std::uint32_t>(
        last_sentence_end(text_, passage.end - 1, ceiling).value_or(passage.end));
    fill_front(passage, chars_, everything());
  }
  return std::move(sentences.passages);
}

}  // namespace

std::uint32_t estimated_bytes(std::string_view text, std::size_t chars) {
  constexpr std::size_t kSample = 512;
  const std::string_view sample = text.substr(0, kSample);
  const std::size_t counted = std::max<std::size_t>(count_chars(sample), 1);
  const std::size_t bytes = chars * std::max(sample.size(), counted) / counted;
  return static_cast<std::uint32_t>(std::max<std::size_t>(bytes, 1));
}

std::vector<Passage> choose_passages(std::string_view text,
                                     const std::vector<Mark>& marks,
                                     const TermScanner& scanner,
                                     std::size_t chars) {
  return Chooser(text, marks, scanner, chars).choose();
}

}  // namespace broadsheet::server
