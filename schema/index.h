// The index (Xapian) on disk: where its parts lie, what the stub says, which version wrote it.
// Readers open it here; only the indexer's write/ makes it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <xapian.h>

#include "schema/result.h"
#include "schema/text.h"

namespace broadsheet {

// Version of what is stored in an index beside its terms: prefixes, slots, metadata keys, document
// data.
inline constexpr int kIndexVersion = 4;

// The parts of the live index, newest first. A document number in one part hides the same number in
// every part after it, so an update or a withdrawal never touches the large part it supersedes.
struct LiveIndex {
  int generation = 0;                        // 1, 2, ...; a rebuild makes the next
  std::vector<std::filesystem::path> parts;  // absolute, newest first; at least one
};

// DATA/index, DATA/index/live and DATA/index/gen-000001.
[[nodiscard]] std::filesystem::path index_dir(const std::filesystem::path& data_dir);
[[nodiscard]] std::filesystem::path stub_path(const std::filesystem::path& data_dir);
[[nodiscard]] std::filesystem::path generation_path(const std::filesystem::path& data_dir,
                                                    int generation);

// Reads the stub. not_found: nothing indexed yet. corrupt: not a stub of ours.
[[nodiscard]] Result<LiveIndex> read_stub(const std::filesystem::path& data_dir);

// The same for another file in the stub's format, such as the list of a generation that is kept.
[[nodiscard]] Result<LiveIndex> read_part_list(const std::filesystem::path& data_dir,
                                               const std::filesystem::path& file);

// Opens one part for reading and checks its stamps. version_mismatch: another index or analysis
// version.
[[nodiscard]] Result<Xapian::Database> open_part(const std::filesystem::path& part);

// corrupt, with the hint to rebuild: the part was made from another catalog than the one of this
// uuid.
[[nodiscard]] Result<void> check_archive(const Xapian::Database& part, const std::string& uuid);

// Metadata keys of a part; see schema/README.md.
inline constexpr const char* kIndexVersionKey = "index_version";
inline constexpr const char* kAnalysisVersionKey = "analysis_version";
inline constexpr const char* kXapianVersionKey = "xapian_version";
inline constexpr const char* kCatalogUuidKey = "catalog_uuid";
inline constexpr const char* kAppliedSeqKey = "applied_seq";
inline constexpr const char* kDisplacementKey = "displacement";
inline constexpr const char* kFrontKey = "front";  // not empty: the part is open for small commits

// Writes the version stamps into a new part (the caller commits).
void stamp_part(Xapian::WritableDatabase& part, const std::string& catalog_uuid);

// Whether another release of Xapian wrote the part: a sentence that recommends a rebuild, else
// empty. Such an index goes on working.
[[nodiscard]] std::string weak_stamp_warning(const Xapian::Database& part);

// A metadata number; 0 when absent. Throws Xapian::Error.
[[nodiscard]] std::int64_t metadata_number(const Xapian::Database& part, const char* key);

// Runs `action` and turns every exception of Xapian into an Error: the one wall they stop at.
// DatabaseModifiedError becomes `unavailable` with kModifiedMessage: reopen and try again.
[[nodiscard]] Result<void> xapian_try(const std::function<void()>& action);
inline constexpr const char* kModifiedMessage = "the index moved on while it was read";

}  // namespace broadsheet
