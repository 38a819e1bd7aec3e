// Article to document. The hot loop of every load: a lookup in Xapian's term map per word is most
// of its cost, so stems are counted in an array first and added once each.
#include "indexer/write/document.h"

#include "schema/fields.h"

namespace broadsheet::indexer {
namespace {

void add_labels(Xapian::Document& document, const StoredArticle& stored) {
  const Article& article = stored.article;
  const auto add = [&](Field field, std::string_view value) {
    if (!value.empty()) document.add_boolean_term(label_term(field, value));
  };
  const auto add_all = [&](Field field, const std::vector<std::string>& values) {
    for (const std::string& value : values)
      add(field, value);
  };
  add(Field::source, article.source.id);
  add(Field::source, article.source.name);
  add(Field::section, article.section);
  add(Field::kicker, article.kicker);
  add(Field::genre, article.genre);
  add(Field::language, article.language);
  add_all(Field::site, sites_of(article.url));
  add(Field::id, article.id);
  add_all(Field::author, article.authors);
  add_all(Field::tag, article.tags);
  add_all(Field::access, article.access);
  if (!article.correction.empty()) add(Field::has, "correction");
  if (article.image) add(Field::has, "image");
  if (!article.summary.empty()) add(Field::has, "summary");
  document.add_boolean_term(std::string(row_of(Field::article_id).prefix) +
                            std::to_string(stored.article_id));
}

void add_number(Xapian::Document& document, Slot slot, std::int64_t number) {
  document.add_value(number_of(slot), Xapian::sortable_serialise(static_cast<double>(number)));
}

bool is_day(const std::optional<Timestamp>& time) {
  return time && time->precision == Precision::day;
}

void add_slots(Xapian::Document& document, const StoredArticle& stored) {
  const Article& article = stored.article;
  if (article.published) add_number(document, Slot::published, article.published->seconds);
  add_number(document, Slot::change_seq, stored.change_seq);
  if (article.updated) add_number(document, Slot::updated, article.updated->seconds);
  add_number(document, Slot::ingested, stored.ingested);
  const int days = (is_day(article.published) ? kPublishedIsDay : 0) |
                   (is_day(article.updated) ? kUpdatedIsDay : 0);
  if (days != 0) {
    document.add_value(number_of(Slot::whole_days), std::string(1, static_cast<char>(days)));
  }
}

void add_groups(Xapian::Document& document, const StoredArticle& stored) {
  if (!stored.story.empty()) document.add_boolean_term(label_term(Field::story, stored.story));
  if (stored.duplicate_group == 0) return;
  const auto group = static_cast<std::uint64_t>(stored.duplicate_group);
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>((group >> (8 * i)) & 0xffU);
  }
  document.add_value(number_of(Slot::duplicate), bytes);
  document.add_boolean_term(duplicate_term(group));
}

}  // namespace

void DocumentBuilder::count(std::vector<std::pair<std::uint32_t, std::string_view>>& seen,
                            const Token& token,
                            std::uint32_t times) {
  if (counts_.size() <= token.stem_word) counts_.resize(token.stem_word + 4096);
  if (counts_[token.stem_word] == 0) seen.emplace_back(token.stem_word, token.stem);
  counts_[token.stem_word] += times;
}

void DocumentBuilder::add_counted(Xapian::Document& document,
                                  std::vector<std::pair<std::uint32_t, std::string_view>>& seen,
                                  std::string_view prefix) {
  std::string term;
  for (const auto& [number, stem] : seen) {
    term.assign(prefix).append(stem);
    document.add_term(term, counts_[number]);
    counts_[number] = 0;
  }
}

std::uint32_t DocumentBuilder::add_postings(Xapian::Document& document,
                                            std::string_view text,
                                            std::string_view language,
                                            std::uint32_t base_position,
                                            std::uint32_t opening_words) {
  std::vector<std::pair<std::uint32_t, std::string_view>> stems;
  std::string term;
  std::uint32_t words = 0;
  std::uint32_t last_position = 0;
  const auto sink = [&](const Token& token) {
    const bool is_stem = token.stem_word == token.word;
    if (token.position != last_position) ++words;
    last_position = token.position;
    const std::uint32_t times = words <= opening_words ? kOpeningTimes : 1;
    term.assign(token.term);
    document.add_posting(term, base_position + token.position, is_stem ? times : 0);
    if (!is_stem) count(stems, token, times);
  };
  const std::uint32_t last = base_position + analyzer_.analyze(text, language, sink, Singles::add);
  add_counted(document, stems, row_of(Field::body).prefix);
  return last;
}

void DocumentBuilder::add_title_stems(Xapian::Document& document, const Article& article) {
  std::vector<std::pair<std::uint32_t, std::string_view>> stems;
  const auto sink = [&](const Token& token) { count(stems, token, 1); };
  analyzer_.analyze(article.title, article.language, sink, Singles::add);
  add_counted(document, stems, row_of(Field::title).prefix);
}

Xapian::Document DocumentBuilder::build(const StoredArticle& stored) {
  const Article& article = stored.article;
  if (analyzer_.trim()) counts_.clear();
  Xapian::Document document;
  const std::uint32_t title_end = add_postings(document, article.title, article.language, 0, 0);
  add_postings(document, article.body, article.language, title_end + kTitleGap, kOpeningWords);
  add_title_stems(document, article);
  add_labels(document, stored);
  add_slots(document, stored);
  add_groups(document, stored);
  return document;
}

Xapian::Document DocumentBuilder::tombstone() {
  Xapian::Document document;
  document.add_boolean_term(std::string(row_of(Field::tombstone).prefix));
  return document;
}

}  // namespace broadsheet::indexer
