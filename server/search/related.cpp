// The plot of a question for links. Method and numbers: candidates by the subject's strongest
// words, a second look at the best hundred, then time, copies and variety; every step was compared
// on articles about the same events, and each is in a file of its own.
#include "server/search/related.h"

#include <algorithm>

#include "server/search/related_mix.h"
#include "server/search/related_pick.h"
#include "server/search/related_reasons.h"
#include "server/search/related_subject.h"
#include "server/search/related_threshold.h"

namespace broadsheet::server {
namespace {

// Nine in ten articles of the same event are among the first hundred.
constexpr std::size_t kCandidates = 100;
// A restricted question throws candidates away, so it starts with more.
constexpr std::size_t kRestrictedCandidates = 300;
// Whose words are compared and whose texts are read, in multiples of what is shown: enough for
// copies and withdrawn articles to fall out, and little beyond, for this is most of the time.
constexpr std::size_t kComparedFactor = 4;
constexpr std::size_t kMinCompared = 40;
constexpr std::size_t kReadFactor = 2;
constexpr std::size_t kMinRead = 25;
constexpr std::size_t kMostSpare = 200;

std::optional<std::int64_t> time_of(const RelatedSubject& subject, const RelatedRequest& request) {
  if (subject.article.published) return subject.article.published->seconds;
  // A draft is being written now.
  if (subject.doc_id == 0 && request.now != 0) return request.now;
  return std::nullopt;
}

class Finder {
 public:
  Finder(ReadSession& session,
         TextAnalyzer& analyzer,
         const RelatedSubject& subject,
         const RelatedRequest& request)
      : session_(session),
        analyzer_(analyzer),
        stored_(subject),
        request_(request),
        rarity_(session.index),
        subject_(read_subject(subject, analyzer, rarity_)),
        needed_(needed_likeness(subject_.words.size(), session.index.stats().articles)),
        time_(time_of(subject, request)) {}

  Result<RelatedResponse> run() {
    RelatedResponse response;
    response.index = {session_.index.generation(), session_.index.applied_seq()};
    if (auto found = find_candidates(); !found) return pass_on(found.error());
    if (!is_late()) {
      if (auto read = read_texts(); !read) return pass_on(read.error());
      if (auto added = add_pinned(); !added) return pass_on(added.error());
    }
    if (is_late()) {
      response.short_reason = "the time for this passed";
      return response;
    }
    const Article dated = dated_subject();
    const Picks picks =
        pick_links(candidates_,
                   subject_,
                   {.limit = limit(),
                    .collapse = wants_copies() ? Collapse::none : request_.collapse,
                    .relation = [&](const Candidate& c) { return relation_of(c, subject_, dated); },
                    .wanted = request_.relations,
                    .shows_copies_of_subject = stored_.doc_id == 0},
                   analyzer_);
    tell_steps(picks, response.steps);
    for (const PickedLink& pick : picks.links)
      response.links.push_back(make_link(pick, dated));
    if (response.links.size() < limit()) response.short_reason = why_short(picks);
    return response;
  }

 private:
  Result<void> find_candidates() {
    std::vector<WeightedTerm> terms;
    for (const SubjectWord& word : subject_.words) {
      terms.push_back({word.stem, word_weight(word.occurrences, word.is_in_title)});
    }
    const std::size_t enough = std::max(kCandidates, kComparedFactor * limit()) + spare();
    auto found =
        session_.index.run_bag(terms,
                               is_restricted() ? std::max(enough, kRestrictedCandidates) : enough,
                               window(),
                               request_.deadline);
    if (!found) return pass_on(found.error());
    for (const FoundDoc& each : *found) {
      if (each.doc == stored_.doc_id) continue;
      Candidate candidate;
      candidate.doc = each.doc;
      candidate.bm25 = each.score;
      candidates_.push_back(std::move(candidate));
    }
    return compare_best();
  }

  [[nodiscard]] bool is_late() const {
    return request_.deadline != Deadline::Clock::time_point::max() &&
           Deadline::Clock::now() >= request_.deadline;
  }

  [[nodiscard]] std::size_t limit() const { return static_cast<std::size_t>(request_.limit); }

  // Who asks for copies gets them.
  [[nodiscard]] bool wants_copies() const {
    const auto& wanted = request_.relations;
    return std::find(wanted.begin(), wanted.end(), Relation::duplicate) != wanted.end();
  }

  // Whether candidates fall out for what the client asked.
  [[nodiscard]] bool is_restricted() const { return !request_.relations.empty(); }

  // How many more are compared and read because some are known to fall out.
  [[nodiscard]] std::size_t spare() const {
    return std::min(kMostSpare, request_.exclude.size() + request_.rules.blocked.size());
  }

  // Compares the words of the best candidates with the subject's; the others are dropped.
  Result<void> compare_best() {
    const double top = candidates_.empty() ? 1 : candidates_.front().bm25;
    for (Candidate& candidate : candidates_) {
      candidate.bm25 /= top;
      const auto days = days_between(time_, rough_time_of(candidate.doc));
      candidate.score = candidate.bm25 * time_factor(days);
    }
    if (!is_restricted()) keep_best(std::max(kMinCompared, kComparedFactor * limit()) + spare());
    for (Candidate& candidate : candidates_) {
      if (is_late()) return {};
      if (auto done = weigh(candidate, subject_, time_, session_.index, rarity_); !done) {
        return pass_on(done.error());
      }
    }
    std::erase_if(candidates_, [&](const Candidate& c) { return c.cosine < needed_.least; });
    return {};
  }

  void keep_best(std::size_t count) {
    std::sort(candidates_.begin(), candidates_.end(), is_better);
    if (candidates_.size() > count) candidates_.resize(count);
  }

