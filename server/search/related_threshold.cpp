// From a thousand articles on the share of the second factor is above 0.84, and taken for 1: there
// the threshold is what it was measured with.
#include "server/search/related_threshold.h"

#include <algorithm>
#include <cmath>

#include "server/search/related_subject.h"

namespace broadsheet::server {
namespace {

constexpr std::uint64_t kLargeArchive = 1000;

double archive_factor(std::uint64_t articles) {
  if (articles >= kLargeArchive) return 1;
  const double all = static_cast<double>(std::max<std::uint64_t>(articles, 2)) + 1;
  const double share = std::log(all / 2.5) / std::log(all / 1.5);
  return share * share;
}

std::string counted(std::uint64_t number, const char* unit) {
  return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
}

}  // namespace

Likeness needed_likeness(std::size_t words, std::uint64_t articles) {
  const double share = static_cast<double>(std::min(words, kMaxSubjectWords)) /
                       static_cast<double>(kMaxSubjectWords);
  Likeness needed;
  needed.least = kMinCosine * std::sqrt(share) * archive_factor(articles);
  if (words < kMaxSubjectWords)
    needed.relaxed_for = "the text has " + counted(words, "word") + " to go by";
  if (articles < kLargeArchive) {
    if (!needed.relaxed_for.empty()) needed.relaxed_for += " and ";
    needed.relaxed_for += "the archive holds " + counted(articles, "article");
  }
  return needed;
}

}  // namespace broadsheet::server
