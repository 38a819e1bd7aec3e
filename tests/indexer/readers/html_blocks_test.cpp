// How a page becomes boxes and blocks.
#include "indexer/readers/html_blocks.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

// Each block as "box(kind, bytes linked): text".
std::string laid_out(const std::string& page) {
  const auto document = XmlDocument::parse_html(page).value();
  const HtmlLayout layout = lay_out(document.root());
  std::string out;
  for (const HtmlBlock& block : layout.blocks) {
    out += std::string(layout.boxes[block.box].element.name()) + "(" +
           std::to_string(static_cast<int>(block.kind)) + ", " + std::to_string(block.linked) +
           "): " + block.text + "\n";
  }
  return out;
}

TEST(lay_out, tells_paragraphs_headings_items_cells_and_loose_text) {
  EXPECT_EQ(laid_out("<body><h2>a</h2><p>b<ul><li>c</ul><table><tr><td>d</table><div>e</div>"),
            "h2(2, 0): a\np(1, 0): b\nli(3, 0): c\ntd(4, 0): d\ndiv(0, 0): e\n");
}

TEST(lay_out, puts_white_space_in_order_and_counts_what_is_linked) {
  EXPECT_EQ(laid_out("<p> one\n <b>two</b>&nbsp;\t<a href=x>three</a>, four "),
            "p(1, 6): one two three, four\n");
}

TEST(lay_out, two_line_breaks_end_a_paragraph) {
  EXPECT_EQ(laid_out("<div>a<br>b<br> <br>c</div>"), "div(0, 0): a b\ndiv(0, 0): c\n");
}

TEST(lay_out, leaves_out_what_no_reader_sees) {
  EXPECT_EQ(laid_out("<title>t</title><p>a<button>b</button><video>c</video></p>"), "p(1, 0): a\n");
}

TEST(lay_out, boxes_hold_their_blocks) {
  const auto document = XmlDocument::parse_html("<body><div><p>a<p>b</div><p>c").value();
  const HtmlLayout layout = lay_out(document.root());
  const auto& div = layout.boxes[2];
  EXPECT_EQ(div.element.name(), "div");
  EXPECT_EQ(div.first, 0U);
  EXPECT_EQ(div.last, 2U);
  EXPECT_EQ(layout.boxes[0].last, 3U);
}

}  // namespace
}  // namespace broadsheet::indexer
