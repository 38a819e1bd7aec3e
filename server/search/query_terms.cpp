// Leaves of the query tree: words with their stems, phrases with positions, labels.
#include "server/search/query_terms.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schema/text_stop_words.h"

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
                       TextAnalyzer& analyzer)
    : text_(text), analyzer_(analyzer) {
  for (const std::string& language : languages)
    languages_.push_back(fold(language));
  if (languages_.empty()) languages_.emplace_back();
  const auto listed = std::find_if(languages_.begin(), languages_.end(), has_stop_words);
  if (listed != languages_.end()) stop_language_ = *listed;
  has_lower_case_ = std::any_of(text.begin(), text.end(), is_lower);
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
  return nodes;
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

bool QueryTerms::is_stop_word_here(const Piece& piece) const {
  if (has_lower_case_ && is_acronym(text_.substr(piece.begin, piece.end - piece.begin)))
    return false;
  return is_stop_word(piece.term, stop_language_);
}

QueryNode QueryTerms::word_node(const Piece& piece, Field field) {
  QueryNode node;
  node.kind = NodeKind::word;
  node.field = field;
  node.begin = piece.begin;
  node.end = piece.end;
  // Stemmers need accents, writers leave them out: a word finds the stem of either spelling, and
  // where the other spelling is its own stem, that.
  add_distinct(node.terms, prefixed(field, piece.stem));
  const std::string_view spelling = text_.substr(piece.begin, piece.end - piece.begin);
  for (const std::string& language : languages_) {
    for (const std::string_view form : {spelling, std::string_view(piece.term)}) {
      const std::string_view stem = analyzer_.stem(form, language);
      if (!stem.empty()) add_distinct(node.terms, prefixed(field, stem));
    }
  }
  add_distinct(node.terms, prefixed(field, piece.term));
  node.is_stop_word = is_stop_word_here(piece);
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
  std::string_view rest = text_.substr(lexeme.inner_begin, lexeme.inner_end - lexeme.inner_begin);
  const bool is_list = lexeme.kind == LexemeKind::words;
  while (!rest.empty()) {
    const std::size_t comma = is_list ? std::min(rest.find(','), rest.size()) : rest.size();
    const std::string value = fold(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (!value.empty() && take_word(lexeme.begin))
      add_distinct(node.terms, label_term(field, value));
  }
  if (node.terms.empty()) return {};
  return {std::move(node)};
}

}  // namespace broadsheet::server
