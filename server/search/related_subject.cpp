// Reading the subject. Two passes over its tokens: the first counts, the second looks up how the
// strongest words are written and which of them stand side by side.
#include "server/search/related_subject.h"

#include <algorithm>
#include <map>

namespace broadsheet::server {
namespace {

// Enough for fifty words with their white space in any language; a lead is no longer.
constexpr std::size_t kLeadBytes = 450;

// Headlines name the matter: their words weigh so much more. A guess, not measured.
constexpr float kTitleBoost = 1.5F;

// Pairs are for reading, so a few are enough.
constexpr std::size_t kMaxPairs = 12;

struct SeenToken {
  std::uint32_t word = 0;  // index into the words
  std::uint32_t position = 0;
  std::string_view written;
  bool is_in_title = false;
};

// "Trump's" and "Trump’s" are shown as "Trump".
std::string_view without_possessive(std::string_view written) {
  for (const std::string_view ending : {"'s", "’s", "'S", "’S"}) {
    if (written.size() > ending.size() && written.ends_with(ending)) {
      written.remove_suffix(ending.size());
    }
  }
  return written;
}

// Reads title and body of one article into words in the order they are first met.
class SubjectReader {
 public:
  SubjectReader(const Article& article, TextAnalyzer& analyzer)
      : article_(article), analyzer_(analyzer) {}

  void read(std::string_view text, bool is_title) {
    joined_ = tokens.size();
    joined_begin_ = joined_end_ = 0;
    const auto sink = [&](const Token& token) { take(token, text, is_title); };
    analyzer_.analyze(text, article_.language, sink);
  }

  // Words and the stop words among them, as they stand after reading.
  std::vector<SubjectWord> words;
  std::vector<bool> is_stop;
  std::vector<SeenToken> tokens;
  std::vector<std::uint32_t> exact_keys;

 private:
  void take(const Token& token, std::string_view text, bool is_title) {
    const auto [entry, is_new] =
        numbers_.try_emplace(token.stem_word, static_cast<std::uint32_t>(words.size()));
    if (is_new) {
      words.push_back({.stem = std::string(token.stem), .key = word_key(token.stem)});
      is_stop.push_back(is_stop_word(token.term, article_.language));
    }
    SubjectWord& word = words[entry->second];
    ++word.occurrences;
    word.is_in_title = word.is_in_title || is_title;
    exact_keys.push_back(word_key(token.term));
    tokens.push_back({entry->second, token.position, {}, is_title});
    show(token, text);
  }

  // Words joined by hyphens are shown together: "Indo" says nothing without "Pacific".
  void show(const Token& token, std::string_view text) {
    const bool is_joined = joined_ + 1 < tokens.size() && tokens.size() - joined_ <= kMostJoined &&
                           token.begin == joined_end_ + 1 && text[joined_end_] == '-';
    if (!is_joined) {
      joined_ = tokens.size() - 1;
      joined_begin_ = token.begin;
    }
    joined_end_ = token.end;
    const std::string_view written =
        without_possessive(text.substr(joined_begin_, joined_end_ - joined_begin_));
    for (std::size_t i = joined_; i < tokens.size(); ++i)
      tokens[i].written = written;
  }

  static constexpr std::size_t kMostJoined = 4;

