// The JSON body of a POST, read by the same table as a query string. The one place where the API
// parses JSON: depth and repeats are judged here, so nothing a client nests can reach a recursive
// function.
#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "server/api/json_writer.h"
#include "server/api/params.h"
#include "server/http/ascii.h"

namespace broadsheet::server {
namespace {

using Json = nlohmann::json;

// A body is an object of scalars, lists and lists of lists: nothing meaningful nests deeper.
constexpr int kMostDepth = 4;

Problem unusable_body(int status, std::string_view code, std::string detail, std::string hint) {
  Problem problem;
  problem.status = status;
  problem.code = code;
  problem.detail = std::move(detail);
  problem.hint = std::move(hint);
  return problem;
}

constexpr std::string_view kHint = "Send a JSON object whose members are the parameters.";

bool is_json_type(std::string_view content_type) {
  return lower_case(trimmed(content_type.substr(0, content_type.find(';')))) == "application/json";
}

// The closing quote of the string that opens at `at`; the end when there is none.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at;
}

// Where brackets nest deeper than kMostDepth; the size of the text when they nowhere do. Counts
// brackets outside strings, which is exact for valid JSON and harmless for anything else.
std::size_t too_deep_at(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') at = end_of_string(text, at);
    if (c == '}' || c == ']') --depth;
    if ((c == '{' || c == '[') && ++depth > kMostDepth) return at;
  }
  return text.size();
}

// Repeats are looked for among so many names; a body with more is full of unknown ones anyway.
constexpr std::size_t kMostNames = 100;

// A body that cannot be read from some character on.
Problem unreadable_at(std::string_view body, std::size_t byte, std::string_view what) {
  const std::size_t position = code_points(body, byte);
  Problem problem =
      unusable_body(400,
                    "bad_json",
                    std::string(what) + " at character " + std::to_string(position) + ".",
                    std::string(kHint));
  problem.position = position;
  return problem;
}

// Reads the body into `object`; names that occur more than once go into `repeated`.
std::optional<Problem> parse_body(const std::string& body,
                                  Json& object,
                                  std::vector<std::string>& repeated) {
  if (const std::size_t at = too_deep_at(body); at < body.size()) {
    return unreadable_at(body, at, "The body is nested too deeply");
  }
  std::vector<std::string> names;
  const auto on_event = [&repeated, &names](int depth, Json::parse_event_t event, Json& value) {
    if (depth != 1 || event != Json::parse_event_t::key) return true;
    if (names.size() + repeated.size() >= kMostNames) return true;
    const auto& name = value.get_ref<const std::string&>();
    const bool known = std::find(names.begin(), names.end(), name) != names.end();
    (known ? repeated : names).push_back(name);
    return true;
  };
  try {
    object = Json::parse(body, on_event);
  } catch (const Json::parse_error& error) {
    return unreadable_at(body, error.byte > 0 ? error.byte - 1 : 0, "The body is not valid JSON");
  } catch (const Json::exception&) {  // a number beyond the range of a double
    return unusable_body(
        400, "bad_json", "The body holds a number that is out of range.", std::string(kHint));
  }
  if (object.is_object()) return std::nullopt;
  return unusable_body(400, "bad_json", "The body is not a JSON object.", std::string(kHint));
}

// Keeps a JSON array: texts make one list, arrays of texts one each. False when it holds anything
// else.
bool keep_array(const Json& array, ListValue& list) {
  std::vector<std::string> flat;
  for (const Json& element : array) {
    if (element.is_string()) {
      flat.push_back(element.get<std::string>());
    } else if (!element.is_array() || !keep_array(element, list)) {
      return false;
    }
  }
  if (!flat.empty()) list.apart.push_back(std::move(flat));
  return true;
}

void read_list(const ParamRow& row, const Json& value, ReadParams& read) {
  ListValue& list = read.params.entry(row.name).list;
  if (!keep_array(value, list)) report_type(row, read.faults);
}

void read_number(const ParamRow& row, const Json& value, ReadParams& read) {
  if (!value.is_number_unsigned()) return read_integer_value(row, value.get<std::int64_t>(), read);
  // What does not fit is beyond every bound.
  const auto number = std::min<std::uint64_t>(value.get<std::uint64_t>(), INT64_MAX);
  read_integer_value(row, static_cast<std::int64_t>(number), read);
}

bool takes_text(ParamType type) {
  return type == ParamType::text || type == ParamType::choice || type == ParamType::list;
}

// Whether a value says no more than leaving the member out would.
bool says_nothing(const Json& value) {
  if (value.is_null()) return true;
  return value.is_string() && trimmed(value.get_ref<const std::string&>()).empty();
}

void read_member(const ParamRow& row, const Json& value, ReadParams& read) {
  if (says_nothing(value)) return;
  if (value.is_string() && takes_text(row.type)) {
    read_text_value(row, value.get_ref<const std::string&>(), read);
  } else if (value.is_boolean() && row.type == ParamType::flag) {
    read_text_value(row, value.get<bool>() ? "true" : "false", read);
  } else if (value.is_number_integer() && row.type == ParamType::integer) {
    read_number(row, value, read);
  } else if (value.is_array() && row.type == ParamType::list) {
    read_list(row, value, read);
  } else {
    report_type(row, read.faults);
  }
}

void refuse_query_string(const Request& request, Faults& faults) {
  for (const NameValue& param : request.params) {
    const std::string name = cited(param.name);
    faults.bad(name,
               "\"" + name + "\" is in the address of a POST.",
               "Parameters of a POST go in its body.");
  }
}

}  // namespace

ReadBody read_body_params(ParamTable table, const Request& request) {
  ReadBody result;
  const std::string* type = request.header("content-type");
  if (type != nullptr && !is_json_type(*type)) {
    result.problem = unusable_body(415,
                                   {},
                                   "The body is read as application/json only.",
                                   "Set the header Content-Type: application/json.");
    return result;
  }
  if (request.body.empty()) {
    result.problem = unusable_body(400, "bad_json", "The body is empty.", std::string(kHint));
    return result;
  }
  Json object;
  std::vector<std::string> repeated;
  result.problem = parse_body(request.body, object, repeated);
  if (result.problem) return result;
  refuse_query_string(request, result.read.faults);
  for (const std::string& name : repeated) {
    result.read.faults.bad(cited(name), "\"" + cited(name) + "\" is given more than once.");
  }
  for (const auto& [name, value] : object.items()) {
    if (result.read.faults.full()) break;
    if (const ParamRow* row = find_row(table, name); row != nullptr) {
      read_member(*row, value, result.read);
    } else {
      result.read.faults.unknown(name, nearest_name(table, name));
    }
  }
  check_lists(table, result.read);
  return result;
}

}  // namespace broadsheet::server
