// From body to snippet: scan for marks, choose passages, mark what the passages hold.
#include "server/search/snippets.h"

#include <algorithm>
#include <utility>

#include "server/search/snippets_render.h"
#include "server/search/snippets_sentences.h"

namespace broadsheet::server {
namespace {

// News tells what matters first; what comes later may match but is rarely the better excerpt.
constexpr std::size_t kMaxScan = 16'384;  // bytes

constexpr std::string_view kCutBefore = "\u2026 ";
constexpr std::string_view kBetween = " \u2026 ";
constexpr std::string_view kCutAfter = " \u2026";

constexpr int kLeastChars = 40;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::size_t chars_of(const SnippetOptions& options) {
  return static_cast<std::size_t>(std::max(options.chars, kLeastChars));
}

// As much of a text as is looked at, whole words if it has any.
std::uint32_t scan_end(std::string_view text) {
  if (text.size() <= kMaxScan) return static_cast<std::uint32_t>(text.size());
  std::size_t end = kMaxScan;
  while (end > kMaxScan / 2 && !is_between_words(text, end))
    --end;
  return static_cast<std::uint32_t>(end);
}

}  // namespace

void SnippetMaker::look_for(const std::vector<MarkedTerm>& terms) {
  scanner_.look_for(terms);
}

Snippet SnippetMaker::make(std::string_view title,
                           std::string_view body,
                           const SnippetOptions& options) {
  Snippet snippet;
  snippet.field = is_blank(body) ? Field::title : Field::body;
  const std::string_view text = snippet.field == Field::title ? title : body;
  find_marks(text, options, snippet.field);
  const auto passages = choose_passages(text, marks_, scanner_, chars_of(options));
  render(text, passages, options, snippet);
  return snippet;
}

std::string SnippetMaker::mark_title(std::string_view title, std::string_view language) {
  marks_.clear();
  scanner_.scan(title, language, {0, scan_end(title), 0, 0}, marks_);
  MarkedText marked(Form::plain_and_html);
  marked.append(title, 0, static_cast<std::uint32_t>(title.size()), marks_);
  return std::move(marked.html);
}

// The marks to choose passages by: not all of them when there is enough to choose from.
void SnippetMaker::find_marks(std::string_view text, const SnippetOptions& options, Field field) {
  marks_.clear();
  ScanRange range;
  range.end = scan_end(text);
  // What is sought in titles alone does not show in bodies.
  range.wanted = field == Field::title ? ~std::uint64_t{0} : scanner_.body_terms();
  range.span = estimated_bytes(text, chars_of(options) * 3 / 4);
  if (range.wanted == 0) return;
  scanner_.scan(text, options.language, range, marks_);
  std::erase_if(marks_, [&](const Mark& mark) { return (mark.terms & range.wanted) == 0; });
}

void SnippetMaker::render(std::string_view text,
                          const std::vector<Passage>& passages,
                          const SnippetOptions& options,
                          Snippet& snippet) {
  const bool wants_html = options.highlight == Highlight::html;
  const std::uint64_t shown =
      snippet.field == Field::title ? ~std::uint64_t{0} : scanner_.body_terms();
  MarkedText marked(wants_html ? Form::plain_and_html : Form::plain);
  for (const Passage& passage : passages) {
    const bool is_first = &passage == passages.data();
    if (!is_first || passage.is_cut_before) marked.append(is_first ? kCutBefore : kBetween);
    marks_.clear();
    scanner_.scan(text, options.language, {passage.begin, passage.end, 0, 0}, marks_);
    std::erase_if(marks_, [&](const Mark& mark) { return (mark.terms & shown) == 0; });
    marked.append(text, passage.begin, passage.end, marks_);
  }
  if (passages.back().is_cut_after) marked.append(kCutAfter);
  snippet.text = std::move(marked.text);
  snippet.html = std::move(marked.html);
  snippet.matches = std::move(marked.matches);
}

}  // namespace broadsheet::server
