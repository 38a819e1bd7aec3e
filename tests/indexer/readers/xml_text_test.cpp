// What is mended before XML is parsed.
#include "indexer/readers/xml_text.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

TEST(mend_xml, leaves_well_formed_text_alone) {
  for (const char* text : {"<a>x &#38; y &#233; &#xE9; &#60;b></a>",
                           "<![CDATA[AT&T & <b>&nbsp;</b>]]>",
                           "<!-- a & b --><?pi a & b?>",
                           ""}) {
    const MendedXml mended = mend_xml(text);
    EXPECT_EQ(mended.text, text);
    EXPECT_FALSE(mended.mended) << text;
  }
}

TEST(mend_xml, writes_references_of_xml_as_numbers) {
  const MendedXml mended = mend_xml("x &amp; y &lt;b&gt; &quot;&apos;");
  EXPECT_EQ(mended.text, "x &#38; y &#60;b&#62; &#34;&#39;");
  EXPECT_FALSE(mended.mended);
}

TEST(mend_xml, makes_text_of_ampersands_that_begin_nothing) {
  const std::pair<const char*, const char*> cases[] = {
      {"AT&T", "AT&#38;T"},
      {"a & b", "a &#38; b"},
      {"&nbsp;", "&#38;nbsp;"},
      {"&amp", "&#38;amp"},
      {"&#;&#x;&#99999999999;&#0;", "&#38;#;&#38;#x;&#38;#99999999999;&#38;#0;"},
      {"&", "&#38;"},
      {"<a>1 < 2 <</a>", "<a>1 &#60; 2 &#60;</a>"},
      {"<![CDATA[&]]>&", "<![CDATA[&]]>&#38;"},
      {"<!-- never closed &", "<!-- never closed &#38;"},
      {"<? <![CDATA[ ?>&", "<? <![CDATA[ ?>&#38;"},
  };
  for (const auto& [text, expected] : cases) {
    const MendedXml mended = mend_xml(text);
    EXPECT_EQ(mended.text, expected);
    EXPECT_TRUE(mended.mended) << text;
  }
}

TEST(mend_xml, blanks_forbidden_control_characters) {
  EXPECT_EQ(mend_xml("a\x01\x0B\tb\n").text, "a  \tb\n");
  EXPECT_EQ(mend_xml("<![CDATA[a\x02]]>").text, "<![CDATA[a ]]>");
}

TEST(mend_xml, unclosed_openings_cost_no_more_than_their_length) {
  std::string text;
  for (int i = 0; i < 100'000; ++i)
    text += "<!--&";
  EXPECT_EQ(mend_xml(text).text.size(), text.size() + 400'000);
}

}  // namespace
}  // namespace broadsheet::indexer
