// What the wire formats of IPTC (ninjs, NewsML, NITF) share: their words for status and dates, and
// how an article is put together from several places that may say the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// Sets a member that is not set yet; an empty text sets nothing.
void fill(std::optional<std::string>& member, std::string text);

// Adds a tag that is not there yet; more than anybody writes are left out.
void add_tag(RawArticle& raw, std::string name);

// Adds a text to `extra` unless it is empty or the name is there already.
void add_extra(RawArticle& raw, std::string_view name, std::string_view text);

// The same for several texts, as a list.
void add_extra(RawArticle& raw, std::string_view name, const std::vector<std::string>& texts);

// References of HTML that came through as text (`&nbsp;`) as the characters they mean.
[[nodiscard]] std::string decode_references(std::string text);

// The text of an element in one line, references decoded.
[[nodiscard]] std::string line_of(XmlNode node);

// A date as IPTC's older formats write it (ISO 8601 basic, 20130605T210000+0000) in the form of RFC
// 3339; other texts stay as they are.
[[nodiscard]] std::string wire_date(std::string_view text);

// What a format says of an item's times.
struct WireDates {
  std::string first_created;
  std::string content_created;
  std::string version_created;
};

// Published when the item first was, or as early as it says; updated with its version.
void set_dates(RawArticle& raw, const WireDates& dates);

// Stands for a status or embargo that is there and cannot be read: nobody may take it as absent.
inline constexpr const char* kUnreadable = "unreadable";

// Takes the last part of a code (`stat:canceled`, `.../pubstatus/canceled`) as status.
void set_status(RawArticle& raw, std::string_view code);

// A note to editors; one that announces a correction is the correction, too.
void set_note(RawArticle& raw, const std::string& note);

// A picture in one of its sizes.
struct Rendition {
  std::string url;
  std::string width;
  std::string height;
};

// Takes the best size to show with an article: the widest up to 2048 pixels, else the narrowest.
void set_image(RawArticle& raw, const std::vector<Rendition>& renditions);

// To be called when everything was taken: settles embargoes, refuses what is empty unless it takes
// an article down. A slugline is no headline: the desk's word for an item, not for readers.
void finish(RawArticle& raw);

// An article that is refused.
[[nodiscard]] RawArticle refused_article(std::string reason);

}  // namespace broadsheet::indexer
