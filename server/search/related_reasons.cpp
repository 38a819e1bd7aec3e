// Saying why. Words are shown as the subject writes them; two of them become a pair only where the
// candidate's opening has them side by side as well.
#include "server/search/related_reasons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "schema/fields.h"
#include "schema/utf8.h"
#include "server/search/related_labels.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kShownTerms = 8;
constexpr std::size_t kTermsInClause = 3;
// Where the candidate is searched for pairs: enough for its first paragraphs.
constexpr std::size_t kOpeningBytes = 1024;
// A word adds to the likeness at least this share of what the strongest one adds, or it is no
// reason.
constexpr double kMinShare = 0.12;

// Titles of people and what tables of figures are set in: they tie nothing, folded.
constexpr std::array<std::string_view, 29> kNoReasons = {
    "mr",   "mrs", "ms",   "dr",    "prof", "sen", "rep", "gov",  "gen",  "lt",
    "col",  "sgt", "sir",  "vs",    "net",  "qtr", "shr", "shrs", "revs", "cts",
    "mths", "avg", "oper", "prior", "dlrs", "dlr", "mln", "bln",  "pct"};

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& words, std::string_view written) {
  return std::find(words.begin(), words.end(), fold(written)) != words.end();
}

// A figure two texts share is rarely what ties them.
bool may_be_reason(const SubjectWord& word) {
  const bool is_figure =
      word.shown.empty() || (word.shown.front() >= '0' && word.shown.front() <= '9');
  return !is_figure && !is_piece_label(word.shown) && !is_one_of(kNoReasons, word.shown);
}

// Names are written large in running text; shown as the text writes them most often.
bool is_name(const SubjectWord& word) {
  const std::size_t first = std::max<std::size_t>(utf8_length(word.shown, 0), 1);
  return word.shown.compare(0, first, fold(word.shown), 0, first) != 0;
}

bool share_a_matter(const Candidate& candidate, const Subject& subject) {
  int names = 0;
  int title_words = 0;
  for (const SubjectWord& word : subject.words) {
    const bool tells =
        word.is_rare && may_be_reason(word) && candidate.text.weight_of(word.key) > 0;
    if (!tells) continue;
    const bool is_in_theirs = candidate.title.weight_of(word.key) > 0;
    if (is_name(word) && (word.is_in_title || is_in_theirs || ++names == 3)) return true;
    if (word.is_in_title && is_in_theirs && ++title_words == 2) return true;
  }
  return false;
}

bool is_same_story(const Candidate& candidate, const Subject& subject, std::optional<double> days) {
  const bool is_near = days && std::abs(*days) <= kSameStoryDays;
  if (days && !is_near) return false;
  const double needed = is_near ? kSameStoryCosine : kSameStoryCosineUndated;
  return candidate.cosine >= needed && share_a_matter(candidate, subject);
}

std::optional<std::int64_t> time_of(const Article& article) {
  if (!article.published) return std::nullopt;
  return article.published->seconds;
}

bool is_day_only(const Article& article) {
  return article.published && article.published->precision == Precision::day;
}

std::string count_of(double number, std::string_view unit) {
  const auto whole = std::max(1LL, std::llround(number));
  return std::to_string(whole) + " " + std::string(unit) + (whole == 1 ? "" : "s");
}

struct SharedWord {
  const SubjectWord* word = nullptr;
  float product = 0;  // what it adds to the likeness of the two
};

// The subject's words that the candidate has too, by how much each adds to their likeness.
std::vector<SharedWord> shared_words(const Candidate& candidate, const Subject& subject) {
  std::vector<SharedWord> shared;
  for (const SubjectWord& word : subject.words) {
    const float product = subject.text.weight_of(word.key) * candidate.text.weight_of(word.key);
    if (product > 0 && may_be_reason(word)) shared.push_back({&word, product});
  }
  std::stable_sort(shared.begin(), shared.end(), [](const SharedWord& a, const SharedWord& b) {
    return a.product > b.product;
  });
  std::size_t kept = 0;
  while (kept < std::min(shared.size(), kShownTerms) &&
         shared[kept].product >= kMinShare * shared.front().product)
    ++kept;
  shared.resize(kept);
  return shared;
}

// The neighbours in an article's title and opening.
std::set<std::pair<std::uint32_t, std::uint32_t>> neighbours(const Article& article,
                                                             TextAnalyzer& analyzer) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const std::string_view text :
       {std::string_view(article.title), std::string_view(article.body).substr(0, kOpeningBytes)}) {
    std::uint32_t before = 0;
    std::uint32_t position = 0;
    analyzer.analyze(text, article.language, [&](const Token& token) {
      const std::uint32_t key = word_key(token.stem);
      if (position != 0 && token.position == position + 1) pairs.emplace(before, key);
      before = key;
      position = token.position;
    });
  }
  return pairs;
}

