// The figures of an import in the two forms that scripts rely on.
#include <cmath>

#include <nlohmann/json.hpp>

#include "indexer/import.h"

namespace broadsheet::indexer {
namespace {

double to_tenths(double number) {
  return std::round(number * 10) / 10;
}

}  // namespace

ImportReport& ImportReport::operator+=(const ImportReport& more) {
  read += more.read;
  added += more.added;
  updated += more.updated;
  unchanged += more.unchanged;
  refused += more.refused;
  passed_over += more.passed_over;
  repaired += more.repaired;
  committed += more.committed;
  if (!more.quarantine.empty()) quarantine = more.quarantine;
  return *this;
}

double ImportReport::rate() const {
  const auto accepted = static_cast<double>(added + updated + unchanged);
  return seconds > 0 ? accepted / seconds : 0;
}

std::string ImportReport::summary() const {
  const std::string seconds_text = nlohmann::json(to_tenths(seconds)).dump();
  return "read " + std::to_string(read) + ", added " + std::to_string(added) + ", updated " +
         std::to_string(updated) + ", unchanged " + std::to_string(unchanged) + ", refused " +
         std::to_string(refused) + " in " + seconds_text + " s (" +
         std::to_string(std::llround(rate())) + " articles/s)";
}

std::string ImportReport::to_json() const {
  const nlohmann::ordered_json json = {{"read", read},
                                       {"added", added},
                                       {"updated", updated},
                                       {"unchanged", unchanged},
                                       {"refused", refused},
                                       {"passed_over", passed_over},
                                       {"repaired", repaired},
                                       {"seconds", std::round(seconds * 1000) / 1000},
                                       {"rate", to_tenths(rate())}};
  return json.dump();
}

}  // namespace broadsheet::indexer
