// What the samples of other feed readers say about themselves, as claims to be checked: the
// `Expect:` comments of feedparser (Python expressions) and the JSON files of gofeed.
#pragma once

#include <string>
#include <vector>

namespace broadsheet::tests {

// "entries.0.title" is "..."; "len(entries)" is "2"; a path alone must be "true".
struct FeedClaim {
  std::string path;
  std::string value;
};

// `expression` is a chain of comparisons with `and`; what is said of bozo (well-formedness as
// feedparser sees it) is left out.
[[nodiscard]] std::vector<FeedClaim> claims_of_expression(const std::string& expression);

// One claim a leaf; an extension, which has no counterpart, is one claim as a whole.
[[nodiscard]] std::vector<FeedClaim> claims_of_json(const std::string& json);

// The value behind `name` and a colon in the first comment; empty without one.
[[nodiscard]] std::string said_in_comment(const std::string& text, const std::string& name);

}  // namespace broadsheet::tests
