// Where sentences of news end: by punctuation, with an eye on abbreviations, initials and numbers.
// Good enough to cut snippets with, and fast enough to be asked for each of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace broadsheet::server {

// The end of a sentence: after its punctuation and closing quotes, and where the next one begins.
struct SentenceEnd {
  std::size_t end = 0;
  std::size_t next = 0;
};

// The sentence end whose punctuation (or blank line) is at byte `at`; none elsewhere.
[[nodiscard]] std::optional<SentenceEnd> sentence_end_at(std::string_view text, std::size_t at);

// The beginning, from `floor` on, of the sentence in which `at` lies; none when it begins earlier.
[[nodiscard]] std::optional<std::size_t> sentence_begin(std::string_view text,
                                                        std::size_t at,
                                                        std::size_t floor);

// The first sentence end from `at` to `ceiling`, the end of the text being one.
[[nodiscard]] std::optional<std::size_t> first_sentence_end(std::string_view text,
                                                            std::size_t at,
                                                            std::size_t ceiling);

// The last sentence end from `at` to `ceiling`, the end of the text being one.
[[nodiscard]] std::optional<std::size_t> last_sentence_end(std::string_view text,
                                                           std::size_t at,
                                                           std::size_t ceiling);

// The byte after `chars` more code points, at most the end of the text; and before as many, at
// least 0.
[[nodiscard]] std::size_t forward(std::string_view text, std::size_t at, std::size_t chars);
[[nodiscard]] std::size_t backward(std::string_view text, std::size_t at, std::size_t chars);
[[nodiscard]] std::size_t count_chars(std::string_view text);

// Whether a text may be cut before byte `at` without cutting through a word.
[[nodiscard]] bool is_between_words(std::string_view text, std::size_t at);

}  // namespace broadsheet::server
