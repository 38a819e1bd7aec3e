// What kind of piece an article is by its labels and the form of its headline: news, a piece about
// the news, or one that explains what lies behind it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/article.h"

namespace broadsheet::server {

enum class PieceKind { news, analysis, explainer };

// Genre, section, kicker and tags are asked first, in the languages whose newsrooms we know the
// words of; then how the headline begins and ends ("Analysis: ...", "... | Opinion").
[[nodiscard]] PieceKind piece_kind(const Article& article);

// Whether a word is such a label, as it says nothing of what an article is about.
[[nodiscard]] bool is_piece_label(std::string_view written);

// The terms of genres that are read later, too: pieces about the news and behind it, features,
// interviews, profiles, reviews.
[[nodiscard]] const std::vector<std::string>& lasting_genre_terms();

}  // namespace broadsheet::server
