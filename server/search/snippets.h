// The piece of an article that shows why it was found, with the query's words marked. Marks are
// true to the index, since every match has been through the analyser (see snippets_scan.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/text.h"
#include "server/search/snippets_marks.h"
#include "server/search/snippets_passages.h"
#include "server/search/snippets_scan.h"
#include "server/search/types.h"

namespace broadsheet::server {

struct SnippetOptions {
  std::string_view language;  // of the article, ISO 639-1
  int chars = 240;            // at most so many code points, ellipses included; from 40 up
  Highlight highlight = Highlight::html;
};

// Makes snippets for one query at a time. Not thread-safe: one per session.
class SnippetMaker {
 public:
  // The analyser must outlive the maker; it may be trimmed between calls and used for other texts.
  explicit SnippetMaker(TextAnalyzer& analyzer) : scanner_(analyzer) {}

  // What to mark from now on; none: snippets are the opening sentences.
  void look_for(const std::vector<MarkedTerm>& terms);

  // One or two passages that together hold most of the query's distinct words by weight, whole
  // sentences where they fit, else the opening sentences. From the title when the body is blank.
  [[nodiscard]] Snippet make(std::string_view title,
                             std::string_view body,
                             const SnippetOptions& options);

  // The whole title as HTML, escaped, matches in <mark>.
  [[nodiscard]] std::string mark_title(std::string_view title, std::string_view language);

 private:
  void find_marks(std::string_view text, const SnippetOptions& options, Field field);
  void render(std::string_view text,
              const std::vector<Passage>& passages,
              const SnippetOptions& options,
              Snippet& snippet);

  TermScanner scanner_;
  std::vector<Mark> marks_;  // kept for its memory
};

}  // namespace broadsheet::server
