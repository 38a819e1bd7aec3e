// `restore-article`: undoes a takedown by hand.
#include <cstdio>
#include <memory>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"
#include "indexer/write/catalog_writer.h"

namespace broadsheet::indexer {
namespace {

// Says what became of one id; false when it cannot be restored.
bool tell(const std::string& id, const Restoration& restoration) {
  const char* name = id.c_str();
  switch (restoration.outcome) {
    case Restoration::Outcome::unknown:
      std::fprintf(stderr, "error: no article has the id %s\n", name);
      return false;
    case Restoration::Outcome::erased:
      std::fprintf(stderr, "error: %s was erased: nothing is left to restore\n", name);
      return false;
    case Restoration::Outcome::not_down:
      std::fprintf(stderr, "%s was not taken down by hand: nothing to undo\n", name);
      return true;
    case Restoration::Outcome::restored:
      break;
  }
  const bool is_usable = restoration.status == Status::usable;
  std::fprintf(stderr,
               is_usable ? "restored %s\n"
                         : "restored %s: its source holds it back, so it stays out of answers\n",
               name);
  return true;
}

int run_restore(const std::vector<std::string>& ids, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  auto lock = session.lock("restore-article");
  if (!lock) return session.report(lock.error());
  auto catalog = CatalogWriter::open(session.data_dir);
  if (!catalog) return report_error(catalog.error());
  std::vector<Restoration> restorations;
  for (const std::string& id : ids) {
    auto restored = catalog->restore(id);
    if (!restored) return report_error(restored.error());
    restorations.push_back(*restored);
  }
  if (auto done = catalog->commit(); !done) return report_error(done.error());
  bool all_well = true;
  for (std::size_t i = 0; i < ids.size(); ++i)
    all_well = tell(ids[i], restorations[i]) && all_well;
  if (auto done = follow_in_index(session); !done) return session.report(done.error());
  return all_well ? exit_well : exit_refused;
}

}  // namespace

void add_restore_article_command(Command& program, Session& session) {
  auto ids = std::make_shared<std::vector<std::string>>();
  Command command = program.add("restore-article", "Undo a takedown: articles are found again");
  command.option("ID", *ids, "Ids of the articles").required();
  command.runs([ids, &session] { session.exit_status = run_restore(*ids, session); });
}

}  // namespace broadsheet::indexer
