// A label as its source wrote it: terms keep values folded, the catalog keeps them as they came.
#pragma once

#include <string>

namespace broadsheet::server {

struct WrittenLabel {
  std::string value;  // of a source and a story the id
  std::string name;   // of these two alone
};

}  // namespace broadsheet::server
