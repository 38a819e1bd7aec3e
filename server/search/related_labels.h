// What kind of piece an article is by its labels and the form of its headline: news, a piece about
// the news, or one that explains what lies behind it.
#pragma once

#include <string_view>

#include "schema/article.h"

namespace broadsheet::server {

enum class PieceKind { news, analysis, explainer };

// Genre, section, kicker and tags are asked first, in the languages whose newsrooms we know the
// words of; then how the headline begins and ends ("Analysis: ...", "... | Opinion").
[[nodiscard]] PieceKind piece_kind(const Article& article);

// Whether a word is such a label, as it says nothing of what an article is about.
[[nodiscard]] bool is_piece_label(std::string_view written);

}  // namespace broadsheet::server
