// Queries made by hand and an index of a few texts, for tests of what matches.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/store/index_reader.h"
#include "tests/support/index_parts.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::tests {

using server::FoundDoc;
using server::IndexReader;
using server::MatchMode;
using server::NodeKind;
using server::Occur;
using server::QueryNode;

inline QueryNode word(const std::string& term, Occur occur = Occur::loose) {
  QueryNode node;
  node.kind = NodeKind::word;
  node.occur = occur;
  node.terms = {term};
  return node;
}

inline QueryNode group(std::vector<QueryNode> children) {
  QueryNode node;
  node.children = std::move(children);
  return node;
}

inline QueryNode label(const std::string& term) {
  QueryNode node;
  node.kind = NodeKind::label;
  node.occur = Occur::required;
  node.terms = {term};
  return node;
}

// An index of these bodies, undated; a title goes before a line break.
inline std::unique_ptr<IndexReader> reader_of(const TempDir& folder,
                                              const std::vector<std::string>& bodies) {
  PartContent part;
  DocId doc = 100;
  for (const std::string& body : bodies) {
    auto stored = article_at(std::nullopt, body, doc++);
    const auto newline = stored.article.body.find('\n');
    if (newline != std::string::npos) {
      stored.article.title = stored.article.body.substr(0, newline);
      stored.article.body.erase(0, newline + 1);
    }
    part.articles.push_back(stored);
  }
  write_index(folder.path(), {part});
  return std::make_unique<IndexReader>(std::move(*IndexReader::open(folder.path())));
}

inline std::set<DocId> found(IndexReader& reader,
                             const QueryNode& root,
                             MatchMode match = MatchMode::all) {
  const std::vector<QueryNode> filters;
  auto result = reader.run({.root = root, .match = match, .filters = filters, .limit = 100});
  std::set<DocId> docs;
  for (const FoundDoc& doc : result->docs)
    docs.insert(doc.doc - 100);
  return docs;
}

inline QueryNode phrase(std::vector<std::string> terms, Field field = Field::body) {
  QueryNode node;
  node.kind = NodeKind::phrase;
  node.occur = Occur::required;
  node.field = field;
  node.terms = std::move(terms);
  for (std::uint32_t i = 0; i < node.terms.size(); ++i)
    node.offsets.push_back(i);
  return node;
}

}  // namespace broadsheet::tests
