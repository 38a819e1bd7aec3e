// `withdraw`: takes articles down, from the catalog and then from the index.
#include <cstdio>
#include <memory>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"
#include "indexer/normalize/text.h"
#include "indexer/write/catalog_writer.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

struct WithdrawFlags {
  std::vector<std::string> ids;
  std::string reason;
  std::string status = "withdrawn";
  bool legal = false;
};

// What readers will see of a reason.
std::string clean_reason(const std::string& text) {
  return clean_line(repair_utf8(text)).text;
}

// Takes down what is known of the ids, in one transaction; returns those that are not.
Result<std::vector<std::string>> withdraw_all(const WithdrawFlags& flags, const Session& session) {
  auto catalog = CatalogWriter::open(session.data_dir);
  if (!catalog) return pass_on(catalog.error());
  const Withdrawal withdrawal{flags.status == "killed" ? Status::killed : Status::withdrawn,
                              clean_reason(flags.reason),
                              flags.legal};
  std::vector<std::string> unknown;
  for (const std::string& id : flags.ids) {
    auto found = catalog->withdraw(id, withdrawal);
    if (!found) return pass_on(found.error());
    if (!*found) unknown.push_back(id);
  }
  if (auto done = catalog->commit(); !done) return pass_on(done.error());
  return unknown;
}

int run_withdraw(const WithdrawFlags& flags, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  auto lock = session.lock("withdraw");
  if (!lock) return session.report(lock.error());
  auto unknown = withdraw_all(flags, session);
  if (!unknown) return report_error(unknown.error());
  // Told at once: from here on the server answers with the takedown, whatever becomes of the index.
  for (const std::string& id : *unknown) {
    std::fprintf(stderr, "error: no article has the id %s\n", id.c_str());
  }
  std::fprintf(stderr, "withdrew %zu articles\n", flags.ids.size() - unknown->size());
  if (auto done = follow_in_index(session); !done) return session.report(done.error());
  return unknown->empty() ? exit_well : exit_refused;
}

}  // namespace

void add_withdraw_command(Command& program, Session& session) {
  auto flags = std::make_shared<WithdrawFlags>();
  Command command = program.add("withdraw", "Take articles down: gone from every answer");
  command.option("ID", flags->ids, "Ids of the articles").required();
  command.option("--reason", flags->reason, "Why, in words that readers will see")
      .required()
      .check(
          [](const std::string& text) {
            return clean_reason(text).empty() ? std::string("must not be empty") : std::string();
          },
          "TEXT");
  command.option("--status", flags->status, "withdrawn or killed").one_of({"withdrawn", "killed"});
  command.flag("--legal", flags->legal, "For legal reasons: answered with HTTP 451");
  command.runs([flags, &session] { session.exit_status = run_withdraw(*flags, session); });
}

}  // namespace broadsheet::indexer
