// Two tables of shapes, each seen in real archives. A line that might be prose stays: to print an
// advertisement is a smaller fault than to lose a sentence.
#include "indexer/normalize/promotion.h"

#include <algorithm>
#include <array>

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kLongestLine = 160;

// The whole line, in lower case, without marks at its ends. In order, for the search.
constexpr std::array<std::string_view, 36> kWholeLines = {
    "ad",
    "advertisement",
    "advertisement advertisement",
    "advertisement continue reading the main story",
    "advertisements",
    "article continues after advertisement",
    "article continues below",
    "article continues below advertisement",
    "click here",
    "click to enlarge",
    "continue reading",
    "continue reading below",
    "continue reading the main story",
    "get the fox news app",
    "link copied",
    "loading",
    "newsletter sign-up",
    "pullquote",
    "read more",
    "read more here",
    "read more here. read more",
    "related articles",
    "related content",
    "related stories",
    "share this article",
    "share this story",
    "sign up here",
    "skip advertisement",
    "sponsored",
    "sponsored content",
    "story continued below",
    "story continues",
    "story continues below",
    "story continues below advertisement",
    "story continues below video",
    "subscribe now"};
static_assert(std::is_sorted(kWholeLines.begin(), kWholeLines.end()));

// How a line begins (lower case), how long it may be, and what else one of must be in it; with
// nothing named the beginning is enough. Words in `also` are split by "|".
struct Shape {
  std::string_view begins;
  std::size_t longest;
  std::string_view also;
};

constexpr std::string_view kLists =
    "newsletter|inbox|email|e-mail|briefing|alerts|podcast|buzzmeter|updates";
constexpr std::string_view kNetworks =
    "twitter|facebook|instagram|youtube|linkedin|flipboard|google news|whatsapp|telegram|@";

constexpr std::array kShapes = {
    Shape{"click here to ", 80, ""},
    Shape{"click here for ", 80, ""},
    Shape{"click to get the ", 60, "app"},
    Shape{"click for more from ", 70, ""},
    Shape{"get the ", 150, "to your inbox|in your inbox| news app"},
    Shape{"get all the latest ", 150, "inbox"},
    Shape{"get our ", 120, "newsletter|inbox"},
    Shape{"get breaking news ", 80, "inbox"},
    Shape{"get news from ", 100, "inbox"},
    Shape{"get fox business on the go", 60, ""},
    Shape{"sign up for ", 130, kLists},
    Shape{"sign up to ", 120, kLists},
    Shape{"sign up for daily ", 80, ""},
    Shape{"subscribe to ", 120, kLists},
    Shape{"subscribe to our ", 100, "channel|podcast|newsletter|itunes"},
    Shape{"subscribe now ", 100, ""},
    Shape{"subscribe on ", 100, "podcast|youtube|itunes|spotify"},
    Shape{"daily politics news delivered to your inbox", 120, ""},
    Shape{"follow @", 70, ""},
    Shape{"follow us on ", 80, kNetworks},
    Shape{"follow him on ", 60, kNetworks},
    Shape{"follow her on ", 60, kNetworks},
    Shape{"follow ", 70, " on twitter| on facebook| on instagram"},
    Shape{"- follow ", 70, " on twitter"},
    Shape{"like us on ", 60, kNetworks},
    Shape{"join us on ", 60, kNetworks},
    Shape{"join the conversation on ", 60, kNetworks},
    Shape{"read more from ", 60, ""},
    Shape{"read more: ", 130, ""},
    Shape{"share this article ", 60, "tweet|email|facebook"},
    Shape{"share this story ", 60, "tweet|email|facebook"},
    Shape{"story continues below ", 60, ""},
    Shape{"download the ", 80, " app"},
    Shape{"advertisement thanks for watching", 60, ""},
};

