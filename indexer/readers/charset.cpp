// ICU converts; what is decided here is from which encoding.
#include "indexer/readers/charset.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include "indexer/readers/ascii.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

// Declarations stand in the first kilobyte (HTML Standard section 4.2.5.4).
constexpr std::size_t kLookedThrough = 1024;

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};

// The longer ones first: UTF-32LE begins like UTF-16LE.
constexpr std::array kMarks = {
    Mark{std::string_view("\x00\x00\xFE\xFF", 4), "utf-32be"},
    Mark{std::string_view("\xFF\xFE\x00\x00", 4), "utf-32le"},
    Mark{"\xEF\xBB\xBF", "utf-8"},
    Mark{"\xFE\xFF", "utf-16be"},
    Mark{"\xFF\xFE", "utf-16le"},
};

// "<?" or "<!" without a mark, as XML 1.0 appendix F tells wide encodings apart.
constexpr std::array kBareStarts = {
    Mark{std::string_view("\x00\x00\x00<", 4), "utf-32be"},
    Mark{std::string_view("<\x00\x00\x00", 4), "utf-32le"},
    Mark{std::string_view("\x00<\x00", 3), "utf-16be"},
    Mark{std::string_view("<\x00", 2), "utf-16le"},
    Mark{"\x4C\x6F\xA7\x94", "ibm037"},
};

// The value behind `name` and "=", in quotes or bare, searched for in lower-case text.
std::string value_behind(std::string_view text, std::string_view name) {
  constexpr std::string_view kBlanks = " \t\r\n";
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    std::size_t from = text.find_first_not_of(kBlanks, at + name.size());
    if (from == std::string_view::npos || text[from] != '=') continue;
    from = text.find_first_not_of(" \t\r\n\"'", from + 1);
    if (from == std::string_view::npos) return {};
    const std::size_t end = text.find_first_of(" \t\r\n\"';>?,/", from);
    return std::string(text.substr(from, std::min(end, text.size()) - from));
  }
  return {};
}

std::string declared_in(std::string_view bytes) {
  const std::string head = lower_case(bytes.substr(0, kLookedThrough));
  if (head.find("<?xml") != std::string::npos) {
    const std::size_t end = head.find("?>");
    return value_behind(std::string_view(head).substr(0, end), "encoding");
  }
  const std::size_t meta = head.find("<meta");
  return meta == std::string::npos ? std::string()
                                   : value_behind(std::string_view(head).substr(meta), "charset");
}

const Mark* beginning_of(std::string_view bytes, const auto& marks) {
  const auto found = std::find_if(
      marks.begin(), marks.end(), [&](const Mark& mark) { return bytes.starts_with(mark.bytes); });
  return found == marks.end() ? nullptr : &*found;
}

struct Alias {
  std::string_view name;
  std::string_view encoding;
};

// Where a name means more than it says: the WHATWG Encoding Standard section 4.2. Pages that call
// themselves Latin-1 were written by Windows.
constexpr std::array kAliases = {
    Alias{"utf8", "utf-8"},
    Alias{"iso-8859-1", "windows-1252"},
    Alias{"iso8859-1", "windows-1252"},
    Alias{"iso_8859-1", "windows-1252"},
    Alias{"latin1", "windows-1252"},
    Alias{"latin-1", "windows-1252"},
    Alias{"us-ascii", "windows-1252"},
    Alias{"ascii", "windows-1252"},
    Alias{"gb2312", "gb18030"},
    Alias{"gbk", "gb18030"},
    Alias{"x-gbk", "gb18030"},
    Alias{"shift-jis", "shift_jis"},
    Alias{"x-sjis", "shift_jis"},
    Alias{"tis-620", "windows-874"},
    Alias{"iso-8859-8-i", "windows-1255"},
};

std::string canonical_name(const std::string& name) {
  const auto* row = std::find_if(
      kAliases.begin(), kAliases.end(), [&](const Alias& alias) { return alias.name == name; });
  return row == kAliases.end() ? name : std::string(row->encoding);
}

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// What the bytes look like, for documents that do not say; empty where that is no more than a
// guess.
std::string guessed(std::string_view bytes) {
  constexpr std::size_t kLookedAt = std::size_t{64} * 1024;
  // ICU's confidence goes to 100; below half of that, wrong guesses are as many as right ones.
  constexpr std::int32_t kSure = 50;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  const auto length = static_cast<std::int32_t>(std::min(bytes.size(), kLookedAt));
  ucsdet_setText(detector.get(), bytes.data(), length, &status);
  ucsdet_enableInputFilter(detector.get(), 1);  // markup does not count
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return {};
  const bool is_sure = ucsdet_getConfidence(match, &status) >= kSure;
  const char* name = ucsdet_getName(match, &status);
  return is_sure && name != nullptr ? canonical_name(lower_case(name)) : std::string();
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// Empty when ICU does not know the encoding. `mended` is set where bytes had to be replaced.
std::optional<std::string> convert(std::string_view bytes,
                                   const std::string& encoding,
                                   bool& mended) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(encoding.c_str(), &status));
  if (U_FAILURE(status) || !converter) return std::nullopt;
  std::vector<UChar> buffer(bytes.size() * 2 + 1);
  const std::int32_t length = ucnv_toUChars(converter.get(),
                                            buffer.data(),
                                            static_cast<std::int32_t>(buffer.size()),
                                            bytes.data(),
                                            static_cast<std::int32_t>(bytes.size()),
                                            &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string text;
  icu::UnicodeString(false, buffer.data(), length).toUTF8String(text);
  mended = mended || text.find("\xEF\xBF\xBD") != std::string::npos;
  return repair_utf8(text);
}

DecodedText decode_as(std::string_view bytes, const std::string& encoding) {
  const bool is_unicode = encoding.empty() || encoding == "utf-8";
  if (is_unicode && is_utf8(bytes)) return {std::string(bytes), "utf-8", false};
  bool mended = is_unicode;
  const std::string likely = encoding.empty() ? guessed(bytes) : encoding;
  if (!likely.empty() && likely != "utf-8") {
    if (auto text = convert(bytes, likely, mended)) return {*std::move(text), likely, mended};
    if (is_utf8(bytes)) return {std::string(bytes), "utf-8", true};
  }
  auto text = convert(bytes, "windows-1252", mended);
  return {text ? *std::move(text) : repair_utf8(bytes), "windows-1252", true};
}

}  // namespace

std::string charset_of(std::string_view content_type) {
  return value_behind(lower_case(content_type), "charset");
}

DecodedText decode_text(std::string_view bytes, std::string_view content_type) {
  if (const Mark* mark = beginning_of(bytes, kMarks)) {
    bytes.remove_prefix(mark->bytes.size());
    return decode_as(bytes, std::string(mark->encoding));
  }
  std::string encoding = charset_of(content_type);
  if (encoding.empty()) {
    const Mark* start = beginning_of(bytes, kBareStarts);
    encoding = start != nullptr ? std::string(start->encoding) : declared_in(bytes);
  }
  return decode_as(bytes, canonical_name(encoding));
}

}  // namespace broadsheet::indexer
