// What comparing articles reads of each: its stems with their counts, straight from its term list.
#include <algorithm>

#include "schema/fields.h"
#include "schema/hash.h"
#include "server/store/index_reader.h"

namespace broadsheet::server {
namespace {

// Counts kept for weights are forgotten when the archive has changed by this part: 1/16.
constexpr std::uint64_t kForgetShare = 16;

}  // namespace

void IndexReader::forget_old_counts() {
  const std::uint64_t moved =
      std::max(stats_.articles, counts_about_at_) - std::min(stats_.articles, counts_about_at_);
  if (moved > counts_about_at_ / kForgetShare) {
    counts_about_.clear();
    counts_about_at_ = stats_.articles;
  }
}

std::uint32_t IndexReader::articles_with_about(const std::string& term, std::uint64_t hash) {
  if (const auto known = counts_about_.find(hash)) return *known;
  std::uint32_t count = 0;
  const auto read = xapian_try([&] {
    for (const PartView& part : parts_)
      count += part.database.get_termfreq(term);
  });
  if (read) counts_about_.add(hash, count);
  return count;
}

Result<void> IndexReader::stems_of(DocId doc, std::vector<StemCount>& stems) {
  stems.clear();
  return xapian_try([&] {
    const PartView* part = part_with(doc);
    if (part == nullptr) return;
    const char title_prefix = row_of(Field::title).prefix.front();
    const auto end = part->database.termlist_end(doc);
    for (auto term = part->database.termlist_begin(doc); term != end; ++term) {
      // Exact forms and labels count no occurrences; what is left are stems and, under their
      // prefix, the title's.
      const std::uint32_t occurrences = term.get_wdf();
      if (occurrences == 0) continue;
      std::string name = *term;
      const bool in_title = name.front() == title_prefix;
      if (in_title) name.erase(0, 1);
      const std::uint64_t hash = fnv1a_64(name);
      stems.push_back({hash, occurrences, articles_with_about(name, hash), in_title});
    }
  });
}

}  // namespace broadsheet::server
