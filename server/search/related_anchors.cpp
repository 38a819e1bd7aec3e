// A greedy choice: the strongest link takes the best span, and the next ones keep their distance.
#include "server/search/related_anchors.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_set>

#include "schema/url.h"
#include "server/search/related_shingles.h"

namespace broadsheet::server {
namespace {

// A longer span reads as a headline, not as a link.
constexpr std::size_t kLongestSpan = 5;

struct DraftWord {
  ByteRange place;
  std::uint32_t key = 0;  // of its stem
  std::uint32_t position = 0;
  float rarity = 0;
  bool is_stop = false;
  bool is_rare = false;
  bool is_name = false;  // written large in the middle of a sentence
};

// Words [first, last] of the draft.
struct Span {
  std::size_t first = 0;
  std::size_t last = 0;
  float weight = 0;
};

bool is_large(std::string_view written) {
  return !written.empty() && written.front() >= 'A' && written.front() <= 'Z';
}

std::vector<DraftWord> read_words(std::string_view text,
                                  std::string_view language,
                                  TextAnalyzer& analyzer,
                                  WordRarity& rarity) {
  std::vector<DraftWord> words;
  std::size_t before = 0;
  analyzer.analyze(text, language, [&](const Token& token) {
    DraftWord word;
    word.place = {token.begin, token.end};
    word.key = word_key(token.stem);
    word.position = token.position;
    word.is_stop = is_stop_word(token.term, language);
    word.rarity = word.is_stop ? 0 : rarity.of(token.stem);
    word.is_rare = !word.is_stop && rarity.tells_apart(word.rarity);
    const std::string_view between = text.substr(before, token.begin - before);
    const bool begins_sentence =
        words.empty() || between.find_first_of(".!?\n:") != std::string_view::npos;
    word.is_name = is_large(text.substr(token.begin, token.end - token.begin)) && !begins_sentence;
    before = token.end;
    words.push_back(word);
  });
  return words;
}

class Linker {
 public:
  Linker(const DraftText& draft,
         std::string_view language,
         TextAnalyzer& analyzer,
         WordRarity& rarity)
      : draft_(draft),
        analyzer_(analyzer),
        words_(read_words(draft.plain().substr(0, kMaxComparedBytes), language, analyzer, rarity)) {
    for (const DraftText::Link& link : draft.links())
      keep_existing(link);
  }

  std::vector<Anchor> run(const std::vector<RelatedLink>& links) {
    for (const RelatedLink& link : links) {
      const Article& article = link.article.article;
      const bool is_linked = !article.url.empty() && targets_.contains(canonical_url(article.url));
      // The draft itself, as it is stored already, is no target.
      if (is_linked || link.relation == Relation::duplicate) continue;
      if (const auto span = best_span(article)) place(*span, link);
    }
    std::sort(anchors_.begin(), anchors_.end(), [](const Anchor& a, const Anchor& b) {
      return a.span.start < b.span.start;
    });
    return std::move(anchors_);
  }

 private:
  void keep_existing(const DraftText::Link& link) {
    targets_.insert(canonical_url(link.href));
    Span span{words_.size(), 0};
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const bool is_inside =
          words_[i].place.end > link.plain.begin && words_[i].place.begin < link.plain.end;
      if (!is_inside) continue;
      span.first = std::min(span.first, i);
      span.last = i;
    }
    if (span.first < words_.size()) taken_.push_back(span);
  }

  // The best span that may be taken, the first mention of its words.
  std::optional<Span> best_span(const Article& article) {
    std::unordered_set<std::uint32_t> title;
    analyzer_.analyze(article.title, article.language, [&](const Token& token) {
      title.insert(word_key(token.stem));
    });
    std::optional<Span> best;
    std::set<std::vector<std::uint32_t>> mentioned;
    for (std::size_t first = 0; first < words_.size(); ++first) {
      const auto span = span_from(first, title);
      if (!span) continue;
      std::vector<std::uint32_t> keys;
      for (std::size_t i = span->first; i <= span->last; ++i)
        keys.push_back(words_[i].key);
      const bool is_first = mentioned.insert(std::move(keys)).second;
      first = span->last;
      if (!is_first || !is_free(*span)) continue;
      if (!best || span->weight > best->weight) best = span;
    }
    return best;
  }

  // The longest run of the title's words from here on that may be a link.
  [[nodiscard]] std::optional<Span> span_from(
      std::size_t first, const std::unordered_set<std::uint32_t>& title) const {
    if (words_[first].is_stop || !title.contains(words_[first].key)) return std::nullopt;
    Span span{first, first, 0};
    std::size_t telling = 0;
    for (std::size_t i = first; i < words_.size() && i < first + kLongestSpan; ++i) {
      const DraftWord& word = words_[i];
      if (i > first && !stands_beside(i)) break;
      if (!word.is_stop && !title.contains(word.key)) break;
      if (word.is_stop) continue;  // "talks on cars": inside, never at the end
      ++telling;
      span.last = i;
      span.weight += word.rarity;
    }
    const DraftWord& only = words_[first];
    if (telling >= 2) return span;
    return only.is_name && only.is_rare ? std::optional(span) : std::nullopt;
  }

  // Nothing but a blank or a hyphen before this word.
  [[nodiscard]] bool stands_beside(std::size_t i) const {
    const std::size_t begin = words_[i - 1].place.end;
    const std::size_t end = words_[i].place.begin;
    if (words_[i].position != words_[i - 1].position + 1 || end < begin) return false;
    const std::string_view between = draft_.plain().substr(begin, end - begin);
    return between.find_first_not_of(" -\n") == std::string_view::npos;
  }

  [[nodiscard]] bool is_free(const Span& span) const {
    if (!draft_.sent_range(bytes_of(span))) return false;
    return std::all_of(taken_.begin(), taken_.end(), [&](const Span& other) {
      return span.first >= other.last + kWordsPerAnchor ||
             other.first >= span.last + kWordsPerAnchor;
    });
  }

  [[nodiscard]] ByteRange bytes_of(const Span& span) const {
    return {words_[span.first].place.begin, words_[span.last].place.end};
  }

  void place(const Span& span, const RelatedLink& link) {
    const Article& article = link.article.article;
    const ByteRange bytes = bytes_of(span);
    Anchor anchor;
    anchor.span = draft_.sent_span(bytes);
    anchor.text = draft_.plain().substr(bytes.begin, bytes.end - bytes.begin);
    anchor.id = article.id;
    anchor.url = article.url;
    anchor.title = article.title;
    anchor.reason = link.why;
    anchors_.push_back(std::move(anchor));
    taken_.push_back(span);
  }

  const DraftText& draft_;
  TextAnalyzer& analyzer_;
  std::vector<DraftWord> words_;
  std::set<std::string> targets_;  // canonical URLs that the draft links to
  std::vector<Span> taken_;
  std::vector<Anchor> anchors_;
};

}  // namespace

std::vector<Anchor> find_anchors(const DraftText& draft,
                                 std::string_view language,
                                 const std::vector<RelatedLink>& links,
                                 TextAnalyzer& analyzer,
                                 WordRarity& rarity) {
  return Linker(draft, language, analyzer, rarity).run(links);
}

}  // namespace broadsheet::server
