// `erase`: removes articles for good. Out of every answer first, then off the disk; run again it
// does again what an earlier run may have left.
#include <cstdio>
#include <memory>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"
#include "indexer/write/catalog_upkeep.h"
#include "indexer/write/catalog_writer.h"
#include "indexer/write/compact.h"

namespace broadsheet::indexer {
namespace {

// Out of the catalog and, by tombstones, out of every answer. Returns the ids that nobody knows.
Result<std::vector<std::string>> take_out(const std::vector<std::string>& ids,
                                          const Session& session) {
  auto lock = session.lock("erase");
  if (!lock) return pass_on(lock.error());
  auto catalog = CatalogWriter::open(session.data_dir);
  if (!catalog) return pass_on(catalog.error());
  std::vector<std::string> unknown;
  for (const std::string& id : ids) {
    auto found = catalog->erase(id);
    if (!found) return pass_on(found.error());
    if (!*found) unknown.push_back(id);
  }
  if (auto done = catalog->commit(); !done) return pass_on(done.error());
  if (auto done = follow_in_index(session); !done) return pass_on(done.error());
  return unknown;
}

// What is left of them in older parts, older generations and free pages.
Result<void> clean_disk(const Session& session) {
  CompactOptions options;
  options.take_lock = [&session] { return session.lock("erase"); };
  options.rebuild_timeout = session.longest_wait();
  options.keep_waiting = session.until_signal();
  options.others = CompactOptions::Others::remove;
  auto compacted = compact_index(session.data_dir, options);
  if (!compacted) return pass_on(compacted.error());
  auto lock = session.lock("erase");
  if (!lock) return pass_on(lock.error());
  return rewrite_catalog(session.data_dir);
}

int run_erase(const std::vector<std::string>& ids, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  auto unknown = take_out(ids, session);
  if (!unknown) return session.report(unknown.error());
  for (const std::string& id : *unknown)
    std::fprintf(stderr, "error: no article has the id %s\n", id.c_str());
  if (unknown->size() == ids.size()) return exit_refused;
  if (auto done = clean_disk(session); !done) {
    std::fprintf(stderr,
                 "the articles are out of every answer, but traces of them are still on the disk: "
                 "run erase again\n");
    return session.report(done.error());
  }
  std::fprintf(stderr, "erased %zu articles\n", ids.size() - unknown->size());
  return unknown->empty() ? exit_well : exit_refused;
}

}  // namespace

void add_erase_command(Command& program, Session& session) {
  auto ids = std::make_shared<std::vector<std::string>>();
  Command command =
      program.add("erase", "Remove articles for good: text, revisions, postings, generations kept");
  command.option("ID", *ids, "Ids of the articles").required();
  command.runs([ids, &session] { session.exit_status = run_erase(*ids, session); });
}

}  // namespace broadsheet::indexer
