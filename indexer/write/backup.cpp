// Everything is written in a folder beside the one asked for, and named at the end by one rename.
#include "indexer/write/backup.h"

#include <array>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/mman.h>
#include <unistd.h>

#include "indexer/write/catalog_upkeep.h"
#include "indexer/write/disk_room.h"
#include "indexer/write/durable.h"
#include "schema/catalog.h"
#include "schema/hash.h"
#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kManifest = "manifest.json";
constexpr int kFormat = 1;
// In the order in which they are copied.
constexpr std::array<const char*, 2> kDatabases = {"catalog.db", "desk.db"};
constexpr std::array<const char*, 3> kFiles = {"catalog.db", "desk.db", kManifest};
// All that an archive consists of, so that nothing old stays beside what is restored.
constexpr std::array<const char*, 7> kReplaced = {"catalog.db",
                                                  "catalog.db-wal",
                                                  "catalog.db-shm",
                                                  "desk.db",
                                                  "desk.db-wal",
                                                  "desk.db-shm",
                                                  "index"};

tl::unexpected<Error> failed_on(const char* action, const fs::path& path) {
  return fail(ErrorCode::internal,
              std::string("cannot ") + action + " " + path.string(),
              "check free disk space and the rights on the folder");
}

tl::unexpected<Error> damaged(const fs::path& folder, const std::string& what) {
  return fail(ErrorCode::corrupt,
              "the backup in " + folder.string() + " is damaged: " + what,
              "use another backup; nothing was changed");
}

const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

// A string, or a number as it is written; empty for anything else.
std::string member_text(const Json& object, const char* name) {
  const Json* value = member(object, name);
  if (value == nullptr || !value->is_primitive()) return {};
  return value->is_string() ? value->get<std::string>() : value->dump();
}

// The SHA-256 of a file; empty when it cannot be read.
std::string hash_of(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  std::error_code failed;
  const std::size_t size = fs::file_size(file, failed);
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  ::close(descriptor);
  if (bytes == MAP_FAILED) return {};
  std::string hash = sha256_hex({static_cast<const char*>(bytes), size});
  ::munmap(bytes, size);
  return hash;
}

Result<void> fill(const fs::path& data_dir,
                  const fs::path& folder,
                  std::int64_t now,
                  const KeepWaiting& keep_waiting) {
  Json files = Json::array();
  for (const char* name : kDatabases) {
    if (!fs::exists(data_dir / name)) continue;
    const fs::path copy = folder / name;
    const std::uintmax_t needed = fs::file_size(data_dir / name) + kCommitReserve;
    if (auto room = check_room(folder, needed); !room) return room;
    if (auto done = copy_database(data_dir / name, copy, keep_waiting); !done) return done;
    if (auto done = make_durable(copy); !done) return done;
    files.push_back({{"name", name}, {"bytes", fs::file_size(copy)}, {"sha256", hash_of(copy)}});
  }
  const Json manifest = {{"format", kFormat},
                         {"made", format_utc(now)},
                         {"catalog_version", catalog_version()},
                         {"files", files}};
  if (auto done = write_durably(folder / kManifest, manifest.dump(2) + "\n"); !done) return done;
  return make_durable(folder);
}

Result<void> refuse_in_use(const fs::path& data_dir) {
  const fs::path file = catalog_path(data_dir);
  if (!fs::exists(file)) return {};
  auto catalog = sqlite::Database::open(file, sqlite::OpenMode::create);
  if (!catalog) return {};  // damaged: nobody works on it
  (void)catalog->execute("PRAGMA busy_timeout=0");
  // Leaving WAL needs the file for oneself.
  (void)catalog->execute("PRAGMA journal_mode=DELETE");
  auto mode = catalog->statement("PRAGMA journal_mode");
  if (!mode) return {};
  const sqlite::StatementReset reset(**mode);
  auto row = (*mode)->step();
  if (!row || (*mode)->text(0) != "wal") return {};
  return fail(ErrorCode::unavailable,
              "another program has " + file.string() + " open",
              "stop broadsheet-server and broadsheet-indexer watch, then restore");
}

Result<void> refuse_newer(const fs::path& folder) {
  auto catalog = open_catalog_for_reading(folder);
  if (catalog || catalog.error().code == ErrorCode::outdated) return {};
  return pass_on(catalog.error());
}

