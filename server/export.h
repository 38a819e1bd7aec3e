// broadsheet-server export: files for a content delivery network, and what they recommended.
#pragma once

#include <string>

#include "server/api/backend.h"

namespace broadsheet::server {

struct ExportFlags {
  std::string bundle;       // the folder
  std::string recommended;  // an article's id: print by whom it is recommended, and write nothing
  bool is_json = false;     // the summary as JSON
};

// Prints ids, one a line. The program's exit status.
[[nodiscard]] int run_recommended(const ExportFlags& flags);
// Writes the bundle and prints a summary line. The program's exit status.
[[nodiscard]] int run_export(const Backend& backend, const ExportFlags& flags, int threads);

}  // namespace broadsheet::server
