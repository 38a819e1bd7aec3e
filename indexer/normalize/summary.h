// The one sentence that says what an article is about: the source's own, or one of its body.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// No summary is longer, in bytes.
inline constexpr std::size_t kMaxSummaryBytes = 320;

// The first sentence of what the source sent as summary that says more than the title does. Empty
// when there is none: it repeats the title, is the beginning of the body, or says only where to
// read on. All texts clean.
[[nodiscard]] std::string own_summary(std::string_view given,
                                      std::string_view title,
                                      std::string_view body);

// Whether a text is no more than a description of the article: the same as what the source sent as
// summary, or short and cut off at its end ("…", "[...]"). All texts clean.
[[nodiscard]] bool is_excerpt(std::string_view text, std::string_view given);

// The sentence near the beginning of the body that shares most with the title and with the rest,
// without its dateline. Empty when there is none fit to stand alone, or none but the title again.
// `language`: ISO 639-1, or empty. Thread-safe.
[[nodiscard]] std::string best_sentence(std::string_view title,
                                        std::string_view body,
                                        std::string_view language);

}  // namespace broadsheet::indexer
