// Every member of the shape is there; what is not known is null or an empty list.
#include "indexer/commands/jsonl_writer.h"

#include <nlohmann/json.hpp>

#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json time_or_null(const std::optional<Timestamp>& time) {
  return time ? Json(format_timestamp(*time)) : Json(nullptr);
}

Json instant_or_null(const std::optional<std::int64_t>& seconds) {
  return seconds ? Json(format_utc(*seconds)) : Json(nullptr);
}

Json number_or_null(int number) {
  return number > 0 ? Json(number) : Json(nullptr);
}

Json source_json(const Source& source) {
  if (source.id.empty()) return nullptr;
  return {{"id", source.id}, {"name", source.name}};
}

Json image_json(const std::optional<Image>& image) {
  if (!image) return nullptr;
  return {{"url", image->url},
          {"alt", text_or_null(image->alt)},
          {"credit", text_or_null(image->credit)},
          {"width", number_or_null(image->width)},
          {"height", number_or_null(image->height)}};
}

std::string status_name(Status status) {
  switch (status) {
    case Status::usable:
      return "usable";
    case Status::withheld:
      return "withheld";
    case Status::withdrawn:
      return "withdrawn";
    case Status::killed:
    case Status::erased:
      break;
  }
  return "killed";
}

Json confidence_json(const std::optional<int>& percent) {
  return percent ? Json(*percent / 100.0) : Json(nullptr);
}

Json extra_json(const std::string& extra) {
  Json members = Json::parse(extra.empty() ? "{}" : extra, nullptr, false);
  return members.is_object() ? members : Json::object();
}

}  // namespace

std::string jsonl_line(const Article& article) {
  const Json json = {{"id", article.id},
                     {"url", text_or_null(article.url)},
                     {"title", text_or_null(article.title)},
                     {"body", text_or_null(article.body)},
                     {"summary", text_or_null(article.summary)},
                     {"summary_from", text_or_null(std::string(name_of(article.summary_from)))},
                     {"published", time_or_null(article.published)},
                     {"updated", time_or_null(article.updated)},
                     {"source", source_json(article.source)},
                     {"author", article.authors},
                     {"section", text_or_null(article.section)},
                     {"kicker", text_or_null(article.kicker)},
                     {"kicker_from", text_or_null(std::string(name_of(article.kicker_from)))},
                     {"genre", text_or_null(article.genre)},
                     {"language", text_or_null(article.language)},
                     {"language_confidence", confidence_json(article.language_confidence)},
                     {"tags", article.tags},
                     {"image", image_json(article.image)},
                     {"status", status_name(article.status)},
                     {"embargoed_until", instant_or_null(article.embargoed_until)},
                     {"expires", instant_or_null(article.expires)},
                     {"correction", text_or_null(article.correction)},
                     {"access", article.access},
                     {"prompt", text_or_null(article.prompt)},
                     {"extra", extra_json(article.extra)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace broadsheet::indexer
