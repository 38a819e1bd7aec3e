// Points in time as Broadsheet stores them: an instant, the zone it was told in, and how exact it
// is. Nothing here reads the clock: "now" is always an argument.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet {

inline constexpr std::int64_t kSecondsADay = 86'400;

// How exact a time is. Stored in the catalog: append only; never renumber.
enum class Precision : std::uint8_t { second = 0, minute = 1, day = 2 };

// Where a date came from. Stored in the catalog: append only; never renumber.
enum class DateOrigin : std::uint8_t { record = 0, url = 1, feed = 2, text = 3, file = 4 };

// An instant with the offset it was written in. A day-only time has 00:00:00 of that day in UTC.
struct Timestamp {
  std::int64_t seconds = 0;         // since 1970-01-01T00:00:00Z; negative before
  std::int16_t offset_minutes = 0;  // east of UTC, as the source wrote it
  Precision precision = Precision::second;
  DateOrigin origin = DateOrigin::record;

  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

// Year, month (1-12) and day (1-31) of the proleptic Gregorian calendar.
struct CivilDate {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
};

// Reads RFC 3339 date-times ("2025-04-18T10:00:00+09:00", also with a blank for T, without seconds,
// without zone = UTC, fractions dropped) and plain dates ("2025-04-18", precision day).
// Empty for anything else, and for dates that do not exist. Years 0001 to 9999.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

// Reads "YYYY-MM-DD" that exists in the calendar; empty for anything else.
[[nodiscard]] std::optional<CivilDate> parse_date(std::string_view text);

// RFC 3339 in the time's own offset; a plain date for day precision.
[[nodiscard]] std::string format_timestamp(const Timestamp& time);

// RFC 3339 in UTC with "Z".
[[nodiscard]] std::string format_utc(std::int64_t seconds);

// The same in the basic form of ISO 8601, "20250418T100000Z": for names of files.
[[nodiscard]] std::string format_utc_basic(std::int64_t seconds);

// "HH:MM" in the time's own offset; empty for day precision.
[[nodiscard]] std::string format_clock(const Timestamp& time);

// Seconds at 00:00 UTC of a civil date, and the civil date of an instant in UTC.
[[nodiscard]] std::int64_t seconds_of(const CivilDate& date);
[[nodiscard]] CivilDate civil_date_of(std::int64_t seconds);

// A time zone of the IANA database ("Europe/Berlin", "UTC") or an offset ("+09:00").
// Immutable; safe to share between threads once made.
class TimeZone {
 public:
  // Empty when the name is unknown.
  [[nodiscard]] static std::optional<TimeZone> find(std::string_view name);

  // The instant at which the civil day begins in this zone, summer time included.
  [[nodiscard]] std::int64_t start_of_day(const CivilDate& date) const;
  // The civil date that an instant falls on in this zone.
  [[nodiscard]] CivilDate date_at(std::int64_t seconds) const;
  // Seconds east of UTC that hold at an instant.
  [[nodiscard]] std::int64_t offset_at(std::int64_t seconds) const;

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  explicit TimeZone(std::string name) : name_(std::move(name)) {}

  std::string name_;  // ICU keeps the rules; a zone is looked up by this name
};

}  // namespace broadsheet