// Two words of one hyphenated word are shown the same.
void add_once(const std::string& shown, std::vector<std::string>& all) {
  if (std::find(all.begin(), all.end(), shown) == all.end()) all.push_back(shown);
}

std::vector<SharedTerm> terms_of(const std::vector<SharedWord>& words, double likeness) {
  std::vector<SharedTerm> terms;
  for (const SharedWord& shared : words) {
    const double weight = likeness > 0 ? shared.product / likeness : 0;
    const auto same = std::find_if(terms.begin(), terms.end(), [&](const SharedTerm& term) {
      return term.term == shared.word->shown;
    });
    if (same != terms.end()) {
      same->weight += weight;
    } else {
      terms.push_back({shared.word->shown, weight});
    }
  }
  return terms;
}

// What the clause names: pairs where both articles have them, else single words.
std::vector<std::string> named(const std::vector<SharedWord>& words,
                               const Subject& subject,
                               const Article& article,
                               TextAnalyzer& analyzer) {
  const auto theirs = neighbours(article, analyzer);
  std::vector<std::uint32_t> used;
  const auto is_used = [&](std::uint32_t key) {
    return std::find(used.begin(), used.end(), key) != used.end();
  };
  const auto is_shared = [&](std::uint32_t key) {
    return std::any_of(words.begin(), words.end(), [key](const SharedWord& shared) {
      return shared.word->key == key;
    });
  };
  std::vector<std::string> names;
  for (const auto& [word, product] : words) {
    if (names.size() == kTermsInClause) break;
    const std::uint32_t key = word->key;
    if (is_used(key)) continue;
    const auto pair =
        std::find_if(subject.pairs.begin(), subject.pairs.end(), [&](const SubjectPair& p) {
          return (p.first == key || p.second == key) && is_shared(p.first) && is_shared(p.second) &&
                 !is_used(p.first) && !is_used(p.second) && theirs.contains({p.first, p.second});
        });
    const bool has_pair = pair != subject.pairs.end();
    add_once(has_pair ? pair->shown : word->shown, names);
    used.push_back(has_pair ? pair->first : key);
    if (has_pair) used.push_back(pair->second);
  }
  return names;
}

std::string what_is_shared(const std::vector<std::string>& names) {
  if (names.empty()) return "Is about the same";
  std::string list = "Shares ";
  for (const std::string& name : names)
    list += (&name == names.data() ? "" : ", ") + name;
  return list;
}

std::string_view kinship(Relation relation, const Article& article) {
  if (relation == Relation::update || relation == Relation::same_story) return "same story";
  if (relation == Relation::analysis) return "analysis";
  const bool explains = piece_kind(article) == PieceKind::explainer;
  return relation == Relation::background && explains ? "explains what lies behind" : "";
}

}  // namespace

Relation relation_of(const Candidate& candidate,
                     const Subject& subject,
                     const Article& subject_article) {
  const Article& article = candidate.article.article;
  const PieceKind kind = piece_kind(article);
  if (kind == PieceKind::analysis) return Relation::analysis;
  if (kind == PieceKind::explainer) return Relation::background;
  const auto days = days_between(time_of(subject_article), time_of(article));
  if (!is_same_story(candidate, subject, days)) return Relation::background;
  const double wait = is_day_only(article) || is_day_only(subject_article) ? 1 : kUpdateAfterDays;
  return days && *days >= wait ? Relation::update : Relation::same_story;
}

std::string distance_in_words(double days) {
  const double distance = std::abs(days);
  const std::string_view side = days > 0 ? " later" : " earlier";
  constexpr double kHour = 1.0 / 24;
  // Many sources give a day only, which reads as its first second.
  if (distance < kHour) return "the same day";
  if (distance < 1) return count_of(distance / kHour, "hour").append(side);
  if (distance < 14) return count_of(distance, "day").append(side);
  if (distance < 60) return count_of(distance / 7, "week").append(side);
  if (distance < 700) return count_of(distance / 30.44, "month").append(side);
  return count_of(distance / 365.25, "year").append(side);
}

Reason reason_for(const Candidate& candidate,
                  const Subject& subject,
                  Relation relation,
                  const Article& subject_article,
                  TextAnalyzer& analyzer) {
  const Article& article = candidate.article.article;
  const std::vector<SharedWord> words = shared_words(candidate, subject);
  Reason reason;
  reason.terms = terms_of(words, candidate.cosine);
  reason.why = relation == Relation::duplicate
                   ? "Has almost the same text"
                   : what_is_shared(named(words, subject, article, analyzer));
  if (const std::string_view kin = kinship(relation, article); !kin.empty())
    reason.why.append("; ").append(kin);
  const auto days = days_between(time_of(subject_article), time_of(article));
  if (days) reason.why += "; " + distance_in_words(*days);
  return reason;
}

}  // namespace broadsheet::server
