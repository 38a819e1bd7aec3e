// The limits are looked at before anything is built.
#include "indexer/readers/json_record.h"

#include <nlohmann/json.hpp>

#include "indexer/readers/json_text.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;

// Where a text stops being JSON, in words.
std::string syntax_fault(std::string_view text) {
  try {
    const Json unused = Json::parse(text);
  } catch (const Json::parse_error& error) {
    if (error.byte > text.size()) return "not JSON: it ends too early";
    return "not JSON: wrong at byte " + std::to_string(error.byte);
  } catch (const Json::exception&) {
    return "not JSON: a number is out of range";
  }
  return "not JSON";
}

}  // namespace

Result<Json> parse_json_record(std::string_view text, std::vector<std::string>& repairs) {
  std::string mended;
  if (!is_utf8(text)) {
    mended = repair_utf8(text);
    text = mended;
    repairs.emplace_back("bytes that are not UTF-8 became U+FFFD");
  }
  const JsonShape shape = shape_of(text);
  if (shape.depth > kMaxJsonDepth) return fail(ErrorCode::invalid_argument, "nested too deeply");
  if (shape.values > kMaxJsonValues)
    return fail(ErrorCode::invalid_argument, "too many values in one record");
  Json record = Json::parse(text, nullptr, false);
  if (!record.is_discarded()) return record;
  record = Json::parse(mend_json(text), nullptr, false);
  if (record.is_discarded()) return fail(ErrorCode::invalid_argument, syntax_fault(text));
  repairs.emplace_back("control characters or half surrogate pairs in a text");
  return record;
}

}  // namespace broadsheet::indexer
