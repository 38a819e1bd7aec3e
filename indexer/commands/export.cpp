// `export`: every visible article in the shape that `add` reads, and reads back as unchanged.
#include <cerrno>
#include <cstdio>
#include <memory>

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

int run_export(Session& session) {
  if (auto done = export_articles(session); !done) return report_error(done.error());
  return session.stop.number() != 0 ? exit_signalled + session.stop.number() : exit_well;
}

}  // namespace

void add_export_command(Command& program, Session& session) {
  auto format = std::make_shared<std::string>("jsonl");
  Command command = program.add("export", "Print every visible article");
  command.option("--format", *format, "jsonl").one_of({"jsonl"});
  command.runs([format, &session] { session.exit_status = run_export(session); });
}

}  // namespace broadsheet::indexer
