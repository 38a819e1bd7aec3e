// Parameters of a request, read by a table: the query string of a GET and the JSON body of a POST
// become the same Params. To add a parameter: a row in its table (param_tables.h) and a line where
// it is used.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/api/faults.h"
#include "server/http/request.h"

namespace broadsheet::server {

// How a value is read. A list is text with commas in a query string and an array in JSON; "a,b"
// repeated (in JSON: arrays in the array) means that each of the lists has to hold.
enum class ParamType { text, choice, integer, flag, list };

// One row of a parameter table.
struct ParamRow {
  std::string_view name;
  ParamType type = ParamType::text;
  std::string_view choices = {};  // choice: "a|b|c"; list: the same, when only these make sense
  std::int64_t least = 0;         // integer: the bounds, both allowed
  std::int64_t most = 0;
};

// A list as it came: with commas from a query string or a JSON string, or already apart from an
// array.
struct ListValue {
  std::vector<std::string> with_commas;
  std::vector<std::vector<std::string>> apart;
};

// The values of the names of one table.
class Params {
 public:
  // Empty text when not given.
  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
  // False when not given.
  [[nodiscard]] bool flag(std::string_view name) const;
  // Null when not given.
  [[nodiscard]] const ListValue* list(std::string_view name) const;
  // All values of a list in one, trimmed, without blank ones; "\," is a comma in a value.
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;

  // For those who fill it: the entry of a name, made when missing.
  struct Entry {
    std::string_view name;  // of the table
    std::string text;
    std::int64_t number = 0;  // also 0 or 1 for a flag
    ListValue list;
  };

  Entry& entry(std::string_view name);

 private:
  [[nodiscard]] const Entry* find(std::string_view name) const;

  std::vector<Entry> entries_;
};

using ParamTable = std::span<const ParamRow>;

// What was sent, and what of it is wrong: with faults left, the params are not to be used.
struct ReadParams {
  Params params;
  Faults faults;
};

// The query string of a request.
[[nodiscard]] ReadParams read_query_params(ParamTable table, const Request& request);

// The JSON body of a request. A Problem (400, 415) when the body as a whole is unusable.
struct ReadBody {
  ReadParams read;
  std::optional<Problem> problem;
};

[[nodiscard]] ReadBody read_body_params(ParamTable table, const Request& request);

// The row of a name; null when there is none.
[[nodiscard]] const ParamRow* find_row(ParamTable table, std::string_view name);

// The known name that takes the fewest edits to reach; empty for an empty table.
[[nodiscard]] std::string_view nearest_name(ParamTable table, std::string_view name);

// Judges one value by its row and keeps it: text as a query string or a JSON string has it. A blank
// one counts as not given, whatever the type.
void read_text_value(const ParamRow& row, std::string_view value, ReadParams& read);
// The same for a JSON number.
void read_integer_value(const ParamRow& row, std::int64_t value, ReadParams& read);
// Reports what the row expected.
void report_type(const ParamRow& row, Faults& faults);
// To be called once all is read: reports lists that are too long together, and values that are not
// among their row's choices.
void check_lists(ParamTable table, ReadParams& read);

// The parts of "a|b|c".
[[nodiscard]] std::vector<std::string_view> split_choices(std::string_view choices);

}  // namespace broadsheet::server
