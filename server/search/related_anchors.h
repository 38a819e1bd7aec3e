// Which words of a draft may become links to which articles.
#pragma once

#include <string_view>
#include <vector>

#include "schema/text.h"
#include "server/search/draft_text.h"
#include "server/search/related_types.h"
#include "server/search/related_words.h"

namespace broadsheet::server {

// No more than one link in so many words of a draft, those it has already counted.
inline constexpr std::size_t kWordsPerAnchor = 100;

// Spans that name what a link's headline is about: words of the headline in a row, two at least or
// one rare name, where they are first mentioned. Links are tried in their order, each gets one span
// at most. What the draft links already, by words or by target, is left as it is; so are spans with
// a tag inside. In the order of the draft. `language`: the draft's.
[[nodiscard]] std::vector<Anchor> find_anchors(const DraftText& draft,
                                               std::string_view language,
                                               const std::vector<RelatedLink>& links,
                                               TextAnalyzer& analyzer,
                                               WordRarity& rarity);

}  // namespace broadsheet::server
