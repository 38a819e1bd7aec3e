// Greedy choice. Texts are cut into runs only where two articles are alike enough to be copies, so
// most candidates are never read here.
#include "server/search/related_pick.h"

#include <algorithm>
#include <optional>

namespace broadsheet::server {
namespace {

// 1 would be the plain order. At 0.8 nothing measurable is lost and lists vary more.
constexpr double kRelevanceShare = 0.8;

// Copies share most of their words: below this their runs are not worth comparing. A guess on the
// safe side.
constexpr double kMinCopyCosine = 0.4;

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
    while (picks_.links.size() < options_.limit) {
      const auto best = take_best();
      if (!best) break;
      consider(*best);
    }
    return std::move(picks_);
  }

 private:
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
    const bool is_copy = copies_subject(index) || copies_a_link(index);
    if (is_copy && options_.collapse == Collapse::duplicate) {
      ++picks_.folded;
      return;
    }
    const Relation relation = is_copy ? Relation::duplicate : options_.relation(candidates_[index]);
    const auto& wanted = options_.wanted;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), relation) == wanted.end()) {
      ++picks_.unwanted;
      return;
    }
    picks_.links.push_back({index, relation});
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!is_open_[i]) continue;
      const double likeness = candidates_[i].text.cosine(candidates_[index].text);
      candidates_[i].nearest = std::max(candidates_[i].nearest, likeness);
    }
  }

  bool copies_subject(std::size_t index) {
    return candidates_[index].cosine >= kMinCopyCosine &&
           shingles_at(index).containment(subject_.shingles) >= kDuplicateContainment;
  }

  bool copies_a_link(std::size_t index) {
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