// Where a line begins that any of the shapes fits. A cheap look, before it is copied.
constexpr std::array<bool, 256> kFirst = [] {
  std::array<bool, 256> first{};
  const auto allow = [&first](char c) {
    first[static_cast<unsigned char>(c)] = true;
    if (c >= 'a' && c <= 'z') first[static_cast<unsigned char>(c - 'a' + 'A')] = true;
  };
  for (const Shape& shape : kShapes)
    allow(shape.begins.front());
  for (const std::string_view line : kWholeLines)
    allow(line.front());
  for (const char mark : {'*', '[', '('})
    allow(mark);
  return first;
}();

std::string lowered(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return low;
}

std::string_view without_marks(std::string_view line) {
  constexpr std::string_view kMarks = " *[]().:!-";
  const std::size_t begin = line.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kMarks) - begin + 1);
}

bool holds_any(std::string_view line, std::string_view words) {
  if (words.empty()) return true;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find('|'), words.size());
    if (line.find(words.substr(0, end)) != std::string_view::npos) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

// Letters of words in lower case, in their order, at most `most` of them.
std::string letters_of(std::string_view text, std::size_t most) {
  std::string letters;
  for (const char c : text) {
    if (letters.size() == most) break;
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool counts = (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || (c & '\x80') != 0;
    if (counts) letters += low;
  }
  return letters;
}

bool is_blah(std::string_view letters) {
  if (letters.empty()) return false;
  while (letters.starts_with("blah"))
    letters.remove_prefix(4);
  return letters.empty();
}

// What is left of a text: nothing is copied before the first line that goes.
class KeptLines {
 public:
  explicit KeptLines(std::string_view whole) : whole_(whole) {}

  // Keeps all that stands before `line`, which goes.
  void begin_before(std::string_view line) {
    is_copying_ = true;
    text_.reserve(whole_.size());
    text_.assign(whole_.substr(0, static_cast<std::size_t>(line.data() - whole_.data())));
    while (text_.ends_with('\n'))
      text_.pop_back();
  }

  // A blank line begins a paragraph.
  void take(std::string_view line) {
    if (is_copying_ && !line.empty()) {
      if (!text_.empty()) text_ += paragraph_begins_ ? "\n\n" : "\n";
      text_ += line;
    }
    paragraph_begins_ = line.empty();
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string_view whole_;
  std::string text_;
  bool is_copying_ = false;
  bool paragraph_begins_ = true;
};

}  // namespace

bool is_promotion(std::string_view line) {
  if (line.empty() || line.size() > kLongestLine) return false;
  if (!kFirst[static_cast<unsigned char>(line.front())]) return false;
  const std::string low = lowered(line);
  const std::string_view bare = without_marks(low);
  if (std::binary_search(kWholeLines.begin(), kWholeLines.end(), bare)) return true;
  return std::any_of(kShapes.begin(), kShapes.end(), [&](const Shape& shape) {
    return line.size() <= shape.longest && low.starts_with(shape.begins) &&
           holds_any(low, shape.also);
  });
}

std::vector<std::string> cut_promotion(std::string& paragraphs) {
  std::vector<std::string> cut;
  KeptLines kept(paragraphs);
  std::string_view rest = paragraphs;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (is_promotion(line)) {
      if (cut.empty()) kept.begin_before(line);
      cut.emplace_back(line);
    } else {
      kept.take(line);
    }
  }
  if (!cut.empty()) paragraphs = kept.text();
  return cut;
}

bool is_placeholder(std::string_view body) {
  constexpr std::size_t kLongest = 400;  // no other repeats itself longer
  constexpr std::string_view kLatin = "loremipsumdolor";
  if (letters_of(body.substr(0, 2 * kLatin.size()), kLatin.size()) == kLatin) return true;
  if (body.empty() || body.size() > kLongest) return false;
  constexpr std::array<std::string_view, 4> kNothing = {"na", "none", "null", "undefined"};
  const std::string letters = letters_of(body, kLongest);
  return letters.empty() || is_blah(letters) ||
         std::find(kNothing.begin(), kNothing.end(), letters) != kNothing.end();
}

}  // namespace broadsheet::indexer
