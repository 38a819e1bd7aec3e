// What editors decide about links, and what they and readers say of them. Ids are those of
// articles, as the catalog has them; nothing here knows whether such an article exists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace broadsheet::server {

// Shown, or never shown. Stored in the desk: append only; never renumber.
enum class DecisionKind : std::uint8_t { pin = 0, block = 1 };

// One decision on the link from `article` to `other`. There is one a pair: a pin ends a block, and
// a block a pin.
struct Decision {
  std::string article;
  std::string other;
  DecisionKind kind = DecisionKind::pin;
  int position = 1;        // of a pin: the place in the list, from 1
  bool both_ways = false;  // holds for the link from `other` to `article` too
  std::string reason;
  std::string by;                       // who decided, in their own words
  std::optional<std::int64_t> expires;  // seconds since 1970 UTC; empty: never
  std::int64_t made = 0;                // seconds since 1970 UTC
  std::int64_t revision = 0;            // of the desk, with this decision: changes with every one
};

// What of the decision on a pair must hold before it is changed (RFC 9110, sections 13.1.1 and
// 13.1.2); empty: anything.
struct Condition {
  bool must_exist = false;              // If-Match: *
  bool must_be_new = false;             // If-None-Match: *
  std::vector<std::int64_t> revisions;  // If-Match: one of these
};

enum class Change { made, replaced, removed, none, refused };

// What became of a change. `decision`: as it stands now (made, replaced), as it was (removed,
// refused, where there is one).
struct Changed {
  Change change = Change::none;
  std::optional<Decision> decision;
};

// What was said of a link or a hit. Stored in the desk: append only; never renumber.
enum class Verdict : std::uint8_t { reject = 0, accept = 1, click = 2 };

struct Feedback {
  std::string article;  // under which the link stood; empty for a hit
  std::string query;    // that found the hit; empty for a link
  std::string other;    // the article linked to or found
  Verdict verdict = Verdict::click;
  std::string by;
  std::optional<std::int64_t> position;  // in the list that was shown, from 1
  std::int64_t given = 0;                // seconds since 1970 UTC
};

// What all feedback on a pair comes to.
struct Judgment {
  std::string question;  // the id of the article or query_id() of the query
  std::string text;      // of the query; empty for a link
  std::string other;
  bool relevant = false;  // by the last accept or reject; with none of them, as somebody clicked
};

// The name of a query among judgments: "q" and 16 hex digits of its folded text.
[[nodiscard]] std::string query_id(const std::string& query);

}  // namespace broadsheet::server
