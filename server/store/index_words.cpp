// Looking words up. The largest part's are in lists; the parts beside it are small, so their terms
// are read as they lie.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "schema/fields.h"
#include "server/store/index_reader.h"

namespace broadsheet::server {
namespace {

// Of a small part so many terms are looked at: some milliseconds' worth.
constexpr int kMostTerms = 2000;
// A word that is a stem, too, may stand in an article by its inflections alone: so many are asked.
constexpr int kMostArticles = 32;

// The terms of a small part that begin with `first`, as words without their prefix.
template <typename Wanted>
void add_of_part(const PartView& part,
                 std::string_view prefix,
                 const std::string& first,
                 Wanted wanted,
                 std::unordered_map<std::string, std::uint32_t>& counts) {
  int looked_at = 0;
  const auto end = part.database.allterms_end(first);
  for (auto at = part.database.allterms_begin(first); at != end; ++at) {
    if (++looked_at > kMostTerms) return;
    const std::string term = *at;
    const std::string_view word = std::string_view(term).substr(prefix.size());
    if (wanted(word)) counts[std::string(word)] += at.get_termfreq();
  }
}

// Whether one of the first articles with a term has it as it is.
bool stands_in(const Xapian::Database& part, const std::string& term) {
  int looked_at = 0;
  auto posting = part.postlist_begin(term);
  for (; posting != part.postlist_end(term) && looked_at < kMostArticles; ++posting, ++looked_at) {
    if (part.positionlist_begin(*posting, term) != part.positionlist_end(*posting, term))
      return true;
  }
  return false;
}

}  // namespace

std::size_t IndexReader::largest_part() const {
  const auto size = [](const PartView& part) { return part.roster->docs.size(); };
  const auto largest =
      std::max_element(parts_.begin(), parts_.end(), [&](const auto& a, const auto& b) {
        return size(a) < size(b);
      });
  return static_cast<std::size_t>(largest - parts_.begin());
}

std::shared_ptr<const Vocabulary> IndexReader::vocabulary() const {
  if (keeper_ == nullptr || parts_.empty()) return nullptr;
  const std::size_t largest = largest_part();
  return keeper_->get(parts_[largest].name, live_.parts[largest]);
}

std::vector<CountedWord> IndexReader::words_beginning_with(Field field,
                                                           std::string_view begin,
                                                           std::size_t limit) {
  const std::string_view prefix = row_of(field).prefix;
  const auto vocabulary = this->vocabulary();
  const WordList* list = vocabulary ? list_of(*vocabulary, prefix) : nullptr;
  std::vector<CountedWord> words;
  if (list != nullptr) words = list->beginning_with(begin, limit);
  add_of_small_parts(
      field, std::string(begin), [](std::string_view) { return true; }, words);
  keep_most(words, limit);
  return words;
}

std::vector<CountedWord> IndexReader::labels_with_word(Field field,
                                                       std::string_view begin,
                                                       std::size_t limit) {
  const auto vocabulary = this->vocabulary();
  const WordList* list = vocabulary ? list_of(*vocabulary, row_of(field).prefix) : nullptr;
  std::vector<CountedWord> words;
  if (list != nullptr) words = list->with_word(begin, limit);
  const std::string inner = ' ' + std::string(begin);
  const auto wanted = [&](std::string_view label) {
    return label.starts_with(begin) || label.find(inner) != std::string_view::npos;
  };
  add_of_small_parts(field, "", wanted, words);
  keep_most(words, limit);
  return words;
}

std::vector<CountedWord> IndexReader::words_alike(Field field,
                                                  std::string_view word,
                                                  int edits,
                                                  std::size_t limit) {
  const auto vocabulary = this->vocabulary();
  const WordList* list = vocabulary ? list_of(*vocabulary, row_of(field).prefix) : nullptr;
  return list == nullptr ? std::vector<CountedWord>() : list->alike(word, edits, limit);
}

void IndexReader::add_of_small_parts(Field field,
                                     const std::string& begin,
                                     const std::function<bool(std::string_view)>& wanted,
                                     std::vector<CountedWord>& words) {
  const std::string_view prefix = row_of(field).prefix;
  const std::size_t largest = largest_part();
  std::unordered_map<std::string, std::uint32_t> counts;
  // A part that changes under the reading gives what it gave until then.
  std::ignore = xapian_try([&] {
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (i != largest) add_of_part(parts_[i], prefix, std::string(prefix) + begin, wanted, counts);
  });
  for (CountedWord& word : words) {
    const auto more = counts.extract(word.word);
    if (!more.empty()) word.articles += more.mapped();
  }
  for (const auto& [word, articles] : counts)
    words.push_back({word, articles});
}

bool IndexReader::is_written(const std::string& term) {
  bool found = false;
  std::ignore = xapian_try([&] {
    for (const PartView& part : parts_)
      found = found || stands_in(part.database, term);
  });
  return found;
}

Result<std::optional<DocId>> IndexReader::newest_with(const std::string& term) {
  std::optional<DocId> newest;
  auto outcome = xapian_try([&] {
    for (const PartView& part : parts_) {
      HiddenWalk hidden(part);
      auto posting = part.database.postlist_begin(term);
      const auto end = part.database.postlist_end(term);
      while (posting != end && hidden.hides(*posting))
        ++posting;
      if (posting != end && (!newest || *posting < *newest)) newest = *posting;
    }
  });
  if (!outcome) return pass_on(outcome.error());
  return newest;
}

}  // namespace broadsheet::server
