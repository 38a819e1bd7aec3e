// Member by member, in the order of the article. What both say alike must leave the article as it
// is, to the byte: a feed tells of the same article at every poll.
#include "indexer/write/notice.h"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "schema/catalog.h"
#include "schema/time.h"
#include "schema/url.h"

namespace broadsheet::indexer {
namespace {

constexpr auto kErased = static_cast<std::int64_t>(Status::erased);

// Of a text or a list.
template <typename Member>
void take(Member& known, const Member& told) {
  if (!told.empty()) known = told;
}

template <typename Member>
void take(std::optional<Member>& known, const std::optional<Member>& told) {
  if (told) known = told;
}

// In its own zone or in UTC: who tells the day alone does not say which.
bool is_on_day(const Timestamp& time, const Timestamp& day) {
  const std::string date = format_timestamp(day);
  return format_timestamp(time).starts_with(date) || format_utc(time.seconds).starts_with(date);
}

// A day says nothing new of a time on it. Sitemaps often know the day alone.
void take_time(std::optional<Timestamp>& known, const std::optional<Timestamp>& told) {
  if (!told) return;
  const bool is_coarser =
      known && told->precision == Precision::day && known->precision != Precision::day;
  if (is_coarser && is_on_day(*known, *told)) return;
  known = told;
}

// An address that differs in its dress alone (tracking, http for https) is the same.
void take_url(std::string& known, const std::string& told) {
  if (known.empty() || canonical_url(known) != canonical_url(told)) take(known, told);
}

// Returns whether the text is now that of `told`.
bool take_body(Article& known, const Article& told) {
  if (told.body.size() <= known.body.size()) return false;
  known.body = told.body;
  return true;
}

void take_language(Article& known, const Article& told) {
  if (told.language.empty()) return;
  known.language = told.language;
  known.language_confidence = told.language_confidence;
}

// A language that was read from the text, or declared with it, is better than what a feed says of
// all its articles.
bool has_sure_language(const Article& article) {
  return !article.body.empty() && !article.language.empty() &&
         article.language_confidence.value_or(100) > 0;
}

// A description that is the beginning of the text is no summary beside it.
void take_summary(Article& known, const Article& told) {
  if (known.summary_from != SummaryOrigin::source) known.summary.clear();
  std::string_view begun = told.summary;
  if (begun.ends_with("\u2026")) begun.remove_suffix(3);
  const bool is_own = told.summary_from == SummaryOrigin::source;
  if (is_own && !known.body.starts_with(begun)) known.summary = told.summary;
  known.summary_from = known.summary.empty() ? SummaryOrigin::none : SummaryOrigin::source;
}

void take_kicker(Article& known, const Article& told) {
  if (known.kicker_from != KickerOrigin::source) known.kicker.clear();
  if (told.kicker_from == KickerOrigin::source) known.kicker = told.kicker;
  known.kicker_from = known.kicker.empty() ? KickerOrigin::none : KickerOrigin::source;
}

// Both are objects, written by the indexer.
void take_extra(std::string& known, const std::string& told) {
  if (known.empty() || told.empty() || known == told) return take(known, told);
  auto members = nlohmann::json::parse(known, nullptr, false);
  const auto more = nlohmann::json::parse(told, nullptr, false);
  if (!members.is_object() || !more.is_object()) return;
  bool has_news = false;
  for (const auto& [name, value] : more.items()) {
    // What a feed calls its item is no better name than the one that is known.
    if (name == "original_id" && members.contains(name)) continue;
    auto& member = members[name];
    has_news = has_news || member != value;
    member = value;
  }
  if (has_news) known = members.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Result<std::optional<Article>> article_as_sent(sqlite::Database& catalog, std::string_view id) {
  auto status = catalog.statement("SELECT source_status, status FROM article WHERE id = ?1");
  if (!status) return pass_on(status.error());
  const sqlite::StatementReset reset(**status);
  auto found = (*status)->bind(1, id).step();
  if (!found) return pass_on(found.error());
  if (!*found || (*status)->integer(1) == kErased) return std::optional<Article>();
  const auto sent = static_cast<Status>((*status)->integer(0));
  auto rows = catalog.statement("SELECT " + std::string(kArticleColumns) + " FROM " +
                                std::string(kArticleTables) + " WHERE a.id = ?1");
  if (!rows) return pass_on(rows.error());
  const sqlite::StatementReset rows_reset(**rows);
  auto row = (*rows)->bind(1, id).step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<Article>();
  Article article = read_stored_article(**rows).article;
  article.status = sent;
  return std::optional(std::move(article));
}

Article with_notice(Article known, const Article& told, const Notice& notice) {
  take_url(known.url, told.url);
  take(known.title, told.title);
  if (take_body(known, told) || !has_sure_language(known)) take_language(known, told);
  take_summary(known, told);
  take_time(known.published, told.published);
  take_time(known.updated, told.updated);
  if (!told.source.id.empty()) known.source = told.source;
  take(known.authors, told.authors);
  take(known.section, told.section);
  take_kicker(known, told);
  take(known.genre, told.genre);
  take(known.tags, told.tags);
  take(known.image, told.image);
  if (notice.has_status) known.status = told.status;
  take(known.embargoed_until, told.embargoed_until);
  take(known.expires, told.expires);
  take(known.correction, told.correction);
  if (told.access != Article().access) known.access = told.access;
  take(known.prompt, told.prompt);
  take_extra(known.extra, told.extra);
  return known;
}

}  // namespace broadsheet::indexer
