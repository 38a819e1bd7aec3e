// Reading happens outside the lock: two sessions may read the same column at once, and the second
// result wins.
#include "server/store/facet_column.h"

#include <string_view>
#include <utility>

namespace broadsheet::server {
namespace {

// All articles of every value, one value after another, and where each value's end.
struct ValueLists {
  std::vector<std::uint32_t> ordinals;
  std::vector<std::size_t> ends;
};

void read_list(const Xapian::Database& part,
               const Roster& roster,
               const std::string& term,
               ValueLists& lists) {
  std::uint32_t ordinal = 0;
  const Xapian::PostingIterator end = part.postlist_end(term);
  for (Xapian::PostingIterator posting = part.postlist_begin(term); posting != end; ++posting) {
    ordinal = roster.ordinal_of(*posting, ordinal);
    lists.ordinals.push_back(ordinal);
  }
  lists.ends.push_back(lists.ordinals.size());
}

// Turns lists of articles by value into lists of values by article.
void turn(const ValueLists& lists, std::size_t articles, LabelColumn& column) {
  column.begins.assign(articles + 1, 0);
  for (const std::uint32_t ordinal : lists.ordinals)
    ++column.begins[ordinal + 1];
  for (std::size_t i = 1; i < column.begins.size(); ++i)
    column.begins[i] += column.begins[i - 1];
  column.values.resize(lists.ordinals.size());
  std::vector<std::uint32_t> next(column.begins.begin(), column.begins.end() - 1);
  std::size_t at = 0;
  for (std::size_t value = 0; value < lists.ends.size(); ++value) {
    for (; at < lists.ends[value]; ++at) {
      column.values[next[lists.ordinals[at]]++] = static_cast<std::uint32_t>(value);
    }
  }
}

// The bit of Slot::whole_days that tells of a field; 0: its times are always exact.
unsigned char day_bit(DateField field) {
  if (field == DateField::published) return kPublishedIsDay;
  return field == DateField::updated ? kUpdatedIsDay : 0;
}

// Calls `take` with the ordinal and the value of every article that has one in a slot.
template <typename Take>
void read_slot(const Xapian::Database& part, const Roster& roster, Slot slot, Take take) {
  std::uint32_t ordinal = 0;
  const auto end = part.valuestream_end(number_of(slot));
  for (auto value = part.valuestream_begin(number_of(slot)); value != end; ++value) {
    ordinal = roster.ordinal_of(value.get_docid(), ordinal);
    take(ordinal, *value);
  }
}

std::string key_of(const std::string& part, std::string_view column) {
  std::string key(part);
  key += '\n';
  return key.append(column);
}

}  // namespace

std::size_t LabelColumn::bytes() const {
  std::size_t total = (begins.size() + values.size()) * sizeof(std::uint32_t);
  for (const std::string& name : names)
    total += sizeof(std::string) + (name.size() > 15 ? name.size() : 0);  // shorter ones lie inside
  return total;
}

LabelColumn label_column(const Xapian::Database& part, const Roster& roster, Field field) {
  const std::string prefix(row_of(field).prefix);
  LabelColumn column;
  ValueLists lists;
  const auto end = part.allterms_end(prefix);
  for (auto term = part.allterms_begin(prefix); term != end; ++term) {
    column.names.push_back((*term).substr(prefix.size()));
    read_list(part, roster, *term, lists);
  }
  turn(lists, roster.docs.size(), column);
  return column;
}

TimeColumn time_column(const Xapian::Database& part, const Roster& roster, DateField field) {
  TimeColumn column;
  column.times.resize(roster.docs.size());
  read_slot(part, roster, slot_of(field), [&](std::uint32_t ordinal, const std::string& value) {
    const auto seconds = static_cast<std::int64_t>(Xapian::sortable_unserialise(value));
    column.times[ordinal] = {seconds, false};
  });
  const unsigned char bit = day_bit(field);
  if (bit == 0) return column;
  read_slot(part, roster, Slot::whole_days, [&](std::uint32_t ordinal, const std::string& value) {
    ArticleTime& time = column.times[ordinal];
    if ((static_cast<unsigned char>(value.front()) & bit) != 0 && time.is_known())
      time = {time.seconds(), true};
  });
  return column;
}

std::shared_ptr<const LabelColumn> FacetCache::labels(const std::string& part,
                                                      const Xapian::Database& database,
                                                      const Roster& roster,
                                                      Field field) {
  const std::string key = key_of(part, row_of(field).name);
  if (auto found = find(key)) return std::static_pointer_cast<const LabelColumn>(std::move(found));
  auto column = std::make_shared<const LabelColumn>(label_column(database, roster, field));
  keep(key, column, column->bytes());
  return column;
}

std::shared_ptr<const TimeColumn> FacetCache::times(const std::string& part,
                                                    const Xapian::Database& database,
                                                    const Roster& roster,
                                                    DateField field) {
  const std::string key = key_of(part, "slot " + std::to_string(number_of(slot_of(field))));
  if (auto found = find(key)) return std::static_pointer_cast<const TimeColumn>(std::move(found));
  auto column = std::make_shared<const TimeColumn>(time_column(database, roster, field));
  keep(key, column, column->bytes());
  return column;
}

std::shared_ptr<const void> FacetCache::find(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->column;
}

void FacetCache::keep(const std::string& key,
                      std::shared_ptr<const void> column,
                      std::size_t bytes) {
  const std::size_t cost = bytes + key.size() + sizeof(Entry);
  const std::scoped_lock lock(mutex_);
  if (cost > max_bytes_ || by_key_.contains(key)) return;
  entries_.push_front({key, std::move(column), cost});
  by_key_.emplace(key, entries_.begin());
  bytes_ += cost;
  while (bytes_ > max_bytes_) {
    bytes_ -= entries_.back().bytes;
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace broadsheet::server
