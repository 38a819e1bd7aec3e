// Sentences of a body, one after the other.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace broadsheet::indexer {

// The sentences of a text of clean paragraphs, at most `most` of them: by their punctuation, with
// closing quotes, and at blank lines; a full stop after an abbreviation or an initial ends none.
// Line ends stay in them. What has no end (a heading, a caption) is a sentence as well.
[[nodiscard]] std::vector<std::string_view> split_sentences(std::string_view text,
                                                            std::size_t most);

// Whether a sentence ends as one does, with its mark and closing quotes behind it.
[[nodiscard]] bool ends_as_sentence(std::string_view sentence);

}  // namespace broadsheet::indexer
