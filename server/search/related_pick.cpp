// Greedy choice. Texts are cut into runs only where two articles are alike enough to be copies, so
// most candidates are never read here.
#include "server/search/related_pick.h"

#include <algorithm>
#include <optional>

namespace broadsheet::server {
namespace {

// 1 would be the plain order. At 0.8 nothing measurable is lost and lists vary more.
constexpr double kRelevanceShare = 0.8;

class Picker {
 public:
  Picker(std::vector<Candidate>& candidates,
         const Subject& subject,
         const PickOptions& options,
         TextAnalyzer& analyzer)
      : candidates_(candidates),
        subject_(subject),
        options_(options),
        analyzer_(analyzer),
        shingles_(candidates.size()),
        is_open_(candidates.size(), true) {
    for (const Candidate& candidate : candidates_)
      top_ = std::max(top_, candidate.score);
  }

  Picks run() {
    take_pinned();
    const std::size_t pinned = picks_.links.size();
    while (picks_.links.size() < options_.limit) {
      const auto best = take_best();
      if (!best) break;
      consider(*best);
    }
    put_in_places(pinned);
    return std::move(picks_);
  }

 private:
  void take_pinned() {
    std::vector<std::size_t> pinned;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (candidates_[i].pin != nullptr) pinned.push_back(i);
    }
    std::stable_sort(pinned.begin(), pinned.end(), [&](std::size_t a, std::size_t b) {
      return candidates_[a].pin->position < candidates_[b].pin->position;
    });
    for (const std::size_t index : pinned) {
      is_open_[index] = false;
      const Relation relation =
          copies_subject(index) ? Relation::duplicate : options_.relation(candidates_[index]);
      if (picks_.links.size() < options_.limit && is_wanted(relation)) take(index, relation);
    }
  }

  // The first `pinned` links go where their pins say, the others keep their order around them.
  void put_in_places(std::size_t pinned) {
    std::vector<PickedLink>& links = picks_.links;
    const auto middle = links.begin() + static_cast<std::ptrdiff_t>(pinned);
    const std::vector<PickedLink> first(links.begin(), middle);
    links.erase(links.begin(), middle);
    std::size_t next = 0;  // of two for one place the second comes behind the first
    for (const PickedLink& link : first) {
      const auto wanted = static_cast<std::size_t>(candidates_[link.candidate].pin->position - 1);
      const std::size_t place = std::min(std::max(wanted, next), links.size());
      links.insert(links.begin() + static_cast<std::ptrdiff_t>(place), link);
      next = place + 1;
    }
  }

  [[nodiscard]] bool is_wanted(Relation relation) const {
    const auto& wanted = options_.wanted;
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), relation) != wanted.end();
  }

  std::optional<std::size_t> take_best() {
    std::optional<std::size_t> best;
    double best_value = 0;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!is_open_[i]) continue;
      const double value = kRelevanceShare * candidates_[i].score / top_ -
                           (1 - kRelevanceShare) * candidates_[i].nearest;
      if (best && value <= best_value) continue;
      best = i;
      best_value = value;
    }
    if (best) is_open_[*best] = false;
    return best;
  }

  void consider(std::size_t index) {
    const bool copies_it = copies_subject(index);
    const bool is_copy = copies_it || copies_a_link(index);
    const bool is_shown = copies_it && options_.shows_copies_of_subject && !copies_a_link(index);
    if (is_copy && !is_shown && options_.collapse == Collapse::duplicate) {
      ++picks_.folded;
      return;
    }
    const Relation relation = is_copy ? Relation::duplicate : options_.relation(candidates_[index]);
    if (is_wanted(relation)) {
      take(index, relation);
    } else {
      ++picks_.unwanted;
    }
  }

  void take(std::size_t index, Relation relation) {
    picks_.links.push_back({index, relation});
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!is_open_[i]) continue;
      const double likeness = candidates_[i].text.cosine(candidates_[index].text);
      candidates_[i].nearest = std::max(candidates_[i].nearest, likeness);
    }
  }

  // Groups were made when the articles came in, over the whole of their texts.
  static bool is_one_group(std::int64_t a, std::int64_t b) { return a != 0 && a == b; }

  [[nodiscard]] std::int64_t group_of(std::size_t index) const {
    return candidates_[index].article.duplicate_group;
  }

  bool copies_subject(std::size_t index) {
    if (is_one_group(group_of(index), subject_.duplicate_group)) return true;
    return candidates_[index].cosine >= kMinCopyCosine &&
           shingles_at(index).containment(subject_.shingles) >= kDuplicateContainment;
  }

  bool copies_a_link(std::size_t index) {
    const auto is_of_group = [&](const PickedLink& link) {
      return is_one_group(group_of(index), group_of(link.candidate));
    };
    if (std::any_of(picks_.links.begin(), picks_.links.end(), is_of_group)) return true;
    if (candidates_[index].nearest < kMinCopyCosine) return false;
    return std::any_of(picks_.links.begin(), picks_.links.end(), [&](const PickedLink& link) {
      const double likeness = candidates_[index].text.cosine(candidates_[link.candidate].text);
      return likeness >= kMinCopyCosine &&
             shingles_at(index).containment(shingles_at(link.candidate)) >= kDuplicateContainment;
    });
  }

  const Shingles& shingles_at(std::size_t index) {
    if (!shingles_[index]) {
      const Article& article = candidates_[index].article.article;
      shingles_[index] = shingles_of(article.title, article.body, analyzer_);
    }
    return *shingles_[index];
  }

  std::vector<Candidate>& candidates_;
  const Subject& subject_;
  const PickOptions& options_;
  TextAnalyzer& analyzer_;
  std::vector<std::optional<Shingles>> shingles_;  // cut when first needed
  std::vector<bool> is_open_;
  double top_ = 1e-9;
  Picks picks_;
};

}  // namespace

Picks pick_links(std::vector<Candidate>& candidates,
                 const Subject& subject,
                 const PickOptions& options,
                 TextAnalyzer& analyzer) {
  return Picker(candidates, subject, options, analyzer).run();
}

}  // namespace broadsheet::server