  const Article& article_;
  TextAnalyzer& analyzer_;
  std::unordered_map<std::uint32_t, std::uint32_t> numbers_;  // Token::stem_word to index
  std::size_t joined_ = 0;        // the first token written together with the last one
  std::size_t joined_begin_ = 0;  // bytes of these
  std::size_t joined_end_ = 0;
};

// The most frequent spelling of each word, those in the body first: titles may be all capitals.
void name_words(std::vector<SubjectWord>& strongest,
                const std::vector<std::uint32_t>& places,
                const SubjectReader& read) {
  std::vector<std::map<std::string_view, std::uint32_t>> spellings(strongest.size());
  constexpr std::uint32_t kBodyCount = 100;
  for (const SeenToken& token : read.tokens) {
    const std::uint32_t place = places[token.word];
    if (place < strongest.size()) {
      spellings[place][token.written] += token.is_in_title ? 1 : kBodyCount;
    }
  }
  for (std::size_t i = 0; i < strongest.size(); ++i) {
    const auto best = std::max_element(
        spellings[i].begin(), spellings[i].end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        });
    if (best != spellings[i].end()) strongest[i].shown = best->first;
  }
}

// Which of the strongest words follow each other, in the spelling of their last meeting: the body
// comes after the title.
std::vector<SubjectPair> pairs_of(const std::vector<SubjectWord>& strongest,
                                  const std::vector<std::uint32_t>& places,
                                  const SubjectReader& read) {
  struct Met {
    std::uint32_t times = 0;
    std::string_view shown;
  };

  std::map<std::pair<std::uint32_t, std::uint32_t>, Met> met;
  for (std::size_t i = 1; i < read.tokens.size(); ++i) {
    const SeenToken& a = read.tokens[i - 1];
    const SeenToken& b = read.tokens[i];
    const std::uint32_t first = places[a.word];
    const std::uint32_t second = places[b.word];
    const std::uint32_t none = static_cast<std::uint32_t>(strongest.size());
    if (first >= none || second >= none || first == second) continue;
    if (b.position != a.position + 1 || a.is_in_title != b.is_in_title) continue;
    const std::string_view shown(
        a.written.data(),
        static_cast<std::size_t>(b.written.data() + b.written.size() - a.written.data()));
    // Neighbours across a comma or a bracket say nothing together.
    if (shown.find_first_of(",;:<>()\"") != std::string_view::npos) continue;
    Met& entry = met[{first, second}];
    ++entry.times;
    entry.shown = shown;
  }
  std::vector<std::pair<std::uint32_t, SubjectPair>> counted;
  counted.reserve(met.size());
  for (const auto& [place, entry] : met) {
    counted.push_back(
        {entry.times,
         {strongest[place.first].key, strongest[place.second].key, std::string(entry.shown)}});
  }
  std::stable_sort(counted.begin(), counted.end(), [](const auto& a, const auto& b) {
    return a.first > b.first;
  });
  std::vector<SubjectPair> pairs;
  for (auto& [times, pair] : counted) {
    if (pairs.size() == kMaxPairs) break;
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

// Keeps the strongest words that more than `own` articles hold: a word that only the subject has
// finds nothing else. `places`: where each word read went.
std::vector<SubjectWord> strongest_of(const SubjectReader& read,
                                      WordRarity& rarity,
                                      std::uint32_t own,
                                      std::vector<std::uint32_t>& places) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < read.words.size(); ++i) {
    if (!read.is_stop[i] && rarity.articles_with(read.words[i].stem) > own) order.push_back(i);
  }
  const std::size_t count = std::min(order.size(), kMaxSubjectWords);
  std::partial_sort(order.begin(),
                    order.begin() + static_cast<std::ptrdiff_t>(count),
                    order.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      return read.words[a].weight > read.words[b].weight;
                    });
  places.assign(read.words.size(), static_cast<std::uint32_t>(count));
  std::vector<SubjectWord> strongest;
  for (std::uint32_t i = 0; i < count; ++i) {
    places[order[i]] = i;
    strongest.push_back(read.words[order[i]]);
  }
  return strongest;
}

}  // namespace

float word_weight(std::uint32_t occurrences, bool is_in_title) {
  return log_frequency(occurrences) * (is_in_title ? kTitleBoost : 1.0F);
}

WordVector lead_vector(std::string_view body,
                       std::string_view language,
                       TextAnalyzer& analyzer,
                       WordRarity& rarity) {
  WordVector vector;
  std::size_t seen = 0;
  const auto sink = [&](const Token& token) {
    if (++seen > kLeadWords) return;
    vector.add(word_key(token.stem), rarity.of(token.stem));
  };
  analyzer.analyze(body.substr(0, kLeadBytes), language, sink);
  vector.finish();
  return vector;
}

Subject read_subject(const StoredArticle& stored, TextAnalyzer& analyzer, WordRarity& rarity) {
  const Article& article = stored.article;
  SubjectReader read(article, analyzer);
  const std::string_view body = std::string_view(article.body).substr(0, kMaxComparedBytes);
  read.read(article.title, true);
  read.read(body, false);

  Subject subject;
  subject.story = stored.story_number;
  subject.duplicate_group = stored.duplicate_group;
  for (SubjectWord& word : read.words) {
    const float rare = rarity.of(word.stem);
    word.weight = word_weight(word.occurrences, word.is_in_title) * rare;
    word.is_rare = rarity.tells_apart(rare);
    subject.text.add(word.key, word.weight);
    if (word.is_in_title) subject.title.add(word.key, rare);
  }
  subject.text.finish();
  subject.title.finish();
  subject.lead = lead_vector(body, article.language, analyzer, rarity);
  subject.shingles = Shingles(read.exact_keys);
  subject.has_words =
      std::find(read.is_stop.begin(), read.is_stop.end(), false) != read.is_stop.end();

  std::vector<std::uint32_t> places;
  subject.words = strongest_of(read, rarity, stored.doc_id != 0 ? 1 : 0, places);
  name_words(subject.words, places, read);
  subject.pairs = pairs_of(subject.words, places, read);
  return subject;
}

}  // namespace broadsheet::server
