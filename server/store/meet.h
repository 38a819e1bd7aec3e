// The leapfrog of all cursors that must agree on an article.
#pragma once

#include <cstddef>
#include <vector>

#include "server/store/cursor.h"

namespace broadsheet::server {

// Brings all cursors to one number at or after the first one's; kNoMoreDocs when there is none.
template <typename CursorPointer>
DocId meet(std::vector<CursorPointer>& cursors) {
  DocId target = cursors.front()->doc();
  std::size_t agreed = 1;
  std::size_t i = 0;
  while (agreed < cursors.size() && target != kNoMoreDocs) {
    i = (i + 1) % cursors.size();
    auto& cursor = *cursors[i];
    cursor.skip_to(target);
    if (cursor.doc() == target) {
      ++agreed;
    } else {
      target = cursor.doc();
      agreed = 1;
    }
  }
  return target;
}

}  // namespace broadsheet::server
