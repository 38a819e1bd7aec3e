// Headlines often have capitals everywhere, so names are taken from the body alone; the title only
// says which of them matters.
#include "indexer/normalize/names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "schema/text.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kMostBytes = 4096;
constexpr std::size_t kMostWords = 4;
constexpr std::size_t kLongestName = 40;
constexpr int kTitleWeight = 4;
constexpr int kLeast = 3;

// Words with a capital that are no part of a name: offices, days, months. In order.
constexpr std::array<std::string_view, 64> kNoNames = {"april",      "attorney",
                                                       "august",     "chairman",
                                                       "chief",      "congressman",
                                                       "december",   "democrat",
                                                       "democratic", "democrats",
                                                       "dr",         "editor",
                                                       "february",   "former",
                                                       "friday",     "general",
                                                       "gop",        "gov",
                                                       "governor",   "house",
                                                       "january",    "judge",
                                                       "july",       "june",
                                                       "justice",    "king",
                                                       "leader",     "march",
                                                       "may",        "mayor",
                                                       "minister",   "monday",
                                                       "mr",         "mrs",
                                                       "ms",         "november",
                                                       "october",    "photo",
                                                       "pope",       "president",
                                                       "prime",      "prince",
                                                       "queen",      "rep",
                                                       "reporter",   "representative",
                                                       "republican", "republicans",
                                                       "reuters",    "saturday",
                                                       "secretary",  "sen",
                                                       "senate",     "senator",
                                                       "senators",   "september",
                                                       "sir",        "speaker",
                                                       "state",      "sunday",
                                                       "thursday",   "tuesday",
                                                       "vice",       "wednesday"};
static_assert(std::is_sorted(kNoNames.begin(), kNoNames.end()));

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_letter(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || (c & '\x80') != 0;
}

// Inside a word: apostrophes of names (O'Neill) and hyphens between letters as well.
bool goes_on(std::string_view text, std::size_t at) {
  if (is_letter(text[at])) return text.substr(at).substr(0, 2) != "\xE2\x80";
  const bool joins = text[at] == '-' || (text[at] >= '0' && text[at] <= '9');
  return joins && at + 1 < text.size() && is_letter(text[at + 1]);
}

std::string lowered(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), [](char c) {
    return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return low;
}

bool is_no_name(std::string_view word) {
  const std::string low = lowered(word);
  return std::binary_search(kNoNames.begin(), kNoNames.end(), low) || is_stop_word(low, "en");
}

struct Counted {
  std::string name;
  int count = 0;
  bool opens_sentences = true;  // nowhere but where any word would have a capital
};

class NameCounter {
 public:
  void read(std::string_view text) {
    std::size_t at = 0;
    bool opens = true;
    while (at < text.size()) {
      const std::size_t end = word_end(text, at);
      const std::string_view word = text.substr(at, end - at);
      if (!word.empty()) take(word, opens);
      opens = word.empty() && opens;
      const std::size_t next = gap_end(text, end);
      const std::string_view gap = text.substr(end, next - end);
      if (gap != " " && !(gap == ". " && is_short_title(word))) {
        close();
        opens = opens || gap.find_first_of(".!?\n:\"") != std::string_view::npos ||
                gap.find("\u201C") != std::string_view::npos;
      }
      at = next;
    }
    close();
  }

  // The name that counts most, those of the title above the others.
  std::string leading(std::string_view title) const {
    const Counted* best = nullptr;
    int most = kLeast - 1;
    for (const Counted& one : names_) {
      const bool is_word_of_title = title.find(one.name) != std::string_view::npos;
      const int score = one.count + (is_word_of_title ? kTitleWeight : 0);
      if (score <= most || one.opens_sentences) continue;
      best = &one;
      most = score;
    }
    return best == nullptr ? std::string() : best->name;
  }

 private:
  // "Sen.", "J.": a full stop that ends no name.
  static bool is_short_title(std::string_view word) {
    return !word.empty() && word.size() <= 3 && is_capital(word.front());
  }

  static std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size() && goes_on(text, at))
      ++at;
    return at;
  }

  static std::size_t gap_end(std::string_view text, std::size_t at) {
    while (at < text.size() && !(is_letter(text[at]) && goes_on(text, at)))
      ++at;
    return at;
  }

  void take(std::string_view word, bool opens) {
    if (!is_capital(word.front()) || (words_.empty() && is_no_name(word))) {
      close();
      return;
    }
    if (words_.empty()) opens_ = opens;
    if (words_.size() < kMostWords) words_.push_back(word);
  }

  void close() {
    while (!words_.empty() && is_no_name(words_.back()))
      words_.pop_back();
    if (words_.empty()) return;
    // "Later Tarrow left": the first word of a sentence has its capital from there.
    if (opens_ && words_.size() > 1 && find(joined(0)) == nullptr) {
      if (Counted* known = find(joined(1))) return seen(*known, false);
    }
    const std::string name = joined(0);
    if (Counted* known = find(name)) {
      seen(*known, opens_);
    } else if (name.size() >= 2 && name.size() <= kLongestName) {
      names_.push_back({name, 1, opens_ && words_.size() == 1});
    }
    words_.clear();
  }

  void seen(Counted& known, bool opens) {
    ++known.count;
    known.opens_sentences = known.opens_sentences && opens;
    words_.clear();
  }

  // The words of the name being read, from one on.
  [[nodiscard]] std::string joined(std::size_t first) const {
    std::string name(words_[first]);
    for (std::size_t i = first + 1; i < words_.size(); ++i)
      name.append(" ").append(words_[i]);
    return name;
  }

  // The name, or for a single word the longer one that ends with it: the one met first.
  Counted* find(std::string_view name) {
    const bool alone = name.find(' ') == std::string_view::npos;
    const auto found = std::find_if(names_.begin(), names_.end(), [&](const Counted& known) {
      if (known.name == name) return true;
      return alone && known.name.size() > name.size() + 1 && known.name.ends_with(name) &&
             known.name[known.name.size() - name.size() - 1] == ' ';
    });
    return found == names_.end() ? nullptr : &*found;
  }

  std::vector<std::string_view> words_;  // of the name being read
  bool opens_ = false;                   // it begins a sentence
  std::vector<Counted> names_;
};

}  // namespace

std::string leading_name(std::string_view title, std::string_view body) {
  NameCounter counter;
  counter.read(body.substr(0, kMostBytes));
  return counter.leading(title);
}

}  // namespace broadsheet::indexer
