// The words around bundle/: progress to the log, the outcome to standard output.
#include "server/export.h"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "server/bundle/bundle.h"
#include "server/bundle/manifest.h"
#include "server/exit_status.h"

namespace broadsheet::server {
namespace {

int failed(const Error& error) {
  spdlog::error("{}", told(error.message, error.hint));
  if (error.code == ErrorCode::invalid_argument) return kWrongUse;
  const bool is_data =
      error.code == ErrorCode::corrupt || error.code == ErrorCode::version_mismatch;
  return is_data ? kUnusableData : kOther;
}

}  // namespace

int run_recommended(const ExportFlags& flags) {
  const auto manifest = read_manifest(flags.bundle);
  if (!manifest) return failed(manifest.error());
  if (manifest->archive.empty()) {
    return failed({ErrorCode::invalid_argument,
                   flags.bundle + " holds no bundle",
                   "make one first: without --recommended"});
  }
  for (const std::string& id : recommended_by(*manifest, flags.recommended))
    std::printf("%s\n", id.c_str());
  return kFine;
}

int run_export(const Backend& backend, const ExportFlags& flags, int threads) {
  const auto report =
      write_bundle(backend, {flags.bundle, threads, [](std::size_t done, std::size_t articles) {
                               spdlog::info("{} of {} lists", done, articles);
                             }});
  if (!report) return failed(report.error());
  const std::size_t written = report->written.size();
  const std::size_t unchanged = report->articles - std::min(report->articles, written);
  if (flags.is_json) {
    const nlohmann::ordered_json json = {{"articles", report->articles},
                                         {"written", written},
                                         {"removed", report->removed.size()},
                                         {"unchanged", unchanged},
                                         {"failed", report->failed}};
    std::printf("%s\n", json.dump().c_str());
  } else {
    std::printf("%zu articles: %zu written, %zu removed, %zu unchanged, %zu failed\n",
                report->articles,
                written,
                report->removed.size(),
                unchanged,
                report->failed);
  }
  return report->failed == 0 ? kFine : kOther;
}

}  // namespace broadsheet::server
