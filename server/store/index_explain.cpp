// Explaining a score: the same scorers that rank, asked for one article. What it fails is found by
// asking each part of the plan by itself.
#include <algorithm>
#include <functional>

#include "server/store/admission.h"
#include "server/store/article_score.h"
#include "server/store/index_reader.h"
#include "server/store/score_factor.h"

namespace broadsheet::server {
namespace {

using EachWord = std::function<void(const QueryNode&)>;

void for_each_word(const QueryNode& node, Reading reading, const EachWord& each) {
  if (node.kind == NodeKind::word) return each(node);
  for (const QueryNode& word : node.words)
    each(word);
  for (const QueryNode& operand : node.operands)
    for_each_word(operand, reading, each);
  if (node.kind != NodeKind::group) return;
  for (const QueryNode* child : children_of(node, reading)) {
    if (occur_of(*child, reading) != Occur::excluded) for_each_word(*child, reading, each);
  }
}

// One article of one part under one plan.
class Explaining {
 public:
  Explaining(const RunRequest& request,
             const QueryNode& root,
             Reading reading,
             const CompileContext& context,
             DocId doc)
      : request_(request),
        root_(root),
        reading_(reading),
        context_(context),
        doc_(doc),
        deadline_(request.deadline) {}

  Explained run(const MatchLimits& limits) {
    CompiledQuery query = compile(root_, request_.filters, reading_, Shape::cursors, context_);
    Admission admission(context_.part, limits);
    explained_.is_in_window = admission.admits(doc_);
    explained_.is_match = explained_.is_in_window && is_match();
    sort_by_bound(query.words);
    for (auto word = query.words.rbegin(); word != query.words.rend(); ++word)
      add_share(*word);
    std::stable_sort(explained_.words.begin(),
                     explained_.words.end(),
                     [](const WordShare& a, const WordShare& b) { return a.score > b.score; });
    for_each_word(root_, reading_, [&](const QueryNode& word) {
      if (!holds(word)) explained_.missing.push_back(&word);
    });
    add_failed();
    ScoreFactor factor(context_.part, limits);
    explained_.recency = factor.recency(doc_, admission.published(doc_));
    explained_.source_weight = factor.source_weight(doc_);
    return std::move(explained_);
  }

 private:
  bool is_match() {
    const CompiledQuery query =
        compile(root_, request_.filters, reading_, Shape::matches_only, context_);
    return stands_on_it(*query.matches);
  }

  bool stands_on_it(Cursor& matches) {
    matches.skip_to(doc_);
    return matches.doc() == doc_ && matches.matches(deadline_);
  }

  // Whether the article is a match of this node alone.
  bool holds(const QueryNode& node) {
    QueryNode alone;
    alone.children.push_back(node);
    alone.children.front().occur = Occur::required;
    return stands_on_it(*compile(alone, {}, reading_, Shape::matches_only, context_).matches);
  }

  // The terms of one word, its stems in several languages, are one share.
  void add_share(const Scorer& scorer) {
    scorer.cursor->rewind();  // it stands where the plan's first match may be
    const double score = score_of(scorer, doc_);
    if (score == 0) return;
    explained_.text_score += score;
    auto share = std::find_if(explained_.words.begin(),
                              explained_.words.end(),
                              [&](const WordShare& known) { return known.word == scorer.word; });
    if (share == explained_.words.end()) {
      share = explained_.words.insert(share, WordShare{.word = scorer.word});
      for (const std::string& term : terms_asked(*scorer.word, context_))
        share->articles += context_.articles_with(term);
    }
    const std::uint32_t occurrences = scorer.cursor->occurrences();
    share->score += score;
    share->title_score += score - scorer.weight.score(occurrences, scorer.cursor->article_length());
    share->occurrences += occurrences;
  }

  void add_failed() {
    const auto judge = [&](const QueryNode& node, Occur occur) {
      const bool fails =
          (occur == Occur::required && !holds(node)) || (occur == Occur::excluded && holds(node));
      if (fails) explained_.failed.push_back(&node);
    };
    for (const QueryNode* child : children_of(root_, reading_))
      judge(*child, occur_of(*child, reading_));
    for (const QueryNode& filter : request_.filters)
      judge(filter, occur_of(filter, reading_));
  }

  const RunRequest& request_;
  const QueryNode& root_;
  Reading reading_;
  const CompileContext& context_;
  DocId doc_;
  Deadline deadline_;
  Explained explained_;
};

}  // namespace

Result<std::optional<Explained>> IndexReader::explain(const RunRequest& request,
                                                      const QueryNode& root,
                                                      Reading reading,
                                                      DocId doc) {
  std::optional<Explained> explained;
  auto done = xapian_try([&] {
    const PartView* part = part_with(doc);
    if (part == nullptr) return;
    const CompileContext context = context_for(*part);
    explained = Explaining(request, root, reading, context, doc)
                    .run({.window = request.window,
                          .dates = request.dates,
                          .displacement = displacement_,
                          .recency = request.recency,
                          .score_labels = request.score_labels});
  });
  if (!done) return pass_on(done.error());
  return explained;
}

}  // namespace broadsheet::server
