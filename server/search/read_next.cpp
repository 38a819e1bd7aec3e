// Chooses among the related links, more of them than are shown. Each slot takes its share of the
// list first; what is left free goes to the best of the rest.
#include "server/search/read_next.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "server/search/one_sentence.h"
#include "server/search/related_labels.h"
#include "server/search/related_mix.h"
#include "server/search/related_reasons.h"

namespace broadsheet::server {
namespace {

// How many links there are to choose from for each that is shown: what the rules throw out has to
// be made up for.
constexpr int kPoolFactor = 5;
constexpr int kMostPool = 60;
// What a slot takes is at least so much as alike as the link most alike, however long ago it was:
// without it a slot costs two links in a hundred that should have been of the story.
constexpr double kStrongShare = 0.6;

std::optional<std::int64_t> time_of(const Article& article) {
  if (!article.published) return std::nullopt;
  return article.published->seconds;
}

bool is_of_story(const RelatedLink& link) {
  return link.relation == Relation::update || link.relation == Relation::same_story;
}

// The story's own reports are its latest unless they lie far back; other news of the last two weeks
// or later is of the beat; the rest lies behind the news.
ReadNextSlot slot_of(const RelatedLink& link, const Article& subject) {
  const auto days = days_between(time_of(subject), time_of(link.article.article));
  const bool lies_back = days && *days < -kSameStoryDays;
  if (is_of_story(link)) return lies_back ? ReadNextSlot::background : ReadNextSlot::latest;
  if (link.relation == Relation::analysis) return ReadNextSlot::background;
  if (piece_kind(link.article.article) == PieceKind::explainer) return ReadNextSlot::background;
  return !days || lies_back ? ReadNextSlot::background : ReadNextSlot::beat;
}

// Names are written large; of other scripts there is no telling.
bool is_name(std::string_view written) {
  return !written.empty() && written.front() >= 'A' && written.front() <= 'Z';
}

// What may stand above an item, best first: its own label, where it ran, what it is filed under,
// then the names that tie it to the article.
std::vector<std::string> labels_of(const RelatedLink& link) {
  const Article& article = link.article.article;
  std::vector<std::string> labels = {article.kicker, article.section};
  labels.insert(labels.end(), article.tags.begin(), article.tags.end());
  for (const SharedTerm& term : link.terms) {
    if (is_name(term.term)) labels.push_back(term.term);
  }
  std::erase_if(labels, [](const std::string& label) { return label.empty(); });
  return labels;
}

class Chooser {
 public:
  Chooser(std::vector<RelatedLink> links, const Article& subject, std::size_t limit)
      : links_(std::move(links)),
        limit_(limit),
        is_free_(links_.size(), true),
        labels_(links_.size()) {
    for (const RelatedLink& link : links_) {
      slots_.push_back(slot_of(link, subject));
      if (!link.pinned) most_alike_ = std::max(most_alike_, link.likeness);
    }
  }

  std::vector<ReadNextItem> run() {
    for (std::size_t i = 0; i < links_.size(); ++i) {
      if (links_[i].pinned && chosen_.size() < limit_) take(i);
    }
    take_latest();
    take_of(ReadNextSlot::background, share(ReadNextSlot::background));
    take_of(ReadNextSlot::beat, share(ReadNextSlot::beat));
    for (const OwnStory rule : {OwnStory::held, OwnStory::open}) {
      for (std::size_t i = 0; i < links_.size(); ++i)
        take_if_fit(i, rule);
    }
    return in_order();
  }

  // Whether something was left out for its kicker alone.
  [[nodiscard]] bool left_for_kicker() const { return left_for_kicker_; }

 private:
  enum class OwnStory { held, open };

  // Two in five are the latest and two lie behind, rounded up as long as they fit; the rest is
  // beat.
  [[nodiscard]] std::size_t share(ReadNextSlot slot) const {
    const std::size_t latest = (2 * limit_ + 4) / 5;
    const std::size_t background = std::min((2 * limit_ + 3) / 5, limit_ - latest);
    if (slot == ReadNextSlot::latest) return latest;
    return slot == ReadNextSlot::background ? background : limit_ - latest - background;
  }

  [[nodiscard]] std::size_t most_of_story() const { return (3 * limit_ + 4) / 5; }

  // The newest of the best, so that a weak link is no news for being recent.
  void take_latest() {
    std::vector<std::size_t> best;
    for (std::size_t i = 0; i < links_.size() && best.size() < 2 * share(ReadNextSlot::latest);
         ++i) {
      if (is_free_[i] && slots_[i] == ReadNextSlot::latest && is_strong(i)) best.push_back(i);
    }
    std::stable_sort(best.begin(), best.end(), [&](std::size_t a, std::size_t b) {
      return time_of(links_[a].article.article) > time_of(links_[b].article.article);
    });
    std::size_t taken = count_of(ReadNextSlot::latest);
    for (const std::size_t i : best) {
      if (taken < share(ReadNextSlot::latest) && take_if_fit(i, OwnStory::held)) ++taken;
    }
  }

