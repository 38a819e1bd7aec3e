// Only words with a capital are looked up; a name of several words is looked up by its first.
#include "indexer/normalize/places.h"

#include <algorithm>
#include <unordered_map>

#include "indexer/normalize/place_table.h"
#include "indexer/normalize/sentences.h"

namespace broadsheet::indexer {
namespace {

constexpr double kTitleWeight = 4;
constexpr double kBeginningWeight = 3;
constexpr std::size_t kBeginningSentences = 3;
// Further down an article tells of its past and of others.
constexpr std::size_t kMostBytes = 4096;
// The second place is named when it has this share of the first one's score.
constexpr double kSecondShare = 0.45;

struct Name {
  std::string_view text;  // lower case; as it is where `exact`
  std::size_t place = 0;  // its label's number; kNoPlace for names that are none
  bool exact = false;
  bool doubtful = false;
};

constexpr std::size_t kNoPlace = static_cast<std::size_t>(-1);

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

char lower(char c) {
  return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || is_capital(c) || (c >= '0' && c <= '9') || (c & '\x80') != 0;
}

// The key of a name: its first word, up to anything but a letter.
std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word_byte(text[end]))
    ++end;
  return text.substr(0, end);
}

class Gazetteer {
 public:
  Gazetteer() {
    for (const auto& half : {places_of_the_west(), places_of_the_east()}) {
      for (const Place& place : half)
        add(place);
    }
    for (auto& [word, names] : names_) {
      std::stable_sort(names.begin(), names.end(), [](const Name& a, const Name& b) {
        return a.text.size() > b.text.size();
      });
    }
  }

  [[nodiscard]] const std::vector<std::string_view>& labels() const { return labels_; }

  // The longest name that stands at the front of `text`, which begins with a capital.
  [[nodiscard]] const Name* name_at(std::string_view text) const {
    std::string key(first_word(text));
    if (key.size() > kLongestFirstWord) return nullptr;
    std::transform(key.begin(), key.end(), key.begin(), lower);
    const auto found = names_.find(key);
    if (found == names_.end()) return nullptr;
    for (const Name& name : found->second) {
      if (stands_at(text, name)) return &name;
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kLongestFirstWord = 24;

  void add(const Place& place) {
    std::size_t number = kNoPlace;
    if (!place.label.empty()) {
      number = labels_.size();
      labels_.push_back(place.label);
    }
    std::string_view rest = place.names;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      Name name{rest.substr(0, end), number};
      rest.remove_prefix(std::min(end + 1, rest.size()));
      name.exact = name.text.starts_with('=');
      name.doubtful = name.text.starts_with('?');
      if (name.exact || name.doubtful) name.text.remove_prefix(1);
      std::string key(first_word(name.text));
      std::transform(key.begin(), key.end(), key.begin(), lower);
      names_[key].push_back(name);
    }
  }

  static bool stands_at(std::string_view text, const Name& name) {
    if (text.size() < name.text.size()) return false;
    for (std::size_t i = 0; i < name.text.size(); ++i) {
      const char c = name.exact ? text[i] : lower(text[i]);
      const bool line_end = name.text[i] == ' ' && c == '\n';
      if (c != name.text[i] && !line_end) return false;
    }
    return text.size() == name.text.size() || !is_word_byte(name.text.back()) ||
           !is_word_byte(text[name.text.size()]);
  }

  std::vector<std::string_view> labels_;
  std::unordered_map<std::string, std::vector<Name>> names_;
};

const Gazetteer& gazetteer() {
  static const Gazetteer all;
  return all;
}

class Scores {
 public:
  Scores() : sure_(gazetteer().labels().size()), doubtful_(sure_.size()), met_(sure_.size()) {}

  void count(std::string_view text, double weight) {
    std::size_t at = 0;
    while (at < text.size()) {
      if (!is_capital(text[at]) && (text[at] & '\x80') == 0) {
        skip_word(text, at);
        continue;
      }
      const Name* name = gazetteer().name_at(text.substr(at));
      if (name == nullptr) {
        skip_word(text, at);
        continue;
      }
      if (name->place != kNoPlace && !(name->exact && is_shouting(text, at))) {
        (name->doubtful ? doubtful_ : sure_)[name->place] += weight;
        if (met_[name->place] == 0) met_[name->place] = ++names_met_;
      }
      at += name->text.size();
    }
  }

  [[nodiscard]] std::vector<PlaceScore> ranked() const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < sure_.size(); ++i) {
      if (sure_[i] > 0) found.push_back(i);
    }
    std::sort(found.begin(), found.end(), [this](std::size_t a, std::size_t b) {
      const double first = sure_[a] + doubtful_[a];
      const double second = sure_[b] + doubtful_[b];
      return first != second ? first > second : met_[a] < met_[b];
    });
    std::vector<PlaceScore> places;
    places.reserve(found.size());
    for (const std::size_t i : found)
      places.push_back({gazetteer().labels()[i], sure_[i] + doubtful_[i]});
    return places;
  }

 private:
  // Past a word, or past what stands between words.
  static void skip_word(std::string_view text, std::size_t& at) {
    do {
      ++at;
    } while (at < text.size() && is_word_byte(text[at]));
    while (at < text.size() && !is_word_byte(text[at]))
      ++at;
  }

  // In a line of capitals "US" may be "us".
  static bool is_shouting(std::string_view text, std::size_t at) {
    const std::size_t line = text.rfind('\n', at);
    const std::string_view around = text.substr(line == std::string_view::npos ? 0 : line, 60);
    return std::none_of(around.begin(), around.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }

  std::vector<double> sure_;      // by number of the label
  std::vector<double> doubtful_;  // of names that count only beside others of the same place
  std::vector<int> met_;          // the order of first sight, from 1
  int names_met_ = 0;
};

}  // namespace

std::vector<PlaceScore> find_places(std::string_view title, std::string_view body) {
  Scores scores;
  scores.count(title, kTitleWeight);
  body = body.substr(0, kMostBytes);
  const auto beginning = split_sentences(body, kBeginningSentences);
  std::size_t behind = 0;
  if (!beginning.empty()) {
    behind =
        static_cast<std::size_t>(beginning.back().data() - body.data()) + beginning.back().size();
  }
  scores.count(body.substr(0, behind), kBeginningWeight);
  scores.count(body.substr(behind), 1);
  return scores.ranked();
}

std::string place_label(const std::vector<PlaceScore>& places) {
  if (places.empty()) return {};
  std::string label(places.front().label);
  if (places.size() > 1 && places[1].score >= kSecondShare * places.front().score) {
    label.append("-").append(places[1].label);
  }
  return label;
}

}  // namespace broadsheet::indexer
