// Which encoding bytes are read in.
#include "indexer/readers/charset.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

struct Case {
  const char* what;
  std::string bytes;
  std::string content_type;
  std::string text;
  std::string encoding;
};

TEST(charset, is_told_by_mark_header_declaration_and_content) {
  const std::vector<Case> cases = {
      {"nothing said", "<a>\xC3\xA9</a>", "", "<a>\xC3\xA9</a>", "utf-8"},
      {"mark", "\xEF\xBB\xBF<a/>", "text/xml; charset=koi8-r", "<a/>", "utf-8"},
      {"mark of utf-16", std::string("\xFF\xFE<\0a\0", 6), "", "<a", "utf-16le"},
      {"wide without a mark", std::string("\0<\0?", 4), "", "<?", "utf-16be"},
      {"header", "\xC1", "text/xml; charset=\"KOI8-R\"", "\xD0\xB0", "koi8-r"},
      {"header before declaration",
       "<?xml version='1.0' encoding='windows-1251'?>\xC1",
       "application/xml;charset=koi8-r",
       "<?xml version='1.0' encoding='windows-1251'?>\xD0\xB0",
       "koi8-r"},
      {"declaration",
       "<?xml version='1.0' encoding='windows-1251'?>\xE0",
       "",
       "<?xml version='1.0' encoding='windows-1251'?>\xD0\xB0",
       "windows-1251"},
      {"meta",
       "<html><meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>\xB1",
       "",
       "<html><meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>\xC4\x85",
       "iso-8859-2"},
      {"latin1 means windows",
       "\x93",
       "text/xml; charset=ISO-8859-1",
       "\xE2\x80\x9C",
       "windows-1252"},
      {"a lie about utf-8",
       "<?xml version='1.0' encoding='utf-8'?>\xE9",
       "",
       "<?xml version='1.0' encoding='utf-8'?>\xC3\xA9",
       "windows-1252"},
      {"gb2312 means gb18030", "\xC4\xE3", "text/xml; charset='gb2312'", "\xE4\xBD\xA0", "gb18030"},
      {"an unknown name", "\xC3\xA9", "text/xml; charset=nonsense", "\xC3\xA9", "utf-8"},
  };
  for (const Case& one : cases) {
    const DecodedText decoded = decode_text(one.bytes, one.content_type);
    EXPECT_EQ(decoded.text, one.text) << one.what;
    EXPECT_EQ(decoded.encoding, one.encoding) << one.what;
  }
}

TEST(charset, says_when_something_was_mended) {
  EXPECT_FALSE(decode_text("plain", "").mended);
  EXPECT_TRUE(decode_text("caf\xE9", "text/xml; charset=utf-8").mended);
  EXPECT_FALSE(decode_text("caf\xE9", "text/xml; charset=latin1").mended);
}

}  // namespace
}  // namespace broadsheet::indexer