  TimeWindow window() const {
    TimeWindow window;
    if (request_.max_age_days) {
      const auto seconds = static_cast<std::int64_t>(*request_.max_age_days * kSecondsADay);
      window.from = request_.now - seconds;
    }
    return window;
  }

  // Reads the best candidates from the catalog and gives them their final score.
  Result<void> read_texts() {
    keep_best(is_restricted() ? candidates_.size()
                              : std::max(kMinRead, kReadFactor * limit()) + spare());
    std::vector<DocId> docs;
    for (const Candidate& candidate : candidates_)
      docs.push_back(candidate.doc);
    auto articles = session_.catalog.articles_by_doc(docs);
    if (!articles) return pass_on(articles.error());
    // Both are in the same order; numbers without a row are missing on one side.
    auto article = articles->begin();
    for (Candidate& candidate : candidates_) {
      if (article == articles->end()) break;
      if (article->doc_id == candidate.doc) candidate.article = std::move(*article++);
    }
    std::erase_if(candidates_, [&](const Candidate& c) { return !may_be_shown(c); });
    for (Candidate& candidate : candidates_)
      weigh_text(candidate, subject_, time_, analyzer_, rarity_);
    std::sort(candidates_.begin(), candidates_.end(), is_better);
    return {};
  }

  // Brings in what the desk has chosen, found by the words or not. What is gone, hidden or too old
  // for this request is left out without a word: its pin waits.
  Result<void> add_pinned() {
    for (const PinnedLink& pin : request_.rules.pins) {
      auto stored = session_.catalog.article_by_id(pin.id);
      if (!stored) return pass_on(stored.error());
      if (!*stored) continue;
      Candidate candidate;
      candidate.doc = (*stored)->doc_id;
      candidate.article = std::move(**stored);
      candidate.pin = &pin;
      if (!may_be_shown(candidate) || is_too_old(candidate)) continue;
      auto done = weigh(candidate, subject_, time_, session_.index, rarity_);
      if (!done) return pass_on(done.error());
      weigh_text(candidate, subject_, time_, analyzer_, rarity_);
      std::erase_if(candidates_, [&](const Candidate& c) { return c.doc == candidate.doc; });
      candidates_.push_back(std::move(candidate));
    }
    return {};
  }

  [[nodiscard]] bool is_too_old(const Candidate& candidate) const {
    if (!request_.max_age_days) return false;
    const auto& published = candidate.article.article.published;
    return !published || published->seconds < window().from;
  }

  static bool is_better(const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.doc < b.doc;
  }

  bool may_be_shown(const Candidate& candidate) const {
    const StoredArticle& stored = candidate.article;
    const auto holds = [&stored](const std::vector<std::string>& ids) {
      return std::find(ids.begin(), ids.end(), stored.article.id) != ids.end();
    };
    return stored.doc_id == candidate.doc && is_visible(stored.article, request_.clock) &&
           stored.article_id != stored_.article_id && !holds(request_.exclude) &&
           !holds(request_.rules.blocked);
  }

  // The subject's labels and time, as relations and reasons see them.
  Article dated_subject() const {
    Article dated;
    dated.published = stored_.article.published;
    if (!dated.published && time_) dated.published = Timestamp{.seconds = *time_};
    return dated;
  }

  RelatedLink make_link(const PickedLink& pick, const Article& dated) {
    Candidate& candidate = candidates_[pick.candidate];
    Reason reason = reason_for(candidate, subject_, pick.relation, dated, analyzer_);
    RelatedLink link;
    link.relation = pick.relation;
    link.why = std::move(reason.why);
    if (candidate.pin != nullptr) {
      link.pinned = true;
      const std::string& chosen_for = candidate.pin->reason;
      link.why = "Chosen by the desk" + (chosen_for.empty() ? "" : ": " + chosen_for);
    }
    link.terms = std::move(reason.terms);
    link.score = candidate.score;
    link.likeness = candidate.cosine;
    link.article = std::move(candidate.article);
    if (!request_.keep_bodies) link.article.article.body.clear();
    return link;
  }

  // Told only where it mattered: a link is shown that a full article would not have got.
  void tell_steps(const Picks& picks, std::vector<std::string>& steps) const {
    const bool mattered =
        std::any_of(picks.links.begin(), picks.links.end(), [&](const PickedLink& pick) {
          const Candidate& candidate = candidates_[pick.candidate];
          return candidate.pin == nullptr && candidate.cosine < kMinCosine;
        });
    if (mattered) steps.push_back("less likeness was asked for, as " + needed_.relaxed_for);
  }

  std::string why_short(const Picks& picks) const {
    const std::uint64_t own = stored_.doc_id != 0 ? 1 : 0;
    if (session_.index.stats().articles <= own) return "the archive holds no other article";
    if (subject_.words.empty()) return no_words();
    if (picks.unwanted > 0) return "no more articles stand in the relation asked for";
    if (picks.folded > 0) return "the rest repeat an article already shown";
    if (request_.max_age_days) return "no more related articles are so new";
    return "no more articles in the archive are about this";
  }

  std::string no_words() const {
    return subject_.has_words ? "no other article of the archive holds a word of this text"
                              : "the text holds no words to go by";
  }

  ReadSession& session_;
  TextAnalyzer& analyzer_;
  const RelatedSubject& stored_;
  const RelatedRequest& request_;
  WordRarity rarity_;
  Subject subject_;
  Likeness needed_;
  std::optional<std::int64_t> time_;
  std::vector<Candidate> candidates_;
};

}  // namespace

Result<RelatedResponse> find_related(ReadSession& session,
                                     TextAnalyzer& analyzer,
                                     const RelatedSubject& subject,
                                     const RelatedRequest& request) {
  return Finder(session, analyzer, subject, request).run();
}

}  // namespace broadsheet::server
