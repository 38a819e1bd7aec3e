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

PublishedWalk::PublishedWalk(const Xapian::Database& part) : part_(part) {}

std::optional<std::int64_t> PublishedWalk::at(DocId doc) {
  if (!values_) values_ = part_.valuestream_begin(number_of(Slot::published));
  const Xapian::ValueIterator end = part_.valuestream_end(number_of(Slot::published));
  if (*values_ == end) return std::nullopt;
  values_->skip_to(doc);
  if (*values_ == end || values_->get_docid() != doc) return std::nullopt;
  return static_cast<std::int64_t>(Xapian::sortable_unserialise(**values_));
}

}  // namespace broadsheet::server
