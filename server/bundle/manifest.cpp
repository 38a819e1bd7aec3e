// Files are small and many: what an export leaves half done, the next one does.
#include "server/bundle/manifest.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "schema/hash.h"

namespace broadsheet::server {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kManifest = "manifest.json";
// File systems take 255 bytes; an ending and the name of the unfinished file have to fit in.
constexpr std::size_t kLongestName = 200;

bool stands_for_itself(char letter) {
  const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  return is_letter || (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
}

// Throws what nlohmann throws at members that are missing or of another kind.
Manifest manifest_of(const Json& json) {
  Manifest manifest;
  manifest.archive = json.at("archive").get<std::string>();
  for (const auto& [id, article] : json.at("articles").items()) {
    manifest.articles[id] = {article.at("file").get<std::string>(),
                             article.at("hash").get<std::string>(),
                             article.at("links").get<std::vector<std::string>>()};
  }
  for (const auto& [id, by] : json.at("gone").items())
    manifest.gone[id] = by.get<std::vector<std::string>>();
  return manifest;
}

}  // namespace

Result<Manifest> read_manifest(const fs::path& folder) {
  const auto text = bytes_of(folder / kManifest);
  std::error_code failed;
  if (!text) {
    const bool is_ours = !fs::exists(folder, failed) || fs::exists(folder / kBundleMark, failed) ||
                         fs::is_empty(folder, failed);
    if (is_ours && !failed) return Manifest();
    return fail(ErrorCode::invalid_argument,
                folder.string() + " is no folder of a bundle",
                "name an empty or a new folder, or one that an export has filled");
  }
  try {
    return manifest_of(Json::parse(*text));
  } catch (const Json::exception&) {
    return fail(ErrorCode::corrupt,
                (folder / kManifest).string() + " is damaged",
                "remove the folder and export again");
  }
}

Result<void> write_manifest(const fs::path& folder, const Manifest& manifest) {
  Json articles = Json::object();
  for (const auto& [id, article] : manifest.articles)
    articles[id] = {{"file", article.file}, {"hash", article.hash}, {"links", article.links}};
  const Json json = {
      {"archive", manifest.archive}, {"articles", articles}, {"gone", Json(manifest.gone)}};
  return replace_file(folder / kManifest, json.dump(1, ' ', false) + "\n");
}

std::vector<std::string> recommended_by(const Manifest& manifest, const std::string& id) {
  std::vector<std::string> ids;
  for (const auto& [other, article] : manifest.articles) {
    if (std::find(article.links.begin(), article.links.end(), id) != article.links.end())
      ids.push_back(other);
  }
  const auto gone = manifest.gone.find(id);
  if (gone != manifest.gone.end()) ids.insert(ids.end(), gone->second.begin(), gone->second.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::string bundle_file(std::string_view id) {
  std::string name;
  for (const char letter : id) {
    if (stands_for_itself(letter) || (letter == '.' && !name.empty())) {
      name += letter;
    } else {
      name += fmt::format("~{:02X}", static_cast<unsigned char>(letter));
    }
  }
  if (name.size() > kLongestName)
    name = fmt::format("{}~~{:016x}", name.substr(0, kLongestName - 18), fnv1a_64(id));
  return "read_next/" + name + ".json";
}

std::optional<std::string> bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<void> replace_file(const fs::path& file, std::string_view bytes) {
  const fs::path unfinished = file.string() + ".new";
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.close();
  std::error_code failed;
  if (out) fs::rename(unfinished, file, failed);
  if (out && !failed) return {};
  std::error_code ignored;
  fs::remove(unfinished, ignored);
  return fail(ErrorCode::internal,
              "cannot write " + file.string(),
              "see to room and rights there, and export again");
}

}  // namespace broadsheet::server
