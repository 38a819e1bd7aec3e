// Tables of words, folded as fold() does. To teach it a language: its words here.
#include "server/search/related_labels.h"

#include <algorithm>
#include <array>
#include <string>

#include "schema/fields.h"
#include "schema/text.h"

namespace broadsheet::server {
namespace {

constexpr auto kAnalysisLabels = std::to_array<std::string_view>(
    {"analysis",     "news analysis", "opinion",      "opinions", "comment",   "commentary",
     "commentaries", "editorial",     "editorials",   "column",   "columns",   "columnist",
     "columnists",   "essay",         "essays",       "op-ed",    "viewpoint", "perspective",
     "perspectives", "kommentar",     "leitartikel",  "meinung",  "analyse",   "analyses",
     "tribune",      "tribunes",      "chronique",    "edito",    "opinie",    "analisis",
     "mielipide",    "kolumni",       "paakirjoitus", "社説",     "コラム",    "评论",
     "社论"});

constexpr auto kExplainerLabels = std::to_array<std::string_view>({"explainer",
                                                                   "explainers",
                                                                   "explained",
                                                                   "backgrounder",
                                                                   "backgrounders",
                                                                   "factbox",
                                                                   "fact box",
                                                                   "timeline",
                                                                   "q&a",
                                                                   "faq",
                                                                   "hintergrund",
                                                                   "decryptage",
                                                                   "taustoitus",
                                                                   "解説"});

// Neither, and read later all the same.
constexpr auto kLastingLabels = std::to_array<std::string_view>({"background",
                                                                 "feature",
                                                                 "features",
                                                                 "interview",
                                                                 "interviews",
                                                                 "profile",
                                                                 "profiles",
                                                                 "review",
                                                                 "reviews",
                                                                 "obituary",
                                                                 "obituaries",
                                                                 "reportage",
                                                                 "rezension",
                                                                 "nachruf",
                                                                 "haastattelu",
                                                                 "arvio"});

// What stands before a headline and ends with one of these marks, or after it behind one.
constexpr auto kAfterLabel = std::to_array<std::string_view>({":", " |", "-", " \u2013"});
constexpr auto kBeforeLabel = std::to_array<std::string_view>({"| ", "- ", "\u2013 ", ": "});

constexpr auto kExplainingOpenings = std::to_array<std::string_view>({"what we know about",
                                                                      "what to know about",
                                                                      "what you need to know",
                                                                      "everything you need to know",
                                                                      "here's what to know",
                                                                      "a timeline of"});

constexpr auto kExplainingEndings = std::to_array<std::string_view>(
    {": what we know", ": what to know", ": what you need to know"});

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& words, std::string_view folded) {
  return std::find(words.begin(), words.end(), folded) != words.end();
}

bool begins_with_label(std::string_view title, std::string_view label) {
  if (!title.starts_with(label)) return false;
  const std::string_view rest = title.substr(label.size());
  return std::any_of(kAfterLabel.begin(), kAfterLabel.end(), [rest](std::string_view mark) {
    return rest.starts_with(mark);
  });
}

bool ends_with_label(std::string_view title, std::string_view label) {
  if (!title.ends_with(label)) return false;
  const std::string_view rest = title.substr(0, title.size() - label.size());
  return std::any_of(kBeforeLabel.begin(), kBeforeLabel.end(), [rest](std::string_view mark) {
    return rest.ends_with(mark);
  });
}

template <std::size_t kSize>
bool is_labelled(const std::array<std::string_view, kSize>& labels, std::string_view title) {
  return std::any_of(labels.begin(), labels.end(), [title](std::string_view label) {
    return begins_with_label(title, label) || ends_with_label(title, label);
  });
}

bool explains(std::string_view title) {
  const auto opens = [title](std::string_view words) { return title.starts_with(words); };
  const auto ends = [title](std::string_view words) { return title.ends_with(words); };
  return is_labelled(kExplainerLabels, title) ||
         std::any_of(kExplainingOpenings.begin(), kExplainingOpenings.end(), opens) ||
         std::any_of(kExplainingEndings.begin(), kExplainingEndings.end(), ends);
}

PieceKind kind_of_label(std::string_view written) {
  const std::string label = fold(written);
  if (is_one_of(kExplainerLabels, label)) return PieceKind::explainer;
  return is_one_of(kAnalysisLabels, label) ? PieceKind::analysis : PieceKind::news;
}

}  // namespace

PieceKind piece_kind(const Article& article) {
  for (const std::string* label : {&article.genre, &article.section, &article.kicker}) {
    if (const PieceKind kind = kind_of_label(*label); kind != PieceKind::news) return kind;
  }
  for (const std::string& tag : article.tags) {
    if (const PieceKind kind = kind_of_label(tag); kind != PieceKind::news) return kind;
  }
  const std::string title = fold(article.title);
  if (explains(title)) return PieceKind::explainer;
  return is_labelled(kAnalysisLabels, title) ? PieceKind::analysis : PieceKind::news;
}

bool is_piece_label(std::string_view written) {
  return kind_of_label(written) != PieceKind::news;
}

const std::vector<std::string>& lasting_genre_terms() {
  static const std::vector<std::string> kTerms = [] {
    std::vector<std::string> terms;
    const auto add = [&terms](std::string_view label) {
      terms.push_back(label_term(Field::genre, label));
    };
    std::for_each(kAnalysisLabels.begin(), kAnalysisLabels.end(), add);
    std::for_each(kExplainerLabels.begin(), kExplainerLabels.end(), add);
    std::for_each(kLastingLabels.begin(), kLastingLabels.end(), add);
    return terms;
  }();
  return kTerms;
}

}  // namespace broadsheet::server
