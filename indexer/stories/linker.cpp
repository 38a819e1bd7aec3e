// The plot of linking one batch. Rarely used memory (counts of words, keys of shingles) is written
// many articles at once and read again from the articles' own rows.
#include "indexer/stories/linker.h"

#include <algorithm>
#include <string>
#include <utility>

#include "indexer/stories/duplicate_groups.h"

namespace broadsheet::indexer {
namespace {

// Words of one article that are compared and remembered.
constexpr std::size_t kArticleWords = 120;
// The tables are written when so many articles, or this share of all, are not in them: what they
// cost spreads over many articles, and little is read again at the start.
constexpr std::int64_t kMostUnsettled = 2000;
constexpr std::int64_t kUnsettledShare = 16;

// What tells whether an article is visible, when it was published, where it is linked; last its
// text, which is read only when it is looked at.
constexpr std::string_view kSelectText =
    "SELECT a.status, a.embargoed_until, a.expires, s.blocked, a.published, a.story_id, "
    "a.duplicate_group, a.language, a.title, t.body FROM article a "
    "LEFT JOIN source s ON s.source_id = a.source_id "
    "JOIN article_text t ON t.article_id = a.article_id WHERE a.article_id = ?1";

}  // namespace

// One article to be linked, or taken out.
struct Linker::Work {
  ArticleId article_id = 0;
  std::optional<std::int64_t> published;
  bool is_visible = false;
  ArticleFeatures features;
  std::optional<LinkRow> before;
  Membership membership;
  WordVector words;
};

void Linker::note(ArticleId article_id, std::optional<ArticleFeatures> features) {
  noted_.insert_or_assign(article_id, std::move(features));
}

Result<void> Linker::load() {
  if (words_) return {};
  auto words = read_word_counts(catalog_);
  if (!words) return pass_on(words.error());
  words_ = *std::move(words);
  newest_ = words_->counted_to;
  unsettled_ = 0;
  return load_recent();
}

Result<void> Linker::load_recent() {
  auto select = catalog_.statement(
      "SELECT article_id, shingles, words FROM article_link WHERE article_id > ?1 "
      "ORDER BY article_id");
  if (!select) return pass_on(select.error());
  (*select)->bind(1, words_->counted_to);
  return (*select)->for_each_row([&]() -> Result<void> {
    newest_ = (*select)->integer(0);
    shingles_.add_recent(newest_, fingerprint_from((*select)->blob(1)));
    words_->counts.count(word_vector_from((*select)->blob(2)));
    ++unsettled_;
    return {};
  });
}

Result<Linker::Work> Linker::work_for(ArticleId article_id, std::int64_t now) {
  Work work;
  work.article_id = article_id;
  std::optional<ArticleFeatures> features;
  if (const auto noted = noted_.find(article_id); noted != noted_.end())
    features = std::move(noted->second);
  auto select = catalog_.statement(kSelectText);
  if (!select) return pass_on(select.error());
  const sqlite::Statement& row = **select;
  const sqlite::StatementReset reset(**select);
  auto found = (*select)->bind(1, article_id).step();
  if (!found) return pass_on(found.error());
  if (!*found) return work;
  Article article;
  article.status = static_cast<Status>(row.integer(0));
  article.embargoed_until = row.optional_integer(1);
  article.expires = row.optional_integer(2);
  article.source.blocked = row.integer(3) != 0;
  work.published = row.optional_integer(4);
  work.is_visible = is_visible(article, now);
  work.membership = {row.integer(5), row.integer(6)};
  if (!work.is_visible) return work;
  if (!features) {
    article.language = row.text(7);
    article.title = row.text(8);
    article.body = row.text(9);
    features = maker_.make(article);
  }
  work.features = *std::move(features);
  return work;
}

Result<std::vector<Linker::Work>> Linker::gather(std::vector<ArticleId> ids, std::int64_t now) {
  for (const ArticleId article_id : ids) {
    if (auto done = remove_due(catalog_, article_id); !done) return pass_on(done.error());
  }
  for (const auto& [article_id, features] : noted_)
    ids.push_back(article_id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<Work> all;
  for (const ArticleId article_id : ids) {
    auto work = work_for(article_id, now);
    if (!work) return pass_on(work.error());
    auto before = read_link(catalog_, article_id);
    if (!before) return pass_on(before.error());
    work->before = *std::move(before);
    all.push_back(*std::move(work));
  }
  noted_.clear();
  return all;
}

Result<void> Linker::link(std::int64_t now, std::int64_t most_due, ChangeNumbers numbers) {
  auto due = first_due(catalog_, most_due);
  if (!due) return pass_on(due.error());
  if (due->empty() && noted_.empty()) return {};
  if (auto done = load(); !done) return done;
  auto all = gather(*std::move(due), now);
  if (!all) return pass_on(all.error());
  // Counted before any is weighed: in the first batch of an archive every word would be rare.
  for (const Work& work : *all) {
    if (!work.is_visible || work.before) continue;
    words_->counts.count(work.features.words);
    ++unsettled_;
  }
  for (Work& work : *all)
    work.words = words_->counts.weighed(work.features.words, kArticleWords);
  // Undated ones first: they found stories where dated ones look, too.
  std::stable_sort(all->begin(), all->end(), [](const Work& a, const Work& b) {
    return a.published.value_or(INT64_MIN) < b.published.value_or(INT64_MIN);
  });
  for (Work& work : *all) {
    if (auto done = link_one(work, numbers); !done) return done;
  }
  if (auto done = stories_.finish(changes_); !done) return done;
  return settle_when_due();
}

Result<void> Linker::unlink(const LinkRow& row, std::int64_t story, ChangeNumbers numbers) {
  if (auto done = shingles_.remove(row.article_id, row.fingerprint); !done) return done;
  if (auto done = stories_.leave(row, story, numbers); !done) return done;
  return remove_link(catalog_, row.article_id);
}

Result<void> Linker::link_one(Work& work, ChangeNumbers numbers) {
  DuplicateGroups groups(catalog_, numbers);
  if (work.before) {
    if (auto done = unlink(*work.before, work.membership.story, numbers); !done) return done;
  }
  if (!work.is_visible) return groups.leave(work.article_id, work.membership.duplicate_group);
  auto duplicates = shingles_.duplicates_of(work.article_id, work.features.fingerprint);
  if (!duplicates) return pass_on(duplicates.error());
  auto placed = groups.place(work.article_id, work.membership.duplicate_group, *duplicates);
  if (!placed) return placed;
  const bool was_with_others = work.before && !work.before->shelf;
  auto shelf = stories_.link({work.article_id, work.published, work.words},
                             was_with_others ? work.membership.story : 0,
                             numbers);
  if (!shelf) return pass_on(shelf.error());
  return remember(work, {work.article_id, *shelf, work.features.fingerprint, work.words});
}

Result<void> Linker::remember(const Work& work, LinkRow row) {
  if (auto done = write_link(catalog_, row); !done) return done;
  if (work.article_id <= words_->counted_to) {
    return shingles_.add_settled(work.article_id, row.fingerprint);
  }
  newest_ = std::max(newest_, work.article_id);
  shingles_.add_recent(work.article_id, std::move(row.fingerprint));
  return {};
}

Result<void> Linker::settle_when_due() {
  const std::int64_t most = std::min(kMostUnsettled, words_->counts.articles() / kUnsettledShare);
  if (unsettled_ <= most) return {};
  words_->counted_to = newest_;
  if (auto done = write_word_counts(catalog_, *words_); !done) return done;
  unsettled_ = 0;
  return shingles_.settle();
}

std::vector<StoryChange> Linker::take_changes() {
  return std::exchange(changes_, {});
}

void Linker::trim() {
  stories_.trim();
}

void Linker::forget() {
  words_.reset();
  shingles_.forget();
  stories_.forget();
  noted_.clear();
  changes_.clear();
}

}  // namespace broadsheet::indexer
