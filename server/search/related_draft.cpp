// A draft becomes an article without number, so that links are found as for any other; what only a
// draft can be asked is added to them.
#include "server/search/related_draft.h"

#include <algorithm>
#include <unordered_set>

#include "schema/language.h"
#include "server/search/draft_text.h"
#include "server/search/related.h"
#include "server/search/related_anchors.h"
#include "server/search/related_cover.h"
#include "server/search/related_shingles.h"

namespace broadsheet::server {
namespace {

// Enough for a language to be told, or for its words to be counted.
constexpr std::size_t kTellingBytes = 4096;
// Further languages of an archive have too few articles to be what a short draft is in.
constexpr std::size_t kMostLanguages = 5;

// How many of a text's words, read in a language, articles hold.
std::size_t known_words(std::string_view text,
                        const std::string& language,
                        ReadSession& session,
                        TextAnalyzer& analyzer) {
  WordRarity rarity(session.index);
  std::unordered_set<std::uint32_t> known;
  analyzer.analyze(text, language, [&](const Token& token) {
    const bool counts = !is_stop_word(token.term, language);
    if (counts && rarity.articles_with(token.stem) > 0) known.insert(token.stem_word);
  });
  return known.size();
}

std::string language_of(std::string_view text, ReadSession& session, TextAnalyzer& analyzer) {
  const std::string_view beginning = text.substr(0, kTellingBytes);
  const std::vector<std::string>& languages = session.index.languages();
  std::string detected = detect_language(beginning).code;
  if (!detected.empty()) return detected;
  std::string best;
  std::size_t most = 0;
  for (std::size_t i = 0; i < std::min(languages.size(), kMostLanguages); ++i) {
    const std::size_t known = known_words(beginning, languages[i], session, analyzer);
    if (i > 0 && known <= most) continue;
    best = languages[i];
    most = known;
  }
  return best;
}

}  // namespace

Result<RelatedResponse> find_related_to_draft(ReadSession& session,
                                              TextAnalyzer& analyzer,
                                              const Draft& draft,
                                              const RelatedRequest& request) {
  const DraftText text(draft.text);
  StoredArticle subject;
  subject.article.title = draft.title;
  subject.article.body = text.plain().substr(0, kMaxComparedBytes);
  subject.article.language =
      language_of(text.plain().empty() ? draft.title : text.plain(), session, analyzer);
  RelatedRequest wanted = request;
  wanted.keep_bodies = true;
  auto found = find_related(session, analyzer, subject, wanted);
  if (!found) return found;

  const DraftCover cover(text, analyzer);
  for (RelatedLink& link : found->links) {
    std::string& body = link.article.article.body;
    // What shares few words with the draft cannot hold much of it.
    if (link.likeness >= kMinCopyCosine) link.covered = cover.compare(body, link.passages);
    if (!request.keep_bodies) body.clear();
  }
  if (request.wants_anchors) {
    WordRarity rarity(session.index);
    found->anchors = find_anchors(text, subject.article.language, found->links, analyzer, rarity);
  }
  if (text.plain().size() > kMaxComparedBytes || text.is_cut())
    found->steps.emplace_back("only the first 64 kB of the text were read");
  return found;
}

}  // namespace broadsheet::server
