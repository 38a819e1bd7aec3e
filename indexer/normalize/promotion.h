// Lines that are no part of an article: advertising, invitations to read on, subscribe or follow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::indexer {

// Whether a whole line is of a known shape of promotion. Long lines never are.
[[nodiscard]] bool is_promotion(std::string_view line);

// Drops such lines from a text of clean paragraphs and returns them, in their order; what is left
// is clean again.
std::vector<std::string> cut_promotion(std::string& paragraphs);

// Whether a body only holds the place of one: "Blah blah blah.", lorem ipsum, asterisks.
[[nodiscard]] bool is_placeholder(std::string_view body);

}  // namespace broadsheet::indexer
