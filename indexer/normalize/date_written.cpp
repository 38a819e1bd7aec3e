// The text is cut into words, numbers, clocks and offsets; where each stands matters little, as
// every part is known by its looks.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "indexer/normalize/date_shapes.h"
#include "indexer/normalize/date_zones.h"

namespace broadsheet::indexer {
namespace {

// Longer texts are no dates.
constexpr std::size_t kLongestDate = 100;

struct MonthName {
  std::string_view name;  // in lower case; other languages: how it begins
  unsigned month;
};

constexpr std::array kMonths = {
    MonthName{"january", 1},  MonthName{"february", 2},  MonthName{"march", 3},
    MonthName{"april", 4},    MonthName{"may", 5},       MonthName{"june", 6},
    MonthName{"july", 7},     MonthName{"august", 8},    MonthName{"september", 9},
    MonthName{"october", 10}, MonthName{"november", 11}, MonthName{"december", 12},
    MonthName{"Ιαν", 1},      MonthName{"Φεβ", 2},       MonthName{"Μαρ", 3},
    MonthName{"Μάρ", 3},      MonthName{"Απρ", 4},       MonthName{"Μαΐ", 5},
    MonthName{"Μαϊ", 5},      MonthName{"Μάι", 5},       MonthName{"Ιουν", 6},
    MonthName{"Ιούν", 6},     MonthName{"Ιουλ", 7},      MonthName{"Ιούλ", 7},
    MonthName{"Αυγ", 8},      MonthName{"Αύγ", 8},       MonthName{"Σεπ", 9},
    MonthName{"Οκτ", 10},     MonthName{"Νοε", 11},      MonthName{"Νοέ", 11},
    MonthName{"Δεκ", 12},
};

constexpr std::array<std::string_view, 17> kDays = {"monday",
                                                    "tuesday",
                                                    "wednesday",
                                                    "thursday",
                                                    "friday",
                                                    "saturday",
                                                    "sunday",
                                                    "Δευ",
                                                    "Τρι",
                                                    "Τρί",
                                                    "Τετ",
                                                    "Πεμ",
                                                    "Πέμ",
                                                    "Παρ",
                                                    "Σαβ",
                                                    "Σάβ",
                                                    "Κυρ"};

constexpr std::array<std::string_view, 5> kFillers = {"at", "on", "of", "the", "t"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Letters, and every byte of a character beyond ASCII.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

// Whether `word`, in lower case, is `name` or an abbreviation of it; other languages bend the end.
bool means(std::string_view word, std::string_view name) {
  constexpr std::size_t kShortest = 3;
  const bool is_english = static_cast<unsigned char>(name.front()) < 0x80;
  return word.size() >= kShortest && (is_english ? name.starts_with(word) : word.starts_with(name));
}

struct Unit {
  std::string_view name;
  char instead;
};

constexpr std::array kUnits = {Unit{"年", '-'},
                               Unit{"月", '-'},
                               Unit{"日", ' '},
                               Unit{"년", '-'},
                               Unit{"월", '-'},
                               Unit{"일", ' '}};

// East Asian dates become "2015-6-12 "; other texts stay.
std::string without_units(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& known) {
      return text.starts_with(known.name);
    });
    const bool is_unit = unit != kUnits.end() && !out.empty() && is_digit(out.back());
    out += is_unit ? unit->instead : text.front();
    text.remove_prefix(is_unit ? unit->name.size() : 1);
  }
  return out;
}

class WrittenDate {
 public:
  explicit WrittenDate(std::string_view text) : rest_(text) {}

  std::optional<WrittenTime> read() {
    while (!rest_.empty()) {
      if (!take_part()) return std::nullopt;
    }
    const auto date = civil_date();
    if (!date) return std::nullopt;
    WrittenTime written{{seconds_of(*date), 0, Precision::day}, kSecondsADay, false, is_certain()};
    if (!has_clock_) return written;
    if (!add_clock(written.time)) return std::nullopt;
    written.span = 0;
    set_zone(written);
    return written;
  }

