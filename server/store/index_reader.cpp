// Opening the live index and following it: the stub names the parts, the newest part grows.
#include "server/store/index_reader.h"

#include <algorithm>

#include <sys/stat.h>

#include "schema/fields.h"
#include "schema/text.h"

namespace broadsheet::server {
namespace {

// A rebuild may delete parts between reading the stub and opening them, and the indexer may commit
// twice while they are looked at: from the start then.
constexpr int kOpenTries = 100;

bool holds(const Roster& roster, DocId doc) {
  return std::binary_search(roster.docs.begin(), roster.docs.end(), doc);
}

// How many of `numbers` a part holds.
std::uint64_t count_held(const Roster& roster, const std::vector<DocId>& numbers) {
  return static_cast<std::uint64_t>(
      std::count_if(numbers.begin(), numbers.end(), [&](DocId doc) { return holds(roster, doc); }));
}

// Reads duplicate keys. The numbers of a page mostly ascend, so the stream that found one key finds
// the next without beginning anew; numbers that do not cost a stream of their own.
class DuplicateKeys {
 public:
  DuplicateKey at(const PartView& part, DocId doc) {
    if (part_ != &part || doc < last_) {
      values_ = part.database.valuestream_begin(number_of(Slot::duplicate));
      part_ = &part;
    }
    last_ = doc;
    const auto end = part.database.valuestream_end(number_of(Slot::duplicate));
    if (values_ != end) values_.skip_to(doc);
    if (values_ == end || values_.get_docid() != doc) return {};
    const std::string bytes = *values_;
    std::uint64_t group = 0;
    for (std::size_t i = 0; i < bytes.size() && i < 8; ++i) {
      group |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return {group};
  }

 private:
  const PartView* part_ = nullptr;
  DocId last_ = 0;
  Xapian::ValueIterator values_;
};

// Adds the articles of a part that hold a term and are not hidden.
void add_visible(const PartView& part, const std::string& term, std::vector<DocId>& docs) {
  HiddenWalk hidden(part);
  for (TermCursor cursor(part, term); cursor.doc() != kNoMoreDocs; cursor.next()) {
    if (!hidden.hides(cursor.doc())) docs.push_back(cursor.doc());
  }
}

// Names what is open of a part, and reads who is in it.
void look_at(PartView& part) {
  // Not the path: another index may take that over. A part that grows is another one after each
  // commit; what was kept of it before goes the way of all that nobody asks for.
  part.name = part.database.get_uuid();
  const bool is_front = !part.database.get_metadata(kFrontKey).empty();
  if (is_front) part.name += '@' + std::to_string(part.database.get_revision());
  part.roster = part.cache == nullptr ? std::make_shared<const Roster>(roster_of(part.database))
                                      : part.cache->roster(part.name, part.database);
}

// What a newer part adds to the hidden numbers of the parts after it.
std::shared_ptr<const std::vector<DocId>> merged(const std::vector<DocId>& a,
                                                 const std::vector<DocId>& b) {
  auto all = std::make_shared<std::vector<DocId>>();
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(*all));
  return all;
}

}  // namespace

Result<IndexReader> IndexReader::open(const std::filesystem::path& data_dir,
                                      PostingCache* cache,
                                      VocabularyKeeper* keeper) {
  IndexReader reader(data_dir, cache, keeper);
  if (auto opened = reader.open_parts(); !opened) return pass_on(opened.error());
  return reader;
}

IndexReader::StubStamp IndexReader::stub_stamp() const {
  struct stat info {};

  if (::stat(stub_path(data_dir_).c_str(), &info) != 0) return {};
  return {info.st_ino, std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec};
}

Result<void> IndexReader::open_parts() {
  Result<void> outcome;
  for (int i = 0; i < kOpenTries; ++i) {
    const StubStamp stamp = stub_stamp();
    // Until all is well the next refresh starts from here.
    stub_ = {};
    auto live = read_stub(data_dir_);
    if (!live) return pass_on(live.error());
    live_ = std::move(*live);
    outcome = open_live();
    if (outcome) {
      stub_ = stamp;
      return {};
    }
    const bool is_overtaken = stub_stamp() != stamp || outcome.error().message == kModifiedMessage;
    if (!is_overtaken) return outcome;
  }
  return outcome;
}

Result<void> IndexReader::open_live() {
  std::vector<PartView> parts;
  for (const auto& path : live_.parts) {
    auto part = open_part(path);
    if (!part) return pass_on(part.error());
    parts.push_back({.database = std::move(*part)});
  }
  parts_ = std::move(parts);
  return xapian_try([&] {
    for (PartView& part : parts_) {
      part.cache = cache_;
      look_at(part);
    }
    look_at_parts();
  });
}

Result<void> IndexReader::refresh() {
  if (stub_stamp() != stub_) return open_parts();
  bool moved = false;
  auto reopened = xapian_try([&] {
    // Only the newest part is ever written to.
    PartView& newest = parts_.front();
    moved = newest.database.reopen();
    if (!moved) return;
    look_at(newest);
    look_at_parts();
  });
  return reopened ? reopened : open_parts();
}

void IndexReader::look_at_parts() {
  facts_.clear();
  expansions_.clear();
  stats_ = {};
  double words = 0;
  auto hidden = std::make_shared<const std::vector<DocId>>();
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    PartView& part = parts_[i];
    part.hidden_numbers = hidden;
    part.tombstones = part.database.get_termfreq(std::string(row_of(Field::tombstone).prefix));
    part.hidden = count_held(*part.roster, *hidden);
    part.has_undated = part.database.get_lastdocid() >= kFirstUndatedDocId;
    stats_.articles += part.articles();
    words += part.database.get_avlength() * part.database.get_doccount();
    if (i + 1 < parts_.size()) hidden = merged(*hidden, part.roster->docs);
  }
  forget_old_counts();
  const auto articles = static_cast<double>(std::max<std::uint64_t>(stats_.articles, 1));
  stats_.average_length = std::max(1.0, words / articles);
  const Xapian::Database& newest = parts_.front().database;
  applied_seq_ = metadata_number(newest, kAppliedSeqKey);
  displacement_ = metadata_number(newest, kDisplacementKey);
  warning_ = weak_stamp_warning(parts_.back().database);
  look_at_languages();
}

