// What is mended before XML is parsed.
#include "indexer/readers/xml_text.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

TEST(mend_xml, leaves_well_formed_text_alone) {
  for (const char* text : {"<a>x &amp; y &#233; &#xE9; &lt;b&gt;</a>",
                           "<![CDATA[AT&T & <b>&nbsp;</b>]]>",
                           "<!-- a & b --><?pi a & b?>",
                           ""}) {
    const MendedXml mended = mend_xml(text);
    EXPECT_EQ(mended.text, text);
    EXPECT_FALSE(mended.mended) << text;
  }
}

TEST(mend_xml, makes_text_of_ampersands_that_begin_nothing) {
  const std::pair<const char*, const char*> cases[] = {
      {"AT&T", "AT&amp;T"},
      {"a & b", "a &amp; b"},
      {"&nbsp;", "&amp;nbsp;"},
      {"&amp", "&amp;amp"},
      {"&#;&#x;&#99999999999;&#0;", "&amp;#;&amp;#x;&amp;#99999999999;&amp;#0;"},
      {"&", "&amp;"},
      {"<![CDATA[&]]>&", "<![CDATA[&]]>&amp;"},
      {"<!-- never closed &", "<!-- never closed &amp;"},
      {"<? <![CDATA[ ?>&", "<? <![CDATA[ ?>&amp;"},
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
