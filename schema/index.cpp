// Paths, stub and stamps of the index. The stub is Xapian's own format (one "auto PATH" line a
// part, newest first), so that Xapian's tools open it too.
#include "schema/index.h"

#include <charconv>
#include <fstream>

#include <spdlog/fmt/fmt.h>

namespace broadsheet {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPartLine = "auto gen-";

tl::unexpected<Error> bad_stub(const fs::path& stub) {
  return fail(ErrorCode::corrupt,
              stub.string() + " does not name an index of Broadsheet",
              "run broadsheet-indexer rebuild: the index is made anew from the catalog");
}

// "gen-000012/part-000003" -> 12; 0 when it is no such name.
int generation_of(std::string_view relative) {
  int number = 0;
  if (!relative.starts_with("gen-")) return 0;
  std::from_chars(relative.data() + 4, relative.data() + relative.size(), number);
  return number;
}

Result<void> check_stamp(const Xapian::Database& part,
                         const fs::path& path,
                         const char* key,
                         int expected) {
  const std::int64_t found = metadata_number(part, key);
  if (found == expected) return {};
  const std::string what = std::string(key) == kIndexVersionKey ? "index" : "text analysis";
  return fail(ErrorCode::version_mismatch,
              path.string() + " was written with " + what + " version " + std::to_string(found) +
                  "; this program knows " + std::to_string(expected),
              "run broadsheet-indexer rebuild with this version");
}

Result<void> check_stamps(const Xapian::Database& part, const fs::path& path) {
  auto same = check_stamp(part, path, kIndexVersionKey, kIndexVersion);
  if (!same) return same;
  return check_stamp(part, path, kAnalysisVersionKey, static_cast<int>(kAnalysisVersion));
}

}  // namespace

fs::path index_dir(const fs::path& data_dir) {
  return data_dir / "index";
}

fs::path stub_path(const fs::path& data_dir) {
  return index_dir(data_dir) / "live";
}

fs::path generation_path(const fs::path& data_dir, int generation) {
  return index_dir(data_dir) / fmt::format("gen-{:06}", generation);
}

Result<LiveIndex> read_stub(const fs::path& data_dir) {
  return read_part_list(data_dir, stub_path(data_dir));
}

Result<LiveIndex> read_part_list(const fs::path& data_dir, const fs::path& stub) {
  std::ifstream file(stub);
  if (!file) {
    return fail(ErrorCode::not_found,
                "nothing is indexed yet in " + data_dir.string(),
                "add articles with broadsheet-indexer --data DIR add FILE");
  }
  LiveIndex live;
  std::string line;
  while (std::getline(file, line)) {
    if (!line.starts_with(kPartLine)) return bad_stub(stub);
    const std::string relative = line.substr(5);
    live.generation = generation_of(relative);
    if (live.generation == 0 || relative.find("..") != std::string::npos) return bad_stub(stub);
    live.parts.push_back(fs::absolute(index_dir(data_dir)) / relative);
  }
  if (live.parts.empty()) return bad_stub(stub);
  return live;
}

Result<Xapian::Database> open_part(const fs::path& path) {
  Xapian::Database part;
  Result<void> same;
  auto opened = xapian_try([&] {
    part = Xapian::Database(path.string());
    same = check_stamps(part, path);
  });
  if (opened && same) return part;
  if (opened) return pass_on(same.error());
  Error error = opened.error();
  // Who tries again compares the message.
  if (error.message != kModifiedMessage) error.message = path.string() + ": " + error.message;
  // A part that is named and not there is as bad as a damaged one.
  if (error.code == ErrorCode::not_found) error.code = ErrorCode::corrupt;
  if (error.code == ErrorCode::corrupt) error.hint = "run broadsheet-indexer rebuild";
  return pass_on(std::move(error));
}

Result<void> check_archive(const Xapian::Database& part, const std::string& uuid) {
  std::string stamped;
  auto read = xapian_try([&] { stamped = part.get_metadata(kCatalogUuidKey); });
  if (!read || stamped == uuid) return read;
  return fail(ErrorCode::corrupt,
              "the index was made from another catalog than the one beside it",
              "run broadsheet-indexer rebuild");
}

void stamp_part(Xapian::WritableDatabase& part, const std::string& catalog_uuid) {
  part.set_metadata(kIndexVersionKey, std::to_string(kIndexVersion));
  part.set_metadata(kAnalysisVersionKey, std::to_string(kAnalysisVersion));
  part.set_metadata(kXapianVersionKey, Xapian::version_string());
  part.set_metadata(kCatalogUuidKey, catalog_uuid);
}

std::string weak_stamp_warning(const Xapian::Database& part) {
  const std::string written = part.get_metadata(kXapianVersionKey);
  if (written == Xapian::version_string()) return {};
  return "the index was written with Xapian " + written + ", this is " + Xapian::version_string() +
         ": a rebuild is recommended";
}

std::int64_t metadata_number(const Xapian::Database& part, const char* key) {
  const std::string text = part.get_metadata(key);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Result<void> xapian_try(const std::function<void()>& action) {
  try {
    action();
    return {};
  } catch (const Xapian::DatabaseModifiedError&) {
    return fail(ErrorCode::unavailable, kModifiedMessage);
  } catch (const Xapian::DatabaseLockError& error) {
    return fail(ErrorCode::unavailable, "the index is locked: " + error.get_msg());
  } catch (const Xapian::DatabaseNotFoundError& error) {
    return fail(ErrorCode::not_found, error.get_msg());
  } catch (const Xapian::DatabaseCorruptError& error) {
    return fail(ErrorCode::corrupt, error.get_msg());
  } catch (const Xapian::DatabaseVersionError& error) {
    return fail(ErrorCode::version_mismatch, error.get_msg());
  } catch (const Xapian::DatabaseCreateError& error) {
    return fail(ErrorCode::internal, error.get_description());
  } catch (const Xapian::DatabaseOpeningError& error) {
    return fail(ErrorCode::corrupt, error.get_msg());
  } catch (const Xapian::DatabaseError& error) {
    // With a system error it could not be read or written just now, such as on a full disk; without
    // one the files are not what they should be.
    const bool is_corrupt = error.get_error_string() == nullptr;
    return fail(is_corrupt ? ErrorCode::corrupt : ErrorCode::internal, error.get_description());
  } catch (const Xapian::Error& error) {
    return fail(ErrorCode::internal, error.get_description());
  } catch (const fs::filesystem_error& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

}  // namespace broadsheet