void IndexReader::look_at_languages() {
  const std::string prefix(row_of(Field::language).prefix);
  std::unordered_map<std::string, std::uint64_t> counts;
  std::uint64_t known = 0;
  for (const PartView& part : parts_) {
    for (auto term = part.database.allterms_begin(prefix);
         term != part.database.allterms_end(prefix);
         ++term) {
      const std::string language = (*term).substr(prefix.size());
      counts[has_stemmer(language) ? language : std::string()] += term.get_termfreq();
      known += term.get_termfreq();
    }
  }
  if (known < stats_.articles) counts[""] += stats_.articles - known;
  std::vector<std::pair<std::uint64_t, std::string>> ordered;
  ordered.reserve(counts.size());
  for (const auto& [language, count] : counts) {
    ordered.emplace_back(count, language);
  }
  std::sort(ordered.rbegin(), ordered.rend());
  languages_.clear();
  for (auto& [count, language] : ordered)
    languages_.push_back(language);
}

TermFacts IndexReader::facts(const std::string& term) {
  const auto [entry, is_new] = facts_.try_emplace(term);
  if (is_new) {
    for (const PartView& part : parts_) {
      const TermFacts more = part.facts(term);
      entry->second.articles += more.articles;
      entry->second.most_occurrences =
          std::max(entry->second.most_occurrences, more.most_occurrences);
    }
  }
  return entry->second;
}

std::uint64_t IndexReader::articles_with(const std::string& term) {
  return facts(term).articles;
}

CompileContext IndexReader::context_for(const PartView& part) {
  return {part,
          stats_,
          [this](const std::string& term) { return articles_with(term); },
          [this](const std::string& term) { return facts(term).most_occurrences > 0; }};
}

const PartView* IndexReader::part_with(DocId doc) const {
  for (const PartView& part : parts_) {
    if (holds(*part.roster, doc)) return &part;
  }
  return nullptr;
}

Result<void> IndexReader::check_archive(const std::string& uuid) const {
  return broadsheet::check_archive(parts_.front().database, uuid);
}

Result<std::vector<DuplicateKey>> IndexReader::duplicate_keys(const std::vector<DocId>& docs) {
  std::vector<DuplicateKey> keys;
  auto read = xapian_try([&] {
    DuplicateKeys walk;
    for (const DocId doc : docs) {
      const PartView* part = part_with(doc);
      keys.push_back(part == nullptr ? DuplicateKey{} : walk.at(*part, doc));
    }
  });
  if (!read) return pass_on(read.error());
  return keys;
}

Result<std::vector<DocId>> IndexReader::duplicates(DuplicateKey key) {
  std::vector<DocId> docs;
  if (key.group == 0) return docs;
  const std::string term = duplicate_term(key.group);
  auto read = xapian_try([&] {
    for (const PartView& part : parts_)
      add_visible(part, term, docs);
  });
  if (!read) return pass_on(read.error());
  return docs;
}

}  // namespace broadsheet::server
