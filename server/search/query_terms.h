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
             TextAnalyzer& analyzer);

  // The nodes of LexemeKind::words or ::phrase: none when it holds no word; several loose ones for
  // words that punctuation keeps apart.
  [[nodiscard]] std::vector<QueryNode> read(const Lexeme& lexeme, Field field);

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
  bool take_word(std::uint32_t position);
  [[nodiscard]] std::string_view between(const Piece& left, const Piece& right) const;
  [[nodiscard]] bool are_joined(const Piece& left, const Piece& right) const;
  [[nodiscard]] bool is_stop_word_here(const Piece& piece) const;
  QueryNode word_node(const Piece& piece, Field field);
  QueryNode phrase_node(const Piece* first, const Piece* last, Field field);
  std::vector<QueryNode> label_nodes(const Lexeme& lexeme, Field field);

  std::string_view text_;
  std::vector<std::string> languages_;  // at least one
  std::string stop_language_;           // the first with a list: what most articles are written in
  TextAnalyzer& analyzer_;
  bool has_lower_case_ = false;
  std::size_t words_ = 0;
  bool is_full_ = false;
  std::uint32_t full_at_ = 0;
};

}  // namespace broadsheet::server
