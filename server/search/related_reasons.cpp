// Saying why. Words are shown as the subject writes them; two of them become a pair only where the
// candidate's opening has them side by side as well.
#include "server/search/related_reasons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "schema/fields.h"
#include "schema/utf8.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kShownTerms = 8;
constexpr std::size_t kTermsInClause = 3;
// Where the candidate is searched for pairs: enough for its first paragraphs.
constexpr std::size_t kOpeningBytes = 1024;
// A word adds to the likeness at least this share of what the strongest one adds, or it is no
// reason.
constexpr double kMinShare = 0.12;

// Labels that name a piece about the news rather than the news, folded.
constexpr std::array<std::string_view, 14> kAnalysisLabels = {"analysis",
                                                              "opinion",
                                                              "opinions",
                                                              "comment",
                                                              "commentary",
                                                              "editorial",
                                                              "editorials",
                                                              "column",
                                                              "columns",
                                                              "essay",
                                                              "explainer",
                                                              "explainers",
                                                              "op-ed",
                                                              "backgrounder"};

constexpr std::array<std::string_view, 7> kAnalysisOpenings = {
    "analysis:", "opinion:", "comment:", "explainer:", "explained:", "editorial:", "q&a:"};

// Titles of people and what tables of figures are set in: they tie nothing, folded.
constexpr std::array<std::string_view, 29> kNoReasons = {
    "mr",   "mrs", "ms",   "dr",    "prof", "sen", "rep", "gov",  "gen",  "lt",
    "col",  "sgt", "sir",  "vs",    "net",  "qtr", "shr", "shrs", "revs", "cts",
    "mths", "avg", "oper", "prior", "dlrs", "dlr", "mln", "bln",  "pct"};

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& words, std::string_view written) {
  return std::find(words.begin(), words.end(), fold(written)) != words.end();
}

bool is_label(std::string_view written) {
  return is_one_of(kAnalysisLabels, written);
}

// A figure two texts share is rarely what ties them.
bool may_be_reason(const SubjectWord& word) {
  const bool is_figure =
      word.shown.empty() || (word.shown.front() >= '0' && word.shown.front() <= '9');
  return !is_figure && !is_label(word.shown) && !is_one_of(kNoReasons, word.shown);
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

bool is_analysis(const Article& article) {
  if (is_label(article.genre) || is_label(article.section)) return true;
  const std::string title = fold(article.title);
  return std::any_of(kAnalysisOpenings.begin(),
                     kAnalysisOpenings.end(),
                     [&](std::string_view opening) { return title.starts_with(opening); });
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

// The subject's words that the candidate has too, by how much each adds to their likeness.
std::vector<const SubjectWord*> shared_words(const Candidate& candidate, const Subject& subject) {
  std::vector<std::pair<float, const SubjectWord*>> shared;
  for (const SubjectWord& word : subject.words) {
    const float product = subject.text.weight_of(word.key) * candidate.text.weight_of(word.key);
    if (product > 0 && may_be_reason(word)) shared.emplace_back(product, &word);
  }
  std::stable_sort(
      shared.begin(), shared.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const SubjectWord*> words;
  for (const auto& [product, word] : shared) {
    if (words.size() == kShownTerms || product < kMinShare * shared.front().first) break;
    words.push_back(word);
  }
  return words;
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

// What the clause names: pairs where both articles have them, else single words.
std::vector<std::string> named(const std::vector<const SubjectWord*>& words,
                               const Subject& subject,
                               const Article& article,
                               TextAnalyzer& analyzer) {
  const auto theirs = neighbours(article, analyzer);
  std::vector<std::uint32_t> used;
  const auto is_used = [&](std::uint32_t key) {
    return std::find(used.begin(), used.end(), key) != used.end();
  };
  const auto is_shared = [&](std::uint32_t key) {
    return std::any_of(
        words.begin(), words.end(), [key](const SubjectWord* word) { return word->key == key; });
  };
  std::vector<std::string> names;
  for (const SubjectWord* word : words) {
    if (names.size() == kTermsInClause) break;
    if (is_used(word->key)) continue;
    const auto pair =
        std::find_if(subject.pairs.begin(), subject.pairs.end(), [&](const SubjectPair& p) {
          return (p.first == word->key || p.second == word->key) && is_shared(p.first) &&
                 is_shared(p.second) && !is_used(p.first) && !is_used(p.second) &&
                 theirs.contains({p.first, p.second});
        });
    const bool has_pair = pair != subject.pairs.end();
    add_once(has_pair ? pair->shown : word->shown, names);
    used.push_back(has_pair ? pair->first : word->key);
    if (has_pair) used.push_back(pair->second);
  }
  return names;
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    if (!list.empty()) list += ", ";
    list += '"' + name + '"';
  }
  return list;
}

}  // namespace

Relation relation_of(const Candidate& candidate,
                     const Subject& subject,
                     const Article& subject_article) {
  const Article& article = candidate.article.article;
  if (is_analysis(article)) return Relation::analysis;
  const auto days = days_between(time_of(subject_article), time_of(article));
  const bool is_near = days && std::abs(*days) <= kSameStoryDays;
  const double needed = is_near ? kSameStoryCosine : kSameStoryCosineUndated;
  const bool may_be_near = is_near || !days;
  if (candidate.cosine < needed || !may_be_near) return Relation::background;
  if (!share_a_matter(candidate, subject)) return Relation::background;
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
  const std::vector<const SubjectWord*> words = shared_words(candidate, subject);
  Reason reason;
  for (const SubjectWord* word : words)
    add_once(word->shown, reason.terms);
  reason.why = relation == Relation::duplicate ? "has almost the same text"
               : words.empty()                 ? "is about the same"
                               : "shares " + quoted_list(named(words, subject, article, analyzer));
  const auto days = days_between(time_of(subject_article), time_of(article));
  if (!days) return reason;
  reason.why += " and came " + distance_in_words(*days);
  return reason;
}

}  // namespace broadsheet::server
