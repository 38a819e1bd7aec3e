// The DocId formula; see the header for the layout.
#include "schema/doc_id.h"

#include <algorithm>

#include "schema/time.h"

namespace broadsheet {

namespace {

struct Eras {
  std::int64_t end = seconds_of({2063, 1, 1}) - 1;
  std::int64_t fine = seconds_of({1926, 1, 1});
  std::int64_t start = seconds_of({1600, 1, 1});
};

const Eras& eras() {
  static const Eras kEras;
  return kEras;
}

}  // namespace

DocId doc_id_for(std::optional<std::int64_t> published_seconds) {
  if (!published_seconds) return kFirstUndatedDocId;
  const auto& [end, fine, start] = eras();
  const std::int64_t time = std::clamp(*published_seconds, start, end);
  const std::int64_t fine_numbers = (end - std::max(time, fine)) / 5 + 1;
  const std::int64_t coarse_numbers = time < fine ? (fine - time + 3599) / 3600 : 0;
  return static_cast<DocId>(fine_numbers + coarse_numbers);
}

std::int64_t latest_time_of(DocId doc) {
  const auto& [end, fine, start] = eras();
  const std::int64_t fine_numbers = (end - fine) / 5 + 1;
  const std::int64_t number = doc;
  if (number <= fine_numbers) return end - (number - 1) * 5;
  return std::max(start, fine - 1 - (number - fine_numbers - 1) * 3600);
}

}  // namespace broadsheet
