// Taking an article down by hand, undoing that, and erasing it: what becomes of its rows. The index
// follows by the new change_seq.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// A takedown.
struct Withdrawal {
  Status status = Status::withdrawn;
  std::string reason;  // in public words; must not be empty
  bool legal = false;  // for legal reasons: HTTP 451
};

// What became of a takedown that was to be undone.
struct Restoration {
  enum class Outcome {
    unknown,   // no article has this id or alias
    erased,    // there is nothing left to show
    not_down,  // nobody has taken it down by hand
    restored
  };
  Outcome outcome = Outcome::unknown;
  Status status = Status::usable;  // the article's now: what its source says
};

// The functions below work on the article of an id, else of an alias, inside the caller's
// transaction. `change_seq` is the last one given out: an article that changes gets the next.

// Takes an article down, whatever comes in for it later; one that was erased stays so. False: no
// article has this id or alias.
[[nodiscard]] Result<bool> withdraw_article(sqlite::Database& catalog,
                                            std::string_view id,
                                            const Withdrawal& withdrawal,
                                            std::int64_t& change_seq);

// Gives an article that was taken down by hand the status that its source says.
[[nodiscard]] Result<Restoration> restore_article(sqlite::Database& catalog,
                                                  std::string_view id,
                                                  std::int64_t& change_seq);

// Removes all that is known of an article but its ids, its number and its times; of its URLs only
// hashes stay. Its bytes are gone from the disk after rewrite_catalog(). False: no article has this
// id or alias.
[[nodiscard]] Result<bool> erase_article(sqlite::Database& catalog,
                                         std::string_view id,
                                         std::int64_t& change_seq);

}  // namespace broadsheet::indexer
