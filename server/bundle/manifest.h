// What a bundle holds, as its own manifest.json tells it to scripts and to the next export.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace broadsheet::server {

// One article of a bundle.
struct BundledArticle {
  std::string file;                // below the bundle's folder
  std::string hash;                // of the file's bytes, fnv1a_64() in hex
  std::vector<std::string> links;  // ids that its list names, in order

  friend bool operator==(const BundledArticle&, const BundledArticle&) = default;
};

struct Manifest {
  std::string archive;  // the catalog's uuid
  std::map<std::string, BundledArticle> articles;
  // Articles that lists have named and that may not be shown any more: which ones named them.
  std::map<std::string, std::vector<std::string>> gone;

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

// The file that shows whose folder it is, also before it has a manifest.
inline constexpr const char* kBundleMark = ".broadsheet-bundle";

// The manifest of a bundle's folder; an empty one where there is none yet. invalid_argument: the
// folder holds other things. corrupt: its manifest cannot be read.
[[nodiscard]] Result<Manifest> read_manifest(const std::filesystem::path& folder);
[[nodiscard]] Result<void> write_manifest(const std::filesystem::path& folder,
                                          const Manifest& manifest);

// Ids of articles whose lists name this one, or named it as long as it could be shown.
[[nodiscard]] std::vector<std::string> recommended_by(const Manifest& manifest,
                                                      const std::string& id);

// The name of an article's file. Letters, digits, "-", "_" and inner "." stand for themselves, any
// other byte is "~" and two hex digits, so that name and URL are spelt alike. Of ids too long for a
// file's name the beginning and a hash.
[[nodiscard]] std::string bundle_file(std::string_view id);

// A file's bytes; empty when it cannot be read.
[[nodiscard]] std::optional<std::string> bytes_of(const std::filesystem::path& file);
// Puts `bytes` in the place of a file; readers see the old or the new ones. internal: it cannot.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace broadsheet::server
