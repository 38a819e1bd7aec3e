// The names that news texts use: those of Latin-1 and of typography. Numbers cover the rest.
#include "indexer/normalize/html_entities.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "indexer/normalize/text.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kLongestReference = 12;

// The names of U+00A0 to U+00FF, in their order (HTML 4.01 section 24.2).
constexpr std::array<std::string_view, 96> kLatin1 = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

struct Entity {
  std::string_view name;
  char32_t character;
};

constexpr std::array kOthers = {
    Entity{"amp", '&'},       Entity{"lt", '<'},        Entity{"gt", '>'},
    Entity{"quot", '"'},      Entity{"apos", '\''},     Entity{"OElig", 0x152},
    Entity{"oelig", 0x153},   Entity{"Scaron", 0x160},  Entity{"scaron", 0x161},
    Entity{"Yuml", 0x178},    Entity{"fnof", 0x192},    Entity{"circ", 0x2C6},
    Entity{"tilde", 0x2DC},   Entity{"ensp", 0x2002},   Entity{"emsp", 0x2003},
    Entity{"thinsp", 0x2009}, Entity{"zwnj", 0x200C},   Entity{"zwj", 0x200D},
    Entity{"lrm", 0x200E},    Entity{"rlm", 0x200F},    Entity{"ndash", 0x2013},
    Entity{"mdash", 0x2014},  Entity{"lsquo", 0x2018},  Entity{"rsquo", 0x2019},
    Entity{"sbquo", 0x201A},  Entity{"ldquo", 0x201C},  Entity{"rdquo", 0x201D},
    Entity{"bdquo", 0x201E},  Entity{"dagger", 0x2020}, Entity{"Dagger", 0x2021},
    Entity{"bull", 0x2022},   Entity{"hellip", 0x2026}, Entity{"permil", 0x2030},
    Entity{"prime", 0x2032},  Entity{"Prime", 0x2033},  Entity{"lsaquo", 0x2039},
    Entity{"rsaquo", 0x203A}, Entity{"euro", 0x20AC},   Entity{"trade", 0x2122},
    Entity{"larr", 0x2190},   Entity{"uarr", 0x2191},   Entity{"rarr", 0x2192},
    Entity{"darr", 0x2193},   Entity{"minus", 0x2212},  Entity{"asymp", 0x2248},
    Entity{"ne", 0x2260},     Entity{"le", 0x2264},     Entity{"ge", 0x2265},
};

// 0 for a name not known here.
char32_t named(std::string_view name) {
  const auto* latin = std::find(kLatin1.begin(), kLatin1.end(), name);
  if (latin != kLatin1.end()) return 0xA0 + static_cast<char32_t>(latin - kLatin1.begin());
  const auto* other = std::find_if(
      kOthers.begin(), kOthers.end(), [&](const Entity& entity) { return entity.name == name; });
  return other == kOthers.end() ? 0 : other->character;
}

// "8217" or "x2019"; 0 when it is no number. Numbers of the C1 range mean Windows-1252, as browsers
// read them.
char32_t numbered(std::string_view digits) {
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, hex ? 16 : 10);
  if (digits.empty() || end != digits.data() + digits.size()) return 0;
  if (error != std::errc() || number == 0) return 0xFFFD;
  const char32_t mark = windows_1252_mark(number);
  return mark != 0 ? mark : number;
}

}  // namespace

std::size_t decode_entity(std::string_view text, std::string& out) {
  const std::size_t end = text.substr(0, kLongestReference).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  const char32_t character = name.front() == '#' ? numbered(name.substr(1)) : named(name);
  if (character == 0) return 0;
  append_utf8(out, character);
  return end + 1;
}

}  // namespace broadsheet::indexer
