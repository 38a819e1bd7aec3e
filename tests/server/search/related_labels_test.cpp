// Which pieces are about the news and which explain it, by labels and the form of headlines.
#include "server/search/related_labels.h"

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

struct Row {
  std::string_view title;
  PieceKind kind;
};

TEST(PieceKind, is_told_by_the_headline) {
  for (const Row& row : {
           Row{"Opinion: a tariff helps nobody", PieceKind::analysis},
           Row{"ANALYSIS-What the vote means", PieceKind::analysis},
           Row{"What the vote means | Editorial", PieceKind::analysis},
           Row{"What the vote means \u2013 analysis", PieceKind::analysis},
           Row{"Explainer: who pays the tariff", PieceKind::explainer},
           Row{"FACTBOX-Cars sold abroad", PieceKind::explainer},
           Row{"What we know about the crash", PieceKind::explainer},
           Row{"Crash at sea: what we know", PieceKind::explainer},
           Row{"Opinion polls close", PieceKind::news},
           Row{"Court delivers opinion", PieceKind::news},
           Row{"Essays found in attic", PieceKind::news},
           Row{"", PieceKind::news},
       }) {
    Article article;
    article.title = row.title;
    EXPECT_EQ(piece_kind(article), row.kind) << row.title;
  }
}

TEST(PieceKind, is_told_by_labels_before_headlines) {
  Article article;
  article.title = "Analysis: the vote";
  article.genre = "Explainer";
  EXPECT_EQ(piece_kind(article), PieceKind::explainer);
  article = {};
  article.section = "Opinion";
  EXPECT_EQ(piece_kind(article), PieceKind::analysis);
  article = {};
  article.kicker = "P\u00e4\u00e4kirjoitus";
  EXPECT_EQ(piece_kind(article), PieceKind::analysis);
  article = {};
  article.tags = {"trade", "Commentary"};
  EXPECT_EQ(piece_kind(article), PieceKind::analysis);
  article.tags = {"trade"};
  EXPECT_EQ(piece_kind(article), PieceKind::news);
}

TEST(PieceKind, labels_say_nothing_of_the_matter) {
  EXPECT_TRUE(is_piece_label("Analysis"));
  EXPECT_FALSE(is_piece_label("tariff"));
  EXPECT_FALSE(is_piece_label(""));
}

}  // namespace
}  // namespace broadsheet::server
