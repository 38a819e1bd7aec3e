// One JSON object a line; texts that are not UTF-8 are shown with U+FFFD.
#include "indexer/write/quarantine.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kMaxShown = std::size_t{64} * 1024;

// "20250418T100000Z-4711.ndjson"
std::string file_name(std::int64_t now) {
  return format_utc_basic(now) + "-" + std::to_string(::getpid()) + ".ndjson";
}

}  // namespace

Quarantine::Quarantine(const std::filesystem::path& data_dir, std::int64_t now)
    : path_(data_dir / "quarantine" / file_name(now)) {}

Result<void> Quarantine::add(const RefusedRecord& record) {
  if (auto done = open(); !done) return done;
  const nlohmann::ordered_json line = {{"file", record.file},
                                       {"record", record.record},
                                       {"offset", record.offset},
                                       {"reason", record.reason},
                                       {"text", record.text.substr(0, kMaxShown)}};
  const std::string text =
      line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    return fail(ErrorCode::internal, "cannot write " + path_.string());
  }
  return {};
}

Result<void> Quarantine::flush() {
  if (file_ != nullptr && std::fflush(file_.get()) != 0) {
    return fail(ErrorCode::internal, "cannot write " + path_.string());
  }
  return {};
}

Result<void> Quarantine::open() {
  if (file_ != nullptr) return {};
  std::error_code failed;
  std::filesystem::create_directories(path_.parent_path(), failed);
  if (!failed) file_.reset(std::fopen(path_.c_str(), "ae"));
  if (file_ == nullptr) return fail(ErrorCode::internal, "cannot make " + path_.string());
  return {};
}

}  // namespace broadsheet::indexer
