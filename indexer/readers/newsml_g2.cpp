// Which items a document holds, and what becomes of each; newsml_g2_item.cpp reads one.
#include "indexer/readers/newsml_g2.h"

#include <algorithm>
#include <array>

#include "indexer/readers/newsml_content.h"
#include "indexer/readers/newsml_g2_item.h"
#include "indexer/readers/wire.h"

namespace broadsheet::indexer {
namespace {

struct Other {
  std::string_view root;
  const char* what;
};

constexpr std::array kOthers = {
    Other{"packageItem", "a package: it names items and holds no text of its own"},
    Other{"groupSet", "the groups of a package: they name items and hold no text of their own"},
    Other{"conceptItem", "a concept (a person, an event, a topic), no article"},
    Other{"knowledgeItem", "a list of concepts, no article"},
    Other{"planningItem", "a plan of coverage, no article"},
    Other{"catalogItem", "a catalog of vocabularies, no article"},
};

const char* what_else(std::string_view root) {
  const auto* found = std::find_if(
      kOthers.begin(), kOthers.end(), [&](const Other& other) { return other.root == root; });
  return found == kOthers.end() ? nullptr : found->what;
}

struct Document {
  std::vector<RawArticle> articles;
  std::vector<RawArticle> refused;
  std::vector<XmlNode> pictures;
};

void read_item(XmlNode item, Document& document) {
  if (const char* what = what_else(item.name()))
    return document.refused.push_back(refused_article(what));
  if (item.name() == "contentSet") {
    RawArticle raw;
    take_g2_content(item, raw);
    finish(raw);
    return document.articles.push_back(std::move(raw));
  }
  const std::string kind = g2_class(item);
  if (kind == "picture" || kind == "graphic") document.pictures.push_back(item);
  RawArticle raw = read_g2_item(item);
  (raw.refusal.empty() ? document.articles : document.refused).push_back(std::move(raw));
}

// What a message held besides its articles is told with the first of them.
void note_refused(Document& document) {
  std::vector<std::string>& repairs = document.articles.front().repairs;
  for (const RawArticle& other : document.refused) {
    repairs.push_back("left out of its message: " + other.refusal);
    // A few say enough; a message may hold thousands.
    if (repairs.size() > 8) break;
  }
}

}  // namespace

bool is_newsml_g2(std::string_view root) {
  return root == "newsItem" || root == "newsMessage" || root == "itemSet" || root == "contentSet" ||
         what_else(root) != nullptr;
}

std::vector<RawArticle> read_newsml_g2(XmlNode root) {
  Document document;
  if (root.name() == "newsMessage" || root.name() == "itemSet") {
    for (const XmlNode item : (root.name() == "itemSet" ? root : root.child("itemSet")).children())
      read_item(item, document);
  } else {
    read_item(root, document);
  }
  if (document.articles.empty() && document.refused.empty())
    return {refused_article("a message without items")};
  if (document.articles.empty()) return std::move(document.refused);
  if (document.articles.size() == 1 && !document.pictures.empty())
    take_g2_picture(document.pictures.front(), document.articles.front());
  note_refused(document);
  return std::move(document.articles);
}

}  // namespace broadsheet::indexer
