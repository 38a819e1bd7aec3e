// One walk over the terms of a part, prefix by prefix, so that what is numerous and never looked up
// (each article's own term) is stepped over.
#include "server/store/vocabulary.h"

#include <chrono>
#include <utility>

#include <xapian.h>

#include "schema/fields.h"
#include "schema/index.h"

namespace broadsheet::server {
namespace {

// A word of one article alone is more often a slip than what somebody meant.
constexpr std::uint32_t kLeastArticles = 2;

// Behind the capitals that prefixes begin with, and behind numbers.
constexpr std::string_view kFirstWord = "[";

constexpr std::pair<Field, WordList Vocabulary::*> kLists[] = {
    {Field::title, &Vocabulary::titles},
    {Field::kicker, &Vocabulary::kickers},
    {Field::author, &Vocabulary::authors},
    {Field::tag, &Vocabulary::tags},
};

void read_words(const Xapian::Database& part, WordList& words) {
  auto term = part.allterms_begin();
  const auto end = part.allterms_end();
  if (term != end) term.skip_to(std::string(kFirstWord));
  for (; term != end; ++term) {
    const std::uint32_t articles = term.get_termfreq();
    if (articles >= kLeastArticles) words.add(*term, articles);
  }
}

void read_list(const Xapian::Database& part, std::string_view prefix, WordList& words) {
  const std::string first(prefix);
  for (auto term = part.allterms_begin(first); term != part.allterms_end(first); ++term)
    words.add(std::string_view(*term).substr(prefix.size()), term.get_termfreq());
}

// Null where the part cannot be read: it may have been folded into another by now.
std::shared_ptr<const Vocabulary> read(const std::string& name, const std::filesystem::path& path) {
  auto vocabulary = std::make_shared<Vocabulary>();
  vocabulary->part = name;
  const auto part = open_part(path);
  if (!part) return nullptr;
  const auto outcome = xapian_try([&] {
    read_words(*part, vocabulary->words);
    for (const auto& [field, list] : kLists)
      read_list(*part, row_of(field).prefix, (*vocabulary).*list);
  });
  return outcome ? vocabulary : nullptr;
}

}  // namespace

const WordList* list_of(const Vocabulary& vocabulary, std::string_view prefix) {
  if (prefix == row_of(Field::body).prefix) return &vocabulary.words;
  for (const auto& [field, list] : kLists)
    if (prefix == row_of(field).prefix) return &(vocabulary.*list);
  return nullptr;
}

std::shared_ptr<const Vocabulary> VocabularyKeeper::get(const std::string& name,
                                                        const std::filesystem::path& path) {
  const std::scoped_lock lock(mutex_);
  const auto is_read = [this] {
    return reading_.valid() &&
           reading_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  };
  const auto take = [this] {
    if (Kept fresh = reading_.get()) kept_ = std::move(fresh);
  };
  if (is_read()) take();
  if (kept_ && kept_->part == name) return kept_;
  if (!reading_.valid()) reading_ = std::async(std::launch::async, read, name, path);
  if (!kept_) take();
  return kept_;
}

}  // namespace broadsheet::server
