// The members of `extra`, kept as JSON text without reading it.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace broadsheet::indexer {

class ExtraMembers {
 public:
  // Sets a member to a value given as JSON text; a later one of the same name replaces it.
  void set_json(std::string name, std::string json) {
    members_.insert_or_assign(std::move(name), std::move(json));
  }

  // Sets a member to a text.
  void set_text(std::string name, std::string_view utf8);

  // One JSON object, members sorted by name; empty text when there are none.
  [[nodiscard]] std::string to_json() const;

 private:
  std::map<std::string, std::string> members_;
};

// A JSON string with its quotes (RFC 8259 section 7).
[[nodiscard]] std::string json_quoted(std::string_view utf8);

}  // namespace broadsheet::indexer