// Moves what is there into a folder of its own; empty when there is nothing.
Result<fs::path> move_aside(const fs::path& data_dir, std::int64_t now) {
  const fs::path aside = data_dir / ("before-restore-" + format_utc_basic(now));
  std::error_code failed;
  bool moved = false;
  for (const char* name : kReplaced) {
    if (!fs::exists(data_dir / name, failed)) continue;
    fs::create_directories(aside, failed);
    fs::rename(data_dir / name, aside / name, failed);
    if (failed) return failed_on("move away", data_dir / name);
    moved = true;
  }
  return moved ? aside : fs::path();
}

// Copies a backup into a folder of the archive, where one rename each puts its databases in place,
// and makes sure of the copy.
Result<void> copy_in(const fs::path& folder, const fs::path& fresh) {
  std::error_code failed;
  fs::remove_all(fresh, failed);
  fs::create_directories(fresh, failed);
  for (const char* name : kFiles) {
    if (!fs::exists(folder / name, failed)) continue;
    const std::uintmax_t needed = fs::file_size(folder / name) + kCommitReserve;
    if (auto room = check_room(fresh, needed); !room) return room;
    if (!fs::copy_file(folder / name, fresh / name, failed))
      return failed_on("write", fresh / name);
    if (auto done = make_durable(fresh / name); !done) return done;
  }
  return verify_backup(fresh);
}

Result<fs::path> put_in_place(const fs::path& data_dir, const fs::path& folder, std::int64_t now) {
  const fs::path fresh = data_dir / "restoring";
  std::error_code failed;
  if (auto copied = copy_in(folder, fresh); !copied) return pass_on(copied.error());
  auto aside = move_aside(data_dir, now);
  if (!aside) return aside;
  for (const char* name : kDatabases) {
    if (!fs::exists(fresh / name, failed)) continue;
    fs::rename(fresh / name, data_dir / name, failed);
    if (failed) return failed_on("write", data_dir / name);
  }
  fs::remove_all(fresh, failed);
  if (auto done = make_durable(data_dir); !done) return pass_on(done.error());
  return aside;
}

}  // namespace

Result<void> make_backup(const fs::path& data_dir,
                         const fs::path& folder,
                         std::int64_t now,
                         const KeepWaiting& keep_waiting) {
  std::error_code failed;
  if (fs::exists(folder, failed) && !fs::is_empty(folder, failed)) {
    return fail(ErrorCode::invalid_argument,
                folder.string() + " is not empty",
                "name a folder that is not there yet");
  }
  const fs::path target = fs::absolute(folder / "").parent_path();
  const fs::path unfinished = target.string() + ".unfinished";
  fs::remove_all(unfinished, failed);
  fs::create_directories(unfinished, failed);
  if (failed) return failed_on("make", unfinished);
  auto done = fill(data_dir, unfinished, now, keep_waiting);
  if (done) done = verify_backup(unfinished);
  if (done) {
    fs::rename(unfinished, target, failed);
    done = failed ? failed_on("make", target) : make_durable(target.parent_path());
  }
  if (!done) fs::remove_all(unfinished, failed);
  return done;
}

Result<void> verify_backup(const fs::path& folder) {
  std::ifstream file(folder / kManifest);
  if (!file) {
    return fail(ErrorCode::not_found,
                "there is no backup in " + folder.string(),
                "name a folder that broadsheet-indexer backup made");
  }
  const Json manifest = Json::parse(file, nullptr, false);
  const Json* files = member(manifest, "files");
  if (member_text(manifest, "format") != std::to_string(kFormat) || files == nullptr ||
      !files->is_array())
    return damaged(folder, "its manifest cannot be read");
  bool has_catalog = false;
  for (const Json& entry : *files) {
    const std::string name = member_text(entry, "name");
    const std::string hash = member_text(entry, "sha256");
    has_catalog = has_catalog || name == kDatabases.front();
    if (name.empty() || hash.empty() || hash_of(folder / name) != hash)
      return damaged(folder, name + " is not what the manifest says");
  }
  return has_catalog ? Result<void>() : damaged(folder, "it has no catalog");
}

Result<fs::path> restore_backup(const fs::path& data_dir,
                                const fs::path& folder,
                                std::int64_t now) {
  if (auto known = refuse_newer(folder); !known) return pass_on(known.error());
  if (auto idle = refuse_in_use(data_dir); !idle) return pass_on(idle.error());
  return put_in_place(data_dir, folder, now);
}

}  // namespace broadsheet::indexer
