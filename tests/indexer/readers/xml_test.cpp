// The tree of XML and HTML, from clean documents to hostile ones.
#include "indexer/readers/xml.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

XmlDocument xml(std::string_view text) {
  return XmlDocument::parse_xml(text).value();
}

TEST(xml, tells_names_spaces_attributes_and_text) {
  const auto document =
      xml("<?xml version='1.0'?><!-- c --><r xmlns:m='urn:m' a='1 &lt; 2'><m:x>one<b>two</b></m:x>"
          "<![CDATA[<raw>]]><y xml:lang='de'/></r>");
  const XmlNode root = document.root();
  EXPECT_EQ(document.fault(), "");
  EXPECT_EQ(root.name(), "r");
  EXPECT_EQ(root.attribute("a"), "1 < 2");
  EXPECT_EQ(root.child("x").space(), "urn:m");
  EXPECT_EQ(root.child("x").text(), "onetwo");
  EXPECT_EQ(root.child("x").first().content(), "one");
  EXPECT_EQ(root.child("x").content(), "");
  EXPECT_EQ(root.child("x").inner_markup(), "one<b>two</b>");
  EXPECT_EQ(root.text(), "onetwo<raw>");
  EXPECT_EQ(root.child("y").attribute("lang"), "de");
  EXPECT_EQ(root.children().size(), 2U);
  EXPECT_EQ(root.child("y").parent(), root);
}

TEST(xml, nothing_answers_with_nothing) {
  const XmlNode none;
  EXPECT_FALSE(none);
  EXPECT_FALSE(none.child("x").child("y"));
  EXPECT_EQ(none.text() + none.attribute("a") + std::string(none.name()), "");
  EXPECT_TRUE(none.children().empty());
}

TEST(xml, mends_what_is_ill_formed_and_says_where) {
  const auto document = xml("<r>\n<item><t>A &amp B & C</t><x>y</item><item><t>D</t></item>");
  EXPECT_THAT(document.fault(), testing::StartsWith("ill-formed XML at line"));
  const auto items = document.root().children("item");
  ASSERT_FALSE(items.empty());
  EXPECT_THAT(items[0].child("t").text(), testing::StartsWith("A "));
}

TEST(xml, references_behind_a_fault_keep_their_characters) {
  const auto document =
      xml("<r><b>one</c><t>A &amp; B &lt; C &gt; &quot;D&quot; &#233; &nbsp;</t></r>");
  EXPECT_NE(document.fault(), "");
  EXPECT_THAT(document.root().text(), testing::HasSubstr("A & B < C > \"D\" \xC3\xA9 &nbsp;"));
}

TEST(xml, an_encoding_named_wrongly_ends_nothing) {
  EXPECT_EQ(xml("<?xml version='1.0' encoding='no-such'?><r>\xC3\xA9</r>").root().text(),
            "\xC3\xA9");
}

TEST(xml, an_undeclared_prefix_counts_as_its_space) {
  const auto document = xml("<r><media:title>T</media:title></r>");
  EXPECT_EQ(document.root().first().name(), "title");
  EXPECT_EQ(document.root().first().space(), "media");
}

TEST(xml, expands_no_entity_of_the_document_and_reads_no_file) {
  EXPECT_EQ(xml("<!DOCTYPE r [<!ENTITY a 'x'><!ENTITY file SYSTEM 'file:///etc/passwd'>]>"
                "<r b='&a;'>&a;&file;&nbsp;</r>")
                .root()
                .text(),
            "&a;&file;&nbsp;");
}

TEST(xml, entities_within_entities_cost_nothing) {
  std::string bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>";
  for (char name = 'b'; name <= 'j'; ++name) {
    bomb += std::string("<!ENTITY ") + name + " '";
    for (int i = 0; i < 10; ++i)
      bomb += std::string("&") + static_cast<char>(name - 1) + ";";
    bomb += "'>";
  }
  EXPECT_LT(xml(bomb + "]><r a='&j;'>&j;</r>").root().text().size(), 100U);
}

TEST(xml, deep_nesting_ends_early_without_harm) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i)
    deep += "<a>";
  EXPECT_EQ(xml("<r>" + deep).root().name(), "r");
  std::string divs;
  for (int i = 0; i < 100'000; ++i)
    divs += "<div>x";
  EXPECT_TRUE(XmlDocument::parse_html(divs)->root());
}

TEST(xml, refuses_what_holds_no_element) {
  EXPECT_FALSE(XmlDocument::parse_xml(""));
  EXPECT_FALSE(XmlDocument::parse_xml("just text"));
  EXPECT_FALSE(XmlDocument::parse_html(""));
}

TEST(html, closes_what_pages_leave_open) {
  const auto document = XmlDocument::parse_html("<P>one<p>two <b>bold<br>x &eacute;").value();
  const XmlNode body = document.root().child("body");
  EXPECT_EQ(body.children("p").size(), 2U);
  EXPECT_EQ(body.children("p")[1].text(), "two boldx \xC3\xA9");
}

}  // namespace
}  // namespace broadsheet::indexer