  // A slot is no reason to show what has little to do with the article.
  [[nodiscard]] bool is_strong(std::size_t i) const {
    return links_[i].likeness >= kStrongShare * most_alike_;
  }

  void take_of(ReadNextSlot slot, std::size_t count) {
    std::size_t taken = count_of(slot);
    for (std::size_t i = 0; i < links_.size() && taken < count; ++i) {
      if (slots_[i] == slot && is_strong(i) && take_if_fit(i, OwnStory::held)) ++taken;
    }
  }

  [[nodiscard]] std::size_t count_of(ReadNextSlot slot) const {
    return static_cast<std::size_t>(std::count_if(
        chosen_.begin(), chosen_.end(), [&](std::size_t i) { return slots_[i] == slot; }));
  }

  bool take_if_fit(std::size_t i, OwnStory rule) {
    if (!is_free_[i] || chosen_.size() >= limit_) return false;
    const bool is_own = is_of_story(links_[i]);
    if (rule == OwnStory::held && is_own && of_story_ >= most_of_story()) return false;
    const std::int64_t story = links_[i].article.story_number;
    if (!is_own && story != 0 && other_stories_.contains(story)) return false;
    if (!free_label(links_[i])) {
      left_for_kicker_ = true;
      return false;
    }
    take(i);
    return true;
  }

  // The best label that does not stand above too many items already; an empty one where the article
  // has none at all.
  std::optional<std::string> free_label(const RelatedLink& link) {
    const std::vector<std::string> labels = labels_of(link);
    if (labels.empty()) return std::string();
    for (const std::string& label : labels) {
      if (kickers_[fold(label)] < kMostOfOneKicker) return label;
    }
    return std::nullopt;
  }

  void take(std::size_t i) {
    is_free_[i] = false;
    chosen_.push_back(i);
    labels_[i] = free_label(links_[i]).value_or(links_[i].article.article.kicker);
    ++kickers_[fold(labels_[i])];
    if (is_of_story(links_[i])) {
      ++of_story_;
    } else {
      other_stories_.insert(links_[i].article.story_number);
    }
  }

  // By slot, within a slot as they were taken; what is pinned keeps the place it had among the
  // links.
  std::vector<ReadNextItem> in_order() {
    std::stable_sort(chosen_.begin(), chosen_.end(), [&](std::size_t a, std::size_t b) {
      return slots_[a] < slots_[b];
    });
    const auto middle = std::stable_partition(
        chosen_.begin(), chosen_.end(), [&](std::size_t i) { return links_[i].pinned; });
    std::vector<std::size_t> pinned(chosen_.begin(), middle);
    chosen_.erase(chosen_.begin(), middle);
    std::sort(pinned.begin(), pinned.end());
    for (const std::size_t i : pinned) {
      const auto place = static_cast<std::ptrdiff_t>(std::min(i, chosen_.size()));
      chosen_.insert(chosen_.begin() + place, i);
    }
    std::vector<ReadNextItem> items;
    for (const std::size_t i : chosen_) {
      ReadNextItem item;
      item.slot = slots_[i];
      item.kicker = labels_[i];
      item.link = std::move(links_[i]);
      items.push_back(std::move(item));
    }
    return items;
  }

  std::vector<RelatedLink> links_;  // best first
  std::size_t limit_;
  std::vector<bool> is_free_;
  std::vector<std::string> labels_;  // of what is chosen
  std::vector<ReadNextSlot> slots_;
  std::vector<std::size_t> chosen_;
  std::unordered_map<std::string, std::size_t> kickers_;  // folded, with how often it is taken
  std::unordered_set<std::int64_t> other_stories_;        // that have their one item
  std::size_t of_story_ = 0;
  double most_alike_ = 0;
  bool left_for_kicker_ = false;
};

}  // namespace

Result<ReadNextResponse> find_read_next(ReadSession& session,
                                        TextAnalyzer& analyzer,
                                        const StoredArticle& article,
                                        const ReadNextRequest& request) {
  RelatedRequest wanted;
  wanted.limit = std::min(kPoolFactor * request.limit, kMostPool);
  wanted.exclude = request.exclude;
  wanted.rules = request.rules;
  wanted.keep_bodies = true;
  wanted.now = request.now;
  wanted.clock = request.clock;
  auto found = find_related(session, analyzer, article, wanted);
  if (!found) return pass_on(found.error());

  const auto limit = static_cast<std::size_t>(request.limit);
  Chooser chooser(std::move(found->links), article.article, limit);
  ReadNextResponse response;
  response.index = found->index;
  response.items = chooser.run();
  for (ReadNextItem& item : response.items) {
    Article& shown = item.link.article.article;
    item.summary = sentence_beside_title(shown, analyzer);
    shown.body.clear();
  }
  if (response.items.size() < limit) {
    response.short_reason = chooser.left_for_kicker()
                                ? "the rest stand under a kicker that is here twice already"
                                : found->short_reason;
  }
  return response;
}

}  // namespace broadsheet::server
