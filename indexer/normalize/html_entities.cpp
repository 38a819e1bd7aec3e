// The names of HTML 4.01. Numbers cover the rest.
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
    Entity{"amp", '&'},        Entity{"lt", '<'},         Entity{"gt", '>'},
    Entity{"quot", '"'},       Entity{"apos", '\''},      Entity{"OElig", 0x152},
    Entity{"oelig", 0x153},    Entity{"Scaron", 0x160},   Entity{"scaron", 0x161},
    Entity{"Yuml", 0x178},     Entity{"fnof", 0x192},     Entity{"circ", 0x2C6},
    Entity{"tilde", 0x2DC},    Entity{"ensp", 0x2002},    Entity{"emsp", 0x2003},
    Entity{"thinsp", 0x2009},  Entity{"zwnj", 0x200C},    Entity{"zwj", 0x200D},
    Entity{"lrm", 0x200E},     Entity{"rlm", 0x200F},     Entity{"ndash", 0x2013},
    Entity{"mdash", 0x2014},   Entity{"lsquo", 0x2018},   Entity{"rsquo", 0x2019},
    Entity{"sbquo", 0x201A},   Entity{"ldquo", 0x201C},   Entity{"rdquo", 0x201D},
    Entity{"bdquo", 0x201E},   Entity{"dagger", 0x2020},  Entity{"Dagger", 0x2021},
    Entity{"bull", 0x2022},    Entity{"hellip", 0x2026},  Entity{"permil", 0x2030},
    Entity{"prime", 0x2032},   Entity{"Prime", 0x2033},   Entity{"lsaquo", 0x2039},
    Entity{"rsaquo", 0x203A},  Entity{"euro", 0x20AC},    Entity{"trade", 0x2122},
    Entity{"larr", 0x2190},    Entity{"uarr", 0x2191},    Entity{"rarr", 0x2192},
    Entity{"darr", 0x2193},    Entity{"minus", 0x2212},   Entity{"asymp", 0x2248},
    Entity{"ne", 0x2260},      Entity{"le", 0x2264},      Entity{"ge", 0x2265},
    Entity{"Alpha", 0x391},    Entity{"Beta", 0x392},     Entity{"Gamma", 0x393},
    Entity{"Delta", 0x394},    Entity{"Epsilon", 0x395},  Entity{"Zeta", 0x396},
    Entity{"Eta", 0x397},      Entity{"Theta", 0x398},    Entity{"Iota", 0x399},
    Entity{"Kappa", 0x39A},    Entity{"Lambda", 0x39B},   Entity{"Mu", 0x39C},
    Entity{"Nu", 0x39D},       Entity{"Xi", 0x39E},       Entity{"Omicron", 0x39F},
    Entity{"Pi", 0x3A0},       Entity{"Rho", 0x3A1},      Entity{"Sigma", 0x3A3},
    Entity{"Tau", 0x3A4},      Entity{"Upsilon", 0x3A5},  Entity{"Phi", 0x3A6},
    Entity{"Chi", 0x3A7},      Entity{"Psi", 0x3A8},      Entity{"Omega", 0x3A9},
    Entity{"alpha", 0x3B1},    Entity{"beta", 0x3B2},     Entity{"gamma", 0x3B3},
    Entity{"delta", 0x3B4},    Entity{"epsilon", 0x3B5},  Entity{"zeta", 0x3B6},
    Entity{"eta", 0x3B7},      Entity{"theta", 0x3B8},    Entity{"iota", 0x3B9},
    Entity{"kappa", 0x3BA},    Entity{"lambda", 0x3BB},   Entity{"mu", 0x3BC},
    Entity{"nu", 0x3BD},       Entity{"xi", 0x3BE},       Entity{"omicron", 0x3BF},
    Entity{"pi", 0x3C0},       Entity{"rho", 0x3C1},      Entity{"sigmaf", 0x3C2},
    Entity{"sigma", 0x3C3},    Entity{"tau", 0x3C4},      Entity{"upsilon", 0x3C5},
    Entity{"phi", 0x3C6},      Entity{"chi", 0x3C7},      Entity{"psi", 0x3C8},
    Entity{"omega", 0x3C9},    Entity{"thetasym", 0x3D1}, Entity{"upsih", 0x3D2},
    Entity{"piv", 0x3D6},      Entity{"oline", 0x203E},   Entity{"frasl", 0x2044},
    Entity{"image", 0x2111},   Entity{"weierp", 0x2118},  Entity{"real", 0x211C},
    Entity{"alefsym", 0x2135}, Entity{"harr", 0x2194},    Entity{"crarr", 0x21B5},
    Entity{"lArr", 0x21D0},    Entity{"uArr", 0x21D1},    Entity{"rArr", 0x21D2},
    Entity{"dArr", 0x21D3},    Entity{"hArr", 0x21D4},    Entity{"forall", 0x2200},
    Entity{"part", 0x2202},    Entity{"exist", 0x2203},   Entity{"empty", 0x2205},
    Entity{"nabla", 0x2207},   Entity{"isin", 0x2208},    Entity{"notin", 0x2209},
    Entity{"ni", 0x220B},      Entity{"prod", 0x220F},    Entity{"sum", 0x2211},
    Entity{"lowast", 0x2217},  Entity{"radic", 0x221A},   Entity{"prop", 0x221D},
    Entity{"infin", 0x221E},   Entity{"ang", 0x2220},     Entity{"and", 0x2227},
    Entity{"or", 0x2228},      Entity{"cap", 0x2229},     Entity{"cup", 0x222A},
    Entity{"int", 0x222B},     Entity{"there4", 0x2234},  Entity{"sim", 0x223C},
    Entity{"cong", 0x2245},    Entity{"equiv", 0x2261},   Entity{"sub", 0x2282},
    Entity{"sup", 0x2283},     Entity{"nsub", 0x2284},    Entity{"sube", 0x2286},
    Entity{"supe", 0x2287},    Entity{"oplus", 0x2295},   Entity{"otimes", 0x2297},
    Entity{"perp", 0x22A5},    Entity{"sdot", 0x22C5},    Entity{"lceil", 0x2308},
    Entity{"rceil", 0x2309},   Entity{"lfloor", 0x230A},  Entity{"rfloor", 0x230B},
    Entity{"lang", 0x2329},    Entity{"rang", 0x232A},    Entity{"loz", 0x25CA},
    Entity{"spades", 0x2660},  Entity{"clubs", 0x2663},   Entity{"hearts", 0x2665},
    Entity{"diams", 0x2666},
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

std::string without_references(std::string text) {
  std::size_t at = text.find('&');
  if (at == std::string::npos) return text;
  std::string out = text.substr(0, at);
  out.reserve(text.size());
  std::string decoded;
  while (at < text.size()) {
    decoded.clear();
    std::size_t used = decode_entity(std::string_view(text).substr(at), decoded);
    if (used == 0) {
      out += '&';
      used = 1;
    } else if (decoded == "&") {
      at += used - 1;
      text[at] = '&';  // with what follows it may be another reference
      continue;
    } else {
      out += decoded;
    }
    const std::size_t next = std::min(text.find('&', at + used), text.size());
    out.append(text, at + used, next - at - used);
    at = next;
  }
  return out;
}

}  // namespace broadsheet::indexer
