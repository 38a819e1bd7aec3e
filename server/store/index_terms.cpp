// The words of the index itself: what a trailing wildcard stands for.
#include <algorithm>

#include "server/store/index_reader.h"

namespace broadsheet::server {
namespace {

// What is remembered of one index at most; a prefix costs some kilobytes.
constexpr std::size_t kMaxRemembered = 256;

bool is_more_frequent(const std::pair<std::string, std::uint64_t>& a,
                      const std::pair<std::string, std::uint64_t>& b) {
  return a.second != b.second ? a.second > b.second : a.first < b.first;
}

// Adds the terms of a part that begin with `start`, in their order; says whether all were read.
bool add_terms(const Xapian::Database& part,
               const std::string& start,
               std::size_t& may_read,
               std::unordered_map<std::string, std::uint64_t>& counts) {
  const auto end = part.allterms_end(start);
  for (auto term = part.allterms_begin(start); term != end; ++term) {
    if (may_read == 0) return false;
    --may_read;
    counts[*term] += term.get_termfreq();
  }
  return true;
}

}  // namespace

Expansion IndexReader::scan_terms(const std::string& start, std::size_t& may_read) const {
  std::unordered_map<std::string, std::uint64_t> counts;
  Expansion found;
  for (const PartView& part : parts_)
    found.is_cut = !add_terms(part.database, start, may_read, counts) || found.is_cut;
  std::vector<std::pair<std::string, std::uint64_t>> ordered(counts.begin(), counts.end());
  std::sort(ordered.begin(), ordered.end(), is_more_frequent);
  found.is_cut = found.is_cut || ordered.size() > kMaxExpansion;
  ordered.resize(std::min(ordered.size(), kMaxExpansion));
  for (auto& [term, count] : ordered)
    found.terms.push_back(std::move(term));
  return found;
}

Result<Expansion> IndexReader::terms_starting_with(const std::string& start,
                                                   std::size_t& may_read) {
  const auto known = expansions_.find(start);
  if (known != expansions_.end()) return known->second;
  Expansion found;
  auto done = xapian_try([&] { found = scan_terms(start, may_read); });
  if (!done) return pass_on(done.error());
  // What another query's share did not suffice for may suffice for the next one.
  const bool is_whole = may_read > 0;
  if (is_whole && expansions_.size() == kMaxRemembered) expansions_.clear();
  if (is_whole) expansions_.emplace(start, found);
  return found;
}

}  // namespace broadsheet::server
