// `export`: every visible article in the shape that `add` reads, and reads back as unchanged; or,
// by the server's program, a bundle.
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include <unistd.h>

#include "indexer/commands/commands.h"
#include "indexer/commands/jsonl_writer.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

// Prints the articles in ArticleId order. A reader of ours that closes its end early is no fault.
Result<void> export_articles(const Session& session) {
  auto catalog = open_catalog_for_reading(session.data_dir);
  if (!catalog) return pass_on(catalog.error());
  const std::string sql = "SELECT " + std::string(kArticleColumns) + " FROM " +
                          std::string(kArticleTables) + " ORDER BY a.article_id";
  auto rows = catalog->statement(sql);
  if (!rows) return pass_on(rows.error());
  const std::int64_t now = unix_now();
  while (!session.stop.raised()) {
    auto row = (*rows)->step();
    if (!row) return pass_on(row.error());
    if (!*row) break;
    const StoredArticle stored = read_stored_article(**rows);
    if (!is_visible(stored.article, now)) continue;
    const std::string line = jsonl_line(stored.article) + "\n";
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) break;
  }
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return {};
  if (errno == EPIPE) return {};
  return fail(ErrorCode::internal, "cannot write to standard output");
}

// What a bundle holds the server's program knows: it takes the place of this one. That which lies
// beside this one, else that of the path.
Error become_server(const Session& session, const std::string& bundle) {
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  const std::string beside = self.parent_path() / "broadsheet-server";
  const std::string data = session.data_dir;
  for (const char* program : {beside.c_str(), "broadsheet-server"}) {
    (void)::execlp(program,
                   "broadsheet-server",
                   "export",
                   "--bundle",
                   bundle.c_str(),
                   "--data",
                   data.c_str(),
                   static_cast<char*>(nullptr));
  }
  return {ErrorCode::unavailable,
          "broadsheet-server is not here, which writes bundles",
          "install it beside broadsheet-indexer"};
}

int run_export(Session& session) {
  if (auto done = export_articles(session); !done) return report_error(done.error());
  return session.stop.number() != 0 ? exit_signalled + session.stop.number() : exit_well;
}

}  // namespace

void add_export_command(Command& program, Session& session) {
  auto format = std::make_shared<std::string>("jsonl");
  auto bundle = std::make_shared<std::string>();
  Command command = program.add("export", "Print every visible article, or write a bundle");
  command.option("--format", *format, "jsonl").one_of({"jsonl"});
  command.option("--bundle", *bundle, "Write Read next lists to a folder, by broadsheet-server");
  command.runs([format, bundle, &session] {
    session.exit_status =
        bundle->empty() ? run_export(session) : report_error(become_server(session, *bundle));
  });
}

}  // namespace broadsheet::indexer
