// The one sentence to stand under a headline: it must say more than the headline does.
#pragma once

#include <string>
#include <string_view>

#include "schema/article.h"
#include "schema/text.h"

namespace broadsheet::server {

// The first sentence of the stored summary, else the sentence near the beginning of the body that
// holds most of the headline's words, unless what is found repeats the headline. Empty when nothing
// is left. The article comes with its body.
[[nodiscard]] std::string sentence_beside_title(const Article& article, TextAnalyzer& analyzer);

// Whether a sentence has words, stop words aside, that the title lacks: two at least, and a quarter
// of its own.
[[nodiscard]] bool says_more(std::string_view sentence,
                             std::string_view title,
                             std::string_view language,
                             TextAnalyzer& analyzer);

}  // namespace broadsheet::server
