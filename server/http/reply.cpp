// The status table and the JSON of problem replies; the only JSON written in this folder.
#include "server/http/reply.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace broadsheet::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostInstanceBytes = 256;

// Our words are part of the contract: clients branch on them.
constexpr std::array kStatusNames{
    StatusName{400, "Bad Request", "bad_request"},
    StatusName{401, "Unauthorized", "unauthorized"},
    StatusName{403, "Forbidden", "forbidden"},
    StatusName{404, "Not Found", "not_found"},
    StatusName{405, "Method Not Allowed", "method_not_allowed"},
    StatusName{408, "Request Timeout", "request_timeout"},
    StatusName{409, "Conflict", "conflict"},
    StatusName{410, "Gone", "gone"},
    StatusName{411, "Length Required", "length_required"},
    StatusName{412, "Precondition Failed", "precondition_failed"},
    StatusName{413, "Content Too Large", "content_too_large"},
    StatusName{414, "URI Too Long", "uri_too_long"},
    StatusName{415, "Unsupported Media Type", "unsupported_media_type"},
    StatusName{416, "Range Not Satisfiable", "range_not_satisfiable"},
    StatusName{417, "Expectation Failed", "expectation_failed"},
    StatusName{422, "Unprocessable Content", "unprocessable_content"},
    StatusName{429, "Too Many Requests", "too_many_requests"},
    StatusName{431, "Request Header Fields Too Large", "header_fields_too_large"},
    StatusName{451, "Unavailable For Legal Reasons", "unavailable_for_legal_reasons"},
    StatusName{500, "Internal Server Error", "internal"},
    StatusName{501, "Not Implemented", "not_implemented"},
    StatusName{503, "Service Unavailable", "unavailable"},
    StatusName{504, "Gateway Timeout", "timeout"},
};

// What of an Error a client may read.
enum class Told { everything, hint, nothing };

struct ErrorRow {
  ErrorCode code;
  int status;
  Told told;
  std::string_view detail;  // in place of the message
};

constexpr std::array kErrorRows{
    ErrorRow{ErrorCode::invalid_argument, 400, Told::everything, ""},
    ErrorRow{ErrorCode::not_found, 404, Told::everything, ""},
    ErrorRow{ErrorCode::unavailable, 503, Told::hint, "The archive cannot be read just now."},
    ErrorRow{ErrorCode::version_mismatch,
             503,
             Told::hint,
             "The archive was written by another version of the software."},
    ErrorRow{ErrorCode::corrupt, 500, Told::nothing, "The server failed on this request."},
    ErrorRow{ErrorCode::internal, 500, Told::nothing, "The server failed on this request."},
};

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json items_json(const std::vector<ProblemItem>& items) {
  Json list = Json::array();
  for (const ProblemItem& item : items) {
    list.push_back({{"detail", item.detail},
                    {"param", or_null(item.param)},
                    {"position", or_null(item.position)}});
  }
  return list;
}

}  // namespace

StatusName status_name(int status) {
  const auto* found =
      std::find_if(kStatusNames.begin(), kStatusNames.end(), [status](const StatusName& row) {
        return row.status == status;
      });
  if (found != kStatusNames.end()) return *found;
  if (status >= 500) return {status, "Server Error", "internal"};
  return status >= 400 ? StatusName{status, "Client Error", "bad_request"}
                       : StatusName{status, "OK", "ok"};
}

std::string http_date(std::time_t time) {
  std::tm utc{};
  gmtime_r(&time, &utc);
  std::array<char, 32> text{};
  // The program never sets a locale, so names are English.
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), size};
}

Problem bad_parameter(std::string_view param, std::string detail) {
  Problem problem;
  problem.code = "bad_parameter";
  problem.detail = std::move(detail);
  problem.param = std::string(param);
  return problem;
}

Problem problem_of(const Error& error) {
  const auto* row =
      std::find_if(kErrorRows.begin(), kErrorRows.end(), [&error](const ErrorRow& candidate) {
        return candidate.code == error.code;
      });
  if (row == kErrorRows.end()) row = &kErrorRows.back();
  Problem problem;
  problem.status = row->status;
  problem.detail = row->told == Told::everything ? error.message : std::string(row->detail);
  if (row->told != Told::nothing && !error.hint.empty()) problem.hint = error.hint;
  return problem;
}

Response problem_reply(const Problem& problem, std::string_view instance) {
  const StatusName name = status_name(problem.status);
  const bool is_shown = !instance.empty() && instance.size() <= kMostInstanceBytes;
  const Json body{
      {"type", "about:blank"},
      {"title", problem.title.empty() ? std::string(name.title) : problem.title},
      {"status", problem.status},
      {"detail", problem.detail},
      {"instance", is_shown ? Json(std::string(instance)) : Json(nullptr)},
      {"code", problem.code.empty() ? std::string(name.code) : problem.code},
      {"param", or_null(problem.param)},
      {"position", or_null(problem.position)},
      {"hint", or_null(problem.hint)},
      {"errors", items_json(problem.errors)},
  };
  Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json";
  // Client text may be cited in it: what is not UTF-8 becomes U+FFFD instead of an exception.
  response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  if (problem.retry_after || problem.status == 429 || problem.status == 503) {
    response.headers.push_back({"Retry-After", std::to_string(problem.retry_after.value_or(1))});
  }
  return response;
}

}  // namespace broadsheet::server
