// One walk over the page.
#include "indexer/readers/html_marks.h"

#include <algorithm>
#include <utility>

#include "indexer/readers/ascii.h"

namespace broadsheet::indexer {
namespace {

// No byline is longer; what is longer under such a class is the author's life.
constexpr std::size_t kMaxBylineBytes = 150;
// A page that says more than this says nonsense.
constexpr std::size_t kMaxSaid = 64;

// The node after this one in document order below `top`, or an empty one.
XmlNode following(const XmlNode& node, const XmlNode& top) {
  if (const XmlNode below = node.first()) return below;
  XmlNode at = node;
  while (at != top && !at.next())
    at = at.parent();
  return at == top ? XmlNode() : at.next();
}

// The text of an element, in one line; empty where it is longer than a title can be: elements
// around the whole page may carry any mark, so none is read further than that.
std::string short_text(const XmlNode& element) {
  constexpr std::size_t kMaxBytes = 1000;
  std::string text;
  for (XmlNode at = element; at && text.size() <= kMaxBytes; at = following(at, element))
    text += at.content().substr(0, kMaxBytes + 1);
  return text.size() > kMaxBytes ? std::string() : one_line(text);
}

class Gatherer {
 public:
  HtmlMarks gather(const XmlNode& root) && {
    say("text:lang", root.attribute("lang"));
    for (XmlNode at = root; at; at = following(at, root)) {
      if (!at.is_text()) look_at(at);
    }
    return std::move(marks_);
  }

 private:
  void say(std::string_view name, std::string_view value) {
    std::string line = one_line(value);
    if (line.empty()) return;
    std::vector<std::string>& values = marks_.said[std::string(name)];
    if (values.size() < kMaxSaid) values.push_back(std::move(line));
  }

  void look_at(const XmlNode& element) {
    const std::string_view tag = element.name();
    if (tag == "meta") {
      say_meta(element);
    } else if (tag == "link") {
      say("link:" + lower_case(element.attribute("rel")), element.attribute("href"));
    } else if (tag == "script") {
      add_script(element);
    } else if (tag == "title" || tag == "h1") {
      say("text:" + std::string(tag), short_text(element));
    } else if (tag == "time") {
      say_time(element);
    }
    if (element.has_attribute("itemprop")) say_item(element);
    if (is_byline(element)) say_byline(element);
  }

  void say_meta(const XmlNode& meta) {
    const std::string content = meta.attribute("content");
    for (const char* key : {"property", "name", "http-equiv"}) {
      // One attribute may hold several names.
      std::string names = lower_case(meta.attribute(key));
      for (std::size_t at = 0; at < names.size();) {
        const std::size_t end = std::min(names.find(' ', at), names.size());
        if (end > at) say(std::string_view(names).substr(at, end - at), content);
        at = end + 1;
      }
    }
  }

  void add_script(const XmlNode& script) {
    if (lower_case(script.attribute("type")).find("ld+json") == std::string::npos) return;
    if (marks_.json_ld.size() < kMaxSaid) marks_.json_ld.push_back(script.text());
  }

  void say_time(const XmlNode& time) {
    const std::string value = time.attribute("datetime");
    say(time.has_attribute("pubdate") ? "text:pubdate" : "text:time", value);
  }

  void say_item(const XmlNode& element) {
    const std::string property = element.attribute("itemprop");
    if (property != "headline" && property != "author" && !property.starts_with("date")) return;
    for (const char* name : {"content", "datetime"}) {
      if (element.has_attribute(name)) return say("item:" + property, element.attribute(name));
    }
    say("item:" + property, short_text(element));
  }

  // By a class or id as a whole: "byline", "article__byline", "author", "post-author".
  static bool is_byline(const XmlNode& element) {
    if (element.attribute("rel") == "author") return true;
    const std::string named =
        lower_case(element.attribute("class") + " " + element.attribute("id")) + " ";
    for (const char* name : {"byline ", "author ", "author-name ", "authorname "}) {
      if (named.find(name) != std::string::npos) return true;
    }
    return false;
  }

  void say_byline(const XmlNode& element) {
    const std::string text = short_text(element);
    if (text.size() > kMaxBylineBytes) return;
    say(element.attribute("rel") == "author" ? "text:rel" : "text:byline", text);
  }

  HtmlMarks marks_;
};

}  // namespace

const std::vector<std::string>& HtmlMarks::values_of(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto found = said.find(std::string(name));
  return found == said.end() ? kNone : found->second;
}

HtmlMarks gather_marks(const XmlNode& root) {
  return Gatherer().gather(root);
}

void split_list(std::vector<std::string>& parts, std::string_view list) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    if (std::string part = one_line(list.substr(at, end - at)); !part.empty()) {
      parts.push_back(std::move(part));
    }
    at = end + 1;
  }
}

}  // namespace broadsheet::indexer
