// `status`: what the data folder holds. Only reads, so it works beside a running writer, and on a
// folder that is empty or missing.
#include <cstdio>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "indexer/commands/commands.h"
#include "indexer/write/changes.h"
#include "schema/catalog.h"
#include "schema/index.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::ordered_json;

// What the index says of itself.
struct IndexFacts {
  int generation = 0;
  std::int64_t applied_seq = 0;
  std::optional<Xapian::Database> newest;  // as it was opened, before the catalog is looked at
  Json stamps = Json::object();
};

struct CatalogFacts {
  std::int64_t articles = 0;
  std::uint64_t visible = 0;
  std::int64_t pending = 0;  // changes that the index has not seen
  std::int64_t undated = 0;
  std::int64_t seq = 0;
  std::string last_run = "null";  // JSON text
};

std::uint64_t bytes_of(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (fs::is_regular_file(path, failed)) return fs::file_size(path, failed);
  std::uint64_t bytes = 0;
  fs::recursive_directory_iterator at(path, failed);
  for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    std::error_code gone;  // a part may be folded into another while we look
    const auto size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    if (!gone) bytes += size;
  }
  return bytes;
}

// A SQLite database with its log.
std::uint64_t database_bytes(const std::filesystem::path& file) {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) return 0;
  const std::filesystem::path log = file.string() + "-wal";
  return bytes_of(file) + (std::filesystem::exists(log, failed) ? bytes_of(log) : 0);
}

Result<IndexFacts> index_facts(const std::filesystem::path& data_dir) {
  auto live = read_stub(data_dir);
  if (!live && live.error().code == ErrorCode::not_found) return IndexFacts();
  if (!live) return pass_on(live.error());
  auto newest = open_part(live->parts.front());
  if (!newest) return pass_on(newest.error());
  IndexFacts facts;
  facts.generation = live->generation;
  facts.newest = *newest;
  auto stamped = xapian_try([&] {
    facts.applied_seq = metadata_number(*newest, kAppliedSeqKey);
    facts.stamps = {{"index", metadata_number(*newest, kIndexVersionKey)},
                    {"analysis", metadata_number(*newest, kAnalysisVersionKey)},
                    {"xapian", newest->get_metadata(kXapianVersionKey)}};
    const std::string warning = weak_stamp_warning(*newest);
    if (!warning.empty()) facts.stamps["warning"] = warning;
  });
  if (!stamped) return pass_on(stamped.error());
  return facts;
}

Result<std::string> last_run(sqlite::Database& catalog) {
  auto statement = catalog.statement("SELECT value FROM meta WHERE key = 'last_run'");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  auto row = (*statement)->step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::string("null");
  return std::string((*statement)->text(0));
}

Result<CatalogFacts> catalog_facts(const std::filesystem::path& data_dir, const IndexFacts& index) {
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog && catalog.error().code == ErrorCode::not_found) return CatalogFacts();
  if (!catalog) return pass_on(catalog.error());
  if (index.newest) {
    if (auto same = check_same_archive(*catalog, *index.newest); !same)
      return pass_on(same.error());
  }
  auto visible = count_visible(*catalog, unix_now());
  if (!visible) return pass_on(visible.error());

  struct Count {
    std::int64_t CatalogFacts::*into;
    std::string sql;
  };

  const Count counts[] = {
      {&CatalogFacts::articles, "SELECT count(*) FROM article"},
      {&CatalogFacts::pending,
       "SELECT count(*) FROM article WHERE change_seq > " + std::to_string(index.applied_seq)},
      {&CatalogFacts::undated, "SELECT count(*) FROM article WHERE published IS NULL"},
      {&CatalogFacts::seq, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change_seq'"}};
  CatalogFacts facts;
  facts.visible = *visible;
  for (const Count& count : counts) {
    auto number = catalog->query_integer(count.sql);
    if (!number) return pass_on(number.error());
    facts.*count.into = number->value_or(0);
  }
  auto run = last_run(*catalog);
  if (!run) return pass_on(run.error());
  facts.last_run = *std::move(run);
  return facts;
}

Json bytes_json(const std::filesystem::path& data_dir) {
  return {{"catalog", database_bytes(catalog_path(data_dir))},
          {"index", bytes_of(index_dir(data_dir))},
          {"desk", database_bytes(data_dir / "desk.db")}};
}

void print_text(const Json& status) {
  for (const auto& [name, value] : status.items()) {
    if (value.is_object()) {
      std::string line = name + ":";
      for (const auto& [member, inner] : value.items())
        line += " " + member + " " + inner.dump();
      print_line(line);
    } else {
      print_line(name + ": " + (value.is_null() ? "none" : value.dump()));
    }
  }
}

int run_status(bool as_json, Session& session) {
  auto index = index_facts(session.data_dir);
  if (!index) return report_error(index.error());
  auto catalog = catalog_facts(session.data_dir, *index);
  if (!catalog) return report_error(catalog.error());
  const Json run = Json::parse(catalog->last_run, nullptr, false);
  const Json status = {{"articles", catalog->articles},
                       {"visible", catalog->visible},
                       {"pending", catalog->pending},
                       {"undated", catalog->undated},
                       {"generation", index->generation},
                       {"seq", catalog->seq},
                       {"applied_seq", index->applied_seq},
                       {"bytes", bytes_json(session.data_dir)},
                       {"stamps", index->stamps},
                       {"last_run", run.is_discarded() ? Json(nullptr) : run}};
  if (as_json) {
    print_line(status.dump());
  } else {
    print_text(status);
  }
  return exit_well;
}

}  // namespace

void add_status_command(Command& program, Session& session) {
  auto as_json = std::make_shared<bool>(false);
  Command command = program.add("status", "Show what the archive holds");
  command.flag("--json", *as_json, "Print it as one JSON object");
  command.runs([as_json, &session] { session.exit_status = run_status(*as_json, session); });
}

}  // namespace broadsheet::indexer
