// Gives articles their numbers in the index: the one their date asks for, or the next free one.
#pragma once

#include <map>

#include "schema/doc_id.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Remembers runs of taken numbers, so that many articles of one moment cost no more than few.
// Belongs to the one writer and its thread.
class DocIdAllocator {
 public:
  explicit DocIdAllocator(sqlite::Database& catalog) : catalog_(&catalog) {}

  // The smallest free number at or after `wanted`; taken from now on. internal: none is left.
  [[nodiscard]] Result<DocId> allocate(DocId wanted);

  // Forgets what was learnt, after a transaction that did not commit.
  void forget() { runs_.clear(); }

 private:
  [[nodiscard]] Result<DocId> end_of_stored_run(DocId first);
  [[nodiscard]] DocId behind_known_run(DocId wanted) const;
  void add_run(DocId first, DocId end);

  sqlite::Database* catalog_;
  std::map<DocId, DocId> runs_;  // first number and the number behind the last; never touching
};

}  // namespace broadsheet::indexer
