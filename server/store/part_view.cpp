// Slot values are read as a stream: several times cheaper than opening each document.
#include "server/store/part_view.h"

#include "schema/fields.h"

namespace broadsheet::server {

TermFacts PartView::facts(const std::string& term) const {
  return cache == nullptr ? facts_of(database, term) : cache->facts(name, database, term);
}

PostingCache::Term PartView::find(const std::string& term) const {
  if (cache == nullptr) return {facts_of(database, term), nullptr};
  return cache->find(name, database, *roster, term);
}

std::shared_ptr<const LabelColumn> PartView::labels(Field field) const {
  if (cache != nullptr) return cache->columns().labels(name, database, *roster, field);
  return std::make_shared<const LabelColumn>(label_column(database, *roster, field));
}

std::shared_ptr<const TimeColumn> PartView::times(DateField field) const {
  if (cache != nullptr) return cache->columns().times(name, database, *roster, field);
  return std::make_shared<const TimeColumn>(time_column(database, *roster, field));
}

PublishedWalk::PublishedWalk(const Xapian::Database& part) : part_(part) {}

std::optional<std::int64_t> PublishedWalk::at(DocId doc) {
  if (!values_) values_ = part_.valuestream_begin(number_of(Slot::published));
  const Xapian::ValueIterator end = part_.valuestream_end(number_of(Slot::published));
  if (*values_ == end) return std::nullopt;
  values_->skip_to(doc);
  if (*values_ == end || values_->get_docid() != doc) return std::nullopt;
  return static_cast<std::int64_t>(Xapian::sortable_unserialise(**values_));
}

bool WholeDayWalk::is_published(DocId doc) {
  if (!values_) values_ = part_.valuestream_begin(number_of(Slot::whole_days));
  const Xapian::ValueIterator end = part_.valuestream_end(number_of(Slot::whole_days));
  if (*values_ == end) return false;
  values_->skip_to(doc);
  if (*values_ == end || values_->get_docid() != doc) return false;
  const std::string bits = **values_;
  return !bits.empty() && (static_cast<unsigned char>(bits.front()) & kPublishedIsDay) != 0;
}

}  // namespace broadsheet::server