 private:
  bool take_part() {
    const char c = rest_.front();
    if (is_digit(c)) return take_number();
    if (is_letter(c)) return take_word();
    const bool signed_number =
        (c == '+' || c == '-') && has_clock_ && !offset_ && rest_.size() > 1 && is_digit(rest_[1]);
    if (signed_number) return take_offset();
    dotted_ = dotted_ || (c == '.' && !numbers_.empty());
    // A remark in brackets: "(Pacific Standard Time)".
    const std::size_t end = c == '(' ? std::min(rest_.find(')'), rest_.size() - 1) : 0;
    rest_.remove_prefix(end + 1);
    return std::string_view(" \t\r\n,.-/();|").find(c) != std::string_view::npos;
  }

  int digits() {
    int number = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return error == std::errc() ? number : -1;
  }

  bool take_number() {
    const std::size_t before = rest_.size();
    const int number = digits();
    const std::size_t length = before - rest_.size();
    if (rest_.starts_with(':') && !has_clock_) return take_clock(number);
    if (!has_clock_ && is_half_day(rest_)) {
      hour_ = number;
      has_clock_ = true;
      return true;
    }
    if (number < 0 || numbers_.size() == 3) return false;
    numbers_.push_back(number);
    is_year_.push_back(length > 2);
    const std::string suffix = lower(rest_.substr(0, 2));
    if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
      rest_.remove_prefix(2);
    }
    return true;
  }

  // "pm", "a.m." and the like, at the front and perhaps behind a blank.
  static bool is_half_day(std::string_view text) {
    if (text.starts_with(' ')) text.remove_prefix(1);
    const std::string word = lower(text.substr(0, 4));
    const bool begins = word.starts_with("am") || word.starts_with("pm");
    return word == "a.m." || word == "p.m." || (begins && (word.size() < 3 || !is_letter(word[2])));
  }

  bool take_clock(int hour) {
    hour_ = hour;
    has_clock_ = true;
    rest_.remove_prefix(1);
    minute_ = digits();
    if (rest_.starts_with(':')) {
      rest_.remove_prefix(1);
      second_ = digits();
    }
    // Parts of a second do not count.
    if (second_ >= 0 && rest_.starts_with('.')) {
      rest_.remove_prefix(1);
      digits();
    }
    return true;
  }

  // "+0100", "-5:00", "+1".
  bool take_offset() {
    const int sign = rest_.front() == '-' ? -1 : 1;
    rest_.remove_prefix(1);
    const std::size_t before = rest_.size();
    const int number = digits();
    const std::size_t length = before - rest_.size();
    int minutes = length > 2 ? number / 100 * 60 + number % 100 : number * 60;
    if (length <= 2 && rest_.starts_with(':')) {
      rest_.remove_prefix(1);
      minutes += digits();
    }
    offset_ = sign * minutes;
    constexpr int kMostMinutes = 18 * 60;
    return length <= 4 && minutes >= 0 && minutes <= kMostMinutes;
  }

  bool take_word() {
    if (has_clock_ && is_half_day(rest_)) return take_half_day();
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_letter);
    const std::string_view word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    const std::string small = lower(word);
    const auto is_said = [&](std::string_view name) { return means(small, name); };
    const auto* month = std::find_if(kMonths.begin(), kMonths.end(), [&](const MonthName& known) {
      return is_said(known.name);
    });
    if (month != kMonths.end() && month_ == 0) {
      month_ = month->month;
      return true;
    }
    if (std::any_of(kDays.begin(), kDays.end(), is_said)) return true;
    if (std::find(kFillers.begin(), kFillers.end(), small) != kFillers.end()) return true;
    // An unknown zone counts as UTC; other words mean that this is no date.
    zone_ = upper(word);
    constexpr std::size_t kLongestZone = 5;
    return has_clock_ && word.size() <= kLongestZone;
  }

  void set_zone(WrittenTime& written) const {
    const ZoneOffset named = zone_offset(zone_, written.time.seconds);
    const int offset = offset_.value_or(named.minutes);
    written.has_zone = offset_ || named.is_certain;
    written.time.offset_minutes = static_cast<std::int16_t>(offset);
    written.time.seconds -= std::int64_t{offset} * 60;
  }

  // A year of four digits, and not two numbers that could both be the month.
  bool is_certain() const {
    if (std::find(is_year_.begin(), is_year_.end(), true) == is_year_.end()) return false;
    return month_ != 0 || is_year_[0] || numbers_[0] == numbers_[1] ||
           std::max(numbers_[0], numbers_[1]) > 12;
  }

  bool take_half_day() {
    is_afternoon_ = lower(rest_.substr(0, 1)) == "p";
    is_half_day_ = true;
    rest_.remove_prefix(lower(rest_).starts_with(is_afternoon_ ? "p.m." : "a.m.") ? 4 : 2);
    return true;
  }

  std::optional<CivilDate> civil_date() const {
    std::optional<CivilDate> date;
    if (month_ != 0) {
      date = with_month_name();
    } else if (numbers_.size() == 3) {
      date = of_numbers();
    }
    if (!date || date->month < 1 || date->month > 12 || date->day < 1 || date->day > 31) return {};
    const CivilDate check = civil_date_of(seconds_of(*date));
    if (check.day != date->day || date->year < 1) return {};
    return date;
  }

  std::optional<CivilDate> with_month_name() const {
    if (numbers_.size() != 2) return std::nullopt;
    const bool year_first = is_year_[0];
    const int year = numbers_[year_first ? 0 : 1];
    const int day = numbers_[year_first ? 1 : 0];
    return CivilDate{
        full_year(year, year_first || is_year_[1]), month_, static_cast<unsigned>(day)};
  }

  // Year first; else day and month, whichever way round they can only be.
  std::optional<CivilDate> of_numbers() const {
    const auto part = [&](std::size_t i) { return static_cast<unsigned>(numbers_[i]); };
    if (is_year_[0]) return CivilDate{numbers_[0], part(1), part(2)};
    if (!is_year_[2]) return std::nullopt;
    if (dotted_ || part(0) > 12 || part(0) == part(1)) {
      return CivilDate{numbers_[2], part(1), part(0)};
    }
    if (part(1) > 12) return CivilDate{numbers_[2], part(0), part(1)};
    return std::nullopt;
  }

  static int full_year(int year, bool is_long) {
    if (is_long) return year < 1000 ? year + 1900 : year;
    return year < 50 ? year + 2000 : year + 1900;
  }

  bool add_clock(Timestamp& time) const {
    int hour = hour_;
    if (is_half_day_ && (hour < 1 || hour > 12)) {
      if (hour > 23) return false;
    } else if (is_half_day_) {
      hour = hour % 12 + (is_afternoon_ ? 12 : 0);
    }
    if (hour < 0 || hour > 23 || minute_ < 0 || minute_ > 59 || second_ > 60) return false;
    time.seconds += hour * 3600 + minute_ * 60 + std::clamp(second_, 0, 59);
    time.precision = second_ < 0 ? Precision::minute : Precision::second;
    return true;
  }

  std::string_view rest_;
  std::vector<int> numbers_;
  std::vector<bool> is_year_;
  bool dotted_ = false;
  unsigned month_ = 0;
  bool has_clock_ = false;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = -1;
  bool is_half_day_ = false;
  bool is_afternoon_ = false;
  std::optional<int> offset_;
  std::string zone_;
};

}  // namespace

std::optional<WrittenTime> parse_written_date(std::string_view text) {
  if (text.size() > kLongestDate) return std::nullopt;
  return WrittenDate(without_units(text)).read();
}

}  // namespace broadsheet::indexer
