// A table. Where a name means several zones, the one whose English news write it is meant.
#include "indexer/normalize/date_zones.h"

#include <algorithm>
#include <array>

#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

struct ZoneName {
  std::string_view name;
  int minutes = 0;
  std::string_view region = {};  // where the name is used all year, summer time included
};

constexpr std::array kZones = {
    ZoneName{"Z", 0},
    ZoneName{"UT", 0},
    ZoneName{"UTC", 0},
    ZoneName{"GMT", 0},
    ZoneName{"WET", 0},
    ZoneName{"WEST", 60},
    ZoneName{"BST", 60},
    ZoneName{"CET", 60},
    ZoneName{"MET", 60},
    ZoneName{"MEZ", 60},
    ZoneName{"CEST", 120},
    ZoneName{"MEST", 120},
    ZoneName{"MESZ", 120},
    ZoneName{"EET", 120},
    ZoneName{"SAST", 120},
    ZoneName{"CAT", 120},
    ZoneName{"EEST", 180},
    ZoneName{"MSK", 180},
    ZoneName{"EAT", 180},
    ZoneName{"TRT", 180},
    ZoneName{"MSD", 240},
    ZoneName{"GST", 240},
    ZoneName{"PKT", 300},
    ZoneName{"IST", 330},
    ZoneName{"NPT", 345},
    ZoneName{"WIB", 420},
    ZoneName{"ICT", 420},
    ZoneName{"AWST", 480},
    ZoneName{"HKT", 480},
    ZoneName{"SGT", 480},
    ZoneName{"PHT", 480},
    ZoneName{"JST", 540},
    ZoneName{"KST", 540},
    ZoneName{"ACST", 570},
    ZoneName{"AEST", 600},
    ZoneName{"ACDT", 630},
    ZoneName{"AEDT", 660},
    ZoneName{"NZST", 720},
    ZoneName{"NZDT", 780},
    ZoneName{"BRT", -180},
    ZoneName{"ART", -180},
    ZoneName{"NST", -210},
    ZoneName{"NDT", -150},
    ZoneName{"ADT", -180},
    ZoneName{"AST", -240},
    ZoneName{"EDT", -240},
    ZoneName{"EST", -300},
    ZoneName{"CDT", -300},
    ZoneName{"CST", -360},
    ZoneName{"MDT", -360},
    ZoneName{"MST", -420},
    ZoneName{"PDT", -420},
    ZoneName{"PST", -480},
    ZoneName{"AKDT", -480},
    ZoneName{"AKST", -540},
    ZoneName{"HST", -600},
    ZoneName{"ET", 0, "America/New_York"},
    ZoneName{"CT", 0, "America/Chicago"},
    ZoneName{"MT", 0, "America/Denver"},
    ZoneName{"PT", 0, "America/Los_Angeles"},
};

// Names that other zones bear too: India, Israel and Ireland have an IST each.
constexpr std::array<std::string_view, 11> kOfSeveral = {
    "ADT", "AST", "BST", "CDT", "CST", "EDT", "EST", "GST", "IST", "MST", "PST"};

std::optional<int> minutes_in(const ZoneName& zone, std::int64_t local_seconds) {
  if (zone.region.empty()) return zone.minutes;
  const auto region = TimeZone::find(zone.region);
  if (!region) return std::nullopt;
  // Asked again at the guess, as the first answer is for another hour.
  const std::int64_t guess = local_seconds - region->offset_at(local_seconds);
  return static_cast<int>(region->offset_at(guess) / 60);
}

}  // namespace

ZoneOffset zone_offset(std::string_view name, std::int64_t local_seconds) {
  const auto* row = std::find_if(
      kZones.begin(), kZones.end(), [&](const ZoneName& known) { return known.name == name; });
  if (row == kZones.end()) return {};
  const auto minutes = minutes_in(*row, local_seconds);
  const bool is_one = std::find(kOfSeveral.begin(), kOfSeveral.end(), name) == kOfSeveral.end();
  return {minutes.value_or(0), minutes && is_one};
}

}  // namespace broadsheet::indexer
