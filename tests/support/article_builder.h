// Short ways to make articles for tests.
#pragma once

#include <optional>
#include <string>

#include "indexer/write/catalog_writer.h"
#include "indexer/write/content_hash.h"
#include "schema/time.h"
#include "schema/url.h"

namespace broadsheet::tests {

// An article with id, title, a one-sentence body and a date ("2025-04-18", or empty for none).
inline Article article_named(const std::string& id, const std::string& published = "2025-04-18") {
  Article article;
  article.id = id;
  article.title = "Title of " + id;
  article.body = "Body of " + id + ".";
  article.language = "en";
  article.published = parse_timestamp(published);
  return article;
}

// The article as the catalog writer takes it.
inline indexer::IncomingArticle incoming(const Article& article) {
  indexer::IncomingArticle result;
  result.article = article;
  result.canonical_url = canonical_url(article.url);
  result.content_hash = indexer::content_hash(article);
  return result;
}

}  // namespace broadsheet::tests
