// The most common spelling among a few dozen articles that hold a value, spread over all that do.
#include "server/search/facet_names.h"

#include <map>
#include <utility>

#include "schema/fields.h"
#include "schema/story.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kLookedAt = 32;
// Below so many articles one more may change the most common spelling at once.
constexpr std::uint64_t kFewArticles = 32;

// The most common of the labels that fold to `term`, the first in order among equals.
std::optional<WrittenLabel> most_common(Field field,
                                        const std::string& term,
                                        const std::vector<WrittenLabel>& labels) {
  std::map<std::string, std::size_t> counts;
  std::optional<WrittenLabel> best;
  for (const WrittenLabel& label : labels) {
    if (label_term(field, label.value) == term) ++counts[label.value];
  }
  std::size_t most = 0;
  for (const auto& [value, count] : counts) {
    if (count > most) best = WrittenLabel{value, {}};
    most = std::max(most, count);
  }
  for (const WrittenLabel& label : labels) {
    if (best && label.value == best->value) best->name = label.name;
  }
  return best;
}

// Of a living story.
Result<std::optional<WrittenLabel>> story_label(ReadSession& session, std::string_view folded) {
  auto story = session.catalog.story(std::string(folded));
  if (!story) return pass_on(story.error());
  const bool is_shown =
      *story && (*story)->merged_into.empty() && (*story)->size >= kLeastStoryArticles;
  if (!is_shown) return std::optional<WrittenLabel>();
  return std::optional(WrittenLabel{std::move((*story)->id), std::move((*story)->title)});
}

}  // namespace

bool FacetNames::holds(const Entry& entry, const ReadSession& session, std::uint64_t articles) {
  if (entry.generation != session.index.generation()) return false;
  if (entry.seq == session.index.applied_seq()) return true;
  const std::uint64_t change =
      articles > entry.articles ? articles - entry.articles : entry.articles - articles;
  return articles >= kFewArticles && change <= entry.articles / 4;
}

Result<std::optional<WrittenLabel>> FacetNames::spelling(ReadSession& session,
                                                         Field field,
                                                         std::string_view folded) {
  if (field == Field::site) return std::optional(WrittenLabel{std::string(folded), {}});
  if (field == Field::story) return story_label(session, folded);
  const std::string term = std::string(row_of(field).prefix).append(folded);
  const std::uint64_t articles = session.index.articles_with(term);
  {
    const std::scoped_lock lock(mutex_);
    const auto found = by_term_.find(term);
    if (found != by_term_.end() && holds(found->second, session, articles))
      return found->second.label;
  }
  const auto docs = session.index.some_with(term, kLookedAt);
  if (!docs) return pass_on(docs.error());
  const auto labels = session.catalog.labels(field, *docs);
  if (!labels) return pass_on(labels.error());
  auto label = most_common(field, term, *labels);
  // The catalog may have moved on since the index was written.
  if (!label && field != Field::source) label = WrittenLabel{std::string(folded), {}};
  const std::scoped_lock lock(mutex_);
  if (by_term_.size() >= kMostKept) by_term_.clear();
  by_term_[term] = {label, session.index.generation(), session.index.applied_seq(), articles};
  return label;
}

}  // namespace broadsheet::server
