// Leaves of the query tree: words with their stems, phrases with positions, labels.
#include "server/search/query_terms.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "schema/text_stop_words.h"
#include "server/search/query_values.h"

namespace broadsheet::server {
namespace {

// What may stand between two tokens of one word: COVID-19, AT&T, state-of-the-art, e.tv.
constexpr std::array<std::string_view, 11> kJoiners = {
    "", "-", ".", "_", "&", "@", "\u2010", "\u2011", "\u00B7", "\u30FB", "\uFF65"};

// Analysis keeps an apostrophe in its word, but for those behind what is elided: l'Iran, d'Iran.
constexpr std::array<std::string_view, 2> kElisions = {"'", "\u2019"};

// What joins digits alone: 9/11, 10:30, 2016–2018.
constexpr std::array<std::string_view, 4> kDigitJoiners = {"/", ":", ",", "\u2013"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

// WHO, IT and US are names where the rest of the query is not in capitals.
bool is_acronym(std::string_view word) {
  return std::count_if(word.begin(), word.end(), is_upper) > 1 &&
         std::none_of(word.begin(), word.end(), is_lower);
}

void add_distinct(std::vector<std::string>& terms, std::string term) {
  if (term.empty() || std::find(terms.begin(), terms.end(), term) != terms.end()) return;
  terms.push_back(std::move(term));
}

std::string prefixed(Field field, std::string_view term) {
  return std::string(row_of(field).prefix).append(term);
}

}  // namespace

QueryTerms::QueryTerms(std::string_view text,
                       const std::vector<std::string>& languages,
                       TextAnalyzer& analyzer,
                       QueryWarnings& warnings)
    : text_(text), analyzer_(analyzer), warnings_(warnings) {
  for (const std::string& language : languages)
    languages_.push_back(fold(language));
  if (languages_.empty()) languages_.emplace_back();
  choose_stop_language();
  has_lower_case_ = std::any_of(text.begin(), text.end(), is_lower);
}

// How many words of the query are stop words of each language. One that matters in any of them
// speaks for none.
std::vector<std::size_t> QueryTerms::votes_for(const std::vector<std::string>& languages) {
  std::vector<std::size_t> votes(languages.size());
  const auto matters = [&](std::string_view term) {
    return std::any_of(languages.begin(), languages.end(), [term](const std::string& language) {
      return is_content_word(term, language);
    });
  };
  const auto vote = [&](const Token& token) {
    if (matters(token.term)) return;
    for (std::size_t i = 0; i < languages.size(); ++i)
      votes[i] += is_stop_word(token.term, languages[i]) ? 1 : 0;
  };
  analyzer_.analyze(text_, languages_.front(), vote);
  return votes;
}

void QueryTerms::choose_stop_language() {
  std::vector<std::string> listed;
  std::copy_if(languages_.begin(), languages_.end(), std::back_inserter(listed), has_stop_words);
  if (listed.empty()) return;
  stop_language_ = listed.front();
  if (listed.size() == 1) return;
  const std::vector<std::size_t> votes = votes_for(listed);
  const auto most = std::max_element(votes.begin(), votes.end());
  stop_language_ = listed[static_cast<std::size_t>(most - votes.begin())];
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (votes[i] == *most && listed[i] != stop_language_) rivals_.push_back(listed[i]);
  }
}

bool QueryTerms::is_stop_word_here(std::string_view term) const {
  return is_stop_word(term, stop_language_) &&
         std::none_of(rivals_.begin(), rivals_.end(), [term](const std::string& rival) {
           return is_content_word(term, rival);
         });
}

std::vector<QueryNode> QueryTerms::read(const Lexeme& lexeme, Field field) {
  if (row_of(field).kind == FieldKind::label) return label_nodes(lexeme, field);
  const std::vector<Piece> pieces = pieces_of(lexeme.inner_begin, lexeme.inner_end);
  std::vector<QueryNode> nodes;
  if (pieces.empty()) return nodes;
  const Piece* first = pieces.data();
  const Piece* const end = pieces.data() + pieces.size();
  if (lexeme.kind == LexemeKind::phrase) {
    nodes.push_back(phrase_node(first, end, field));
    nodes.back().begin = lexeme.begin;
    nodes.back().end = lexeme.end;
    nodes.back().is_run = false;
    return nodes;
  }
  while (first != end) {
    const Piece* last = first + 1;
    while (last != end && are_joined(*(last - 1), *last))
      ++last;
    const bool is_elided = last != end && holds(kElisions, between(*(last - 1), *last));
    if (last - first > 1) {
      nodes.push_back(phrase_node(first, last, field));
    } else if (!is_elided) {
      nodes.push_back(word_node(*first, field));
    }
    first = last;
  }
  if (lexeme.is_wildcard) make_wildcard(nodes, lexeme);
  return nodes;
}

// The * stands behind the last word, which must be one by itself and say enough.
void QueryTerms::make_wildcard(std::vector<QueryNode>& nodes, const Lexeme& lexeme) {
  constexpr std::ptrdiff_t kLeastLetters = 3;
  if (nodes.empty() || is_full_) return;
  QueryNode& last = nodes.back();
  const auto letters = std::count_if(
      last.exact.begin(), last.exact.end(), [](char c) { return (c & '\xC0') != '\x80'; });
  const bool is_word = last.kind == NodeKind::word && last.end == lexeme.inner_end;
  if (!is_word || letters < kLeastLetters) {
    warnings_.add_once("* needs a word of three letters or more before it; left out",
                       lexeme.inner_end);
    return;
  }
  last.starts_with = last.exact;
  last.end = lexeme.inner_end + 1;
  last.is_stop_word = false;
  last.is_nearly_stop_word = false;
}

// The tokens of a range of the query, as far as the limit of words allows.
std::vector<QueryTerms::Piece> QueryTerms::pieces_of(std::uint32_t begin, std::uint32_t end) {
  std::vector<Piece> pieces;
  const auto keep = [&](const Token& token) {
    if (!take_word(begin + token.begin)) return;
    Piece piece;
    piece.term = token.term;
    piece.stem = token.stem;
    piece.position = token.position;
    piece.begin = begin + token.begin;
    piece.end = begin + token.end;
    pieces.push_back(std::move(piece));
  };
  analyzer_.analyze(text_.substr(begin, end - begin), languages_.front(), keep);
  return pieces;
}

bool QueryTerms::take_word(std::uint32_t position) {
  if (words_ < kMaxQueryWords) {
    ++words_;
    return true;
  }
  if (!is_full_) full_at_ = position;
  is_full_ = true;
  return false;
}

// The bytes between two pieces that do not overlap.
std::string_view QueryTerms::between(const Piece& left, const Piece& right) const {
  return text_.substr(left.end, right.begin - left.end);
}

bool QueryTerms::are_joined(const Piece& left, const Piece& right) const {
  if (right.begin < left.end) return true;  // pairs of characters overlap
  const std::string_view gap = between(left, right);
  if (holds(kJoiners, gap)) return true;
  return is_digit(text_[left.end - 1]) && is_digit(text_[right.begin]) && holds(kDigitJoiners, gap);
}

QueryNode QueryTerms::word(std::string_view term) {
  Piece piece;
  piece.term = term;
  piece.stem = term;
  return word_node(piece, term, Field::body);
}

QueryNode QueryTerms::word_node(const Piece& piece, Field field) {
  return word_node(piece, text_.substr(piece.begin, piece.end - piece.begin), field);
}

QueryNode QueryTerms::word_node(const Piece& piece, std::string_view spelling, Field field) {
  QueryNode node;
  node.kind = NodeKind::word;
  node.field = field;
  node.begin = piece.begin;
  node.end = piece.end;
  node.exact = piece.term;
  // Stemmers need accents, writers leave them out: a word finds the stem of either spelling, and
  // where the other spelling is its own stem, that.
  add_distinct(node.terms, prefixed(field, piece.stem));
  for (const std::string& language : languages_) {
    for (const std::string_view form : {spelling, std::string_view(piece.term)}) {
      const std::string_view stem = analyzer_.stem(form, language);
      if (!stem.empty()) add_distinct(node.terms, prefixed(field, stem));
    }
  }
  add_distinct(node.terms, prefixed(field, piece.term));
  node.is_stop_word = is_stop_word_here(piece.term);
  if (has_lower_case_ && is_acronym(spelling)) node.is_stop_word = false;
  node.is_nearly_stop_word =
      !node.is_stop_word &&
      std::any_of(languages_.begin(), languages_.end(), [&](const std::string& language) {
        return is_stop_word(piece.term, language);
      });
  return node;
}

QueryNode QueryTerms::phrase_node(const Piece* first, const Piece* last, Field field) {
  QueryNode node;
  node.kind = NodeKind::phrase;
  node.field = field;
  node.begin = first->begin;
  node.end = (last - 1)->end;
  for (const Piece* piece = first; piece != last; ++piece) {
    node.terms.push_back(piece->term);
    node.words.push_back(word_node(*piece, field));
    node.offsets.push_back(piece->position - first->position);
    node.is_run = node.is_run || (piece != first && piece->begin < (piece - 1)->end);
  }
  return node;
}

// The value of a label, or several with commas between them, any of which will do.
std::vector<QueryNode> QueryTerms::label_nodes(const Lexeme& lexeme, Field field) {
  QueryNode node;
  node.kind = NodeKind::label;
  node.field = field;
  node.begin = lexeme.begin;
  node.end = lexeme.end;
  const std::string_view list = text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
  for (const std::string& value : label_values(list)) {
    if (field == Field::has && std::find(kParts.begin(), kParts.end(), value) == kParts.end()) {
      warnings_.add_once("has: knows correction, image and summary; anything else is left out",
                         lexeme.begin);
      continue;
    }
    if (take_word(lexeme.begin)) add_distinct(node.terms, asked_term(field, value));
  }
  if (node.terms.empty()) return {};
  return {std::move(node)};
}

}  // namespace broadsheet::server
