// From the words of a query to the terms of the index, through the analysis that wrote the index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fields.h"
#include "schema/text.h"
#include "server/search/query_lexer.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// Makes the leaves of one query's tree, kMaxQueryWords words at most.
class QueryTerms {
 public:
  // All arguments are lent.
  QueryTerms(std::string_view text,
             const std::vector<std::string>& languages,
             TextAnalyzer& analyzer,
             QueryWarnings& warnings);

  // The nodes of LexemeKind::words, ::phrase or ::values: none when it holds no word; several loose
  // ones for words that punctuation keeps apart.
  [[nodiscard]] std::vector<QueryNode> read(const Lexeme& lexeme, Field field);

  // A word that nobody typed, in its exact form: not counted, and without a place in the text.
  [[nodiscard]] QueryNode word(std::string_view term);

  // Whether words were left out because there are too many, and where the first of them stands.
  [[nodiscard]] bool is_full() const { return is_full_; }

  [[nodiscard]] std::uint32_t full_at() const { return full_at_; }

 private:
  struct Piece {  // one token of the query
    std::string term;
    std::string stem;  // in the first language
    std::uint32_t position = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  std::vector<Piece> pieces_of(std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] std::vector<std::size_t> votes_for(const std::vector<std::string>& languages);
  void choose_stop_language();
  [[nodiscard]] bool is_stop_word_here(std::string_view term) const;
  bool take_word(std::uint32_t position);
  [[nodiscard]] std::string_view between(const Piece& left, const Piece& right) const;
  [[nodiscard]] bool are_joined(const Piece& left, const Piece& right) const;
  QueryNode word_node(const Piece& piece, Field field);
  QueryNode word_node(const Piece& piece, std::string_view spelling, Field field);
  QueryNode phrase_node(const Piece* first, const Piece* last, Field field);
  void make_wildcard(std::vector<QueryNode>& nodes, const Lexeme& lexeme);
  std::vector<QueryNode> label_nodes(const Lexeme& lexeme, Field field);

  std::string_view text_;
  std::vector<std::string> languages_;  // at least one
  // Whose stop words are left out: of the languages with a list the one that most of the query's
  // words speak for, else the first, which most articles are written in. And those for which as
  // many speak, since what matters in one of them is kept.
  std::string stop_language_;
  std::vector<std::string> rivals_;
  TextAnalyzer& analyzer_;
  QueryWarnings& warnings_;
  bool has_lower_case_ = false;
  std::size_t words_ = 0;
  bool is_full_ = false;
  std::uint32_t full_at_ = 0;
};

}  // namespace broadsheet::server
