// `sources list` and `sources set`: what the operator says of who publishes.
#include <cstdio>
#include <memory>

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"
#include "indexer/normalize/links.h"
#include "indexer/normalize/text.h"
#include "indexer/write/catalog_writer.h"
#include "indexer/write/source_registry.h"
#include "schema/catalog.h"
#include "schema/language.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

constexpr double kMostWeight = 100;

// The flags of `sources set` as the user gave them.
struct SetFlags {
  std::string id;
  std::optional<std::string> name;
  std::optional<std::string> home;
  std::optional<std::string> language;
  std::optional<double> weight;
  std::optional<std::string> blocked;
};

void print_json(const std::vector<RegisteredSource>& sources) {
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
  };
  for (const RegisteredSource& source : sources) {
    const nlohmann::ordered_json json = {{"id", source.id},
                                         {"name", source.name},
                                         {"home", text_or_null(source.home)},
                                         {"language", text_or_null(source.language)},
                                         {"weight", source.weight},
                                         {"blocked", source.blocked},
                                         {"articles", source.articles}};
    print_line(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  }
}

void print_table(const std::vector<RegisteredSource>& sources) {
  for (const RegisteredSource& source : sources) {
    std::string line = fmt::format("{:>9}  {}  {}", source.articles, source.id, source.name);
    if (!source.language.empty()) line += "  language " + source.language;
    if (source.weight != 1) line += fmt::format("  weight {:g}", source.weight);
    if (!source.home.empty()) line += "  " + source.home;
    if (source.blocked) line += "  BLOCKED";
    print_line(line);
  }
}

int run_list(bool as_json, const Session& session) {
  auto catalog = open_catalog_for_reading(session.data_dir);
  if (!catalog) return report_error(catalog.error());
  auto sources = list_sources(*catalog);
  if (!sources) return report_error(sources.error());
  as_json ? print_json(*sources) : print_table(*sources);
  return exit_well;
}

tl::unexpected<Error> wrong(std::string message, std::string hint) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::move(hint));
}

// Judges the texts: what is stored is clean.
Result<SourceSettings> settings_of(const SetFlags& flags) {
  SourceSettings settings;
  settings.weight = flags.weight;
  if (flags.blocked) settings.blocked = *flags.blocked == "yes";
  if (flags.name) {
    settings.name = clean_line(repair_utf8(*flags.name)).text;
    if (settings.name->empty()) return wrong("--name must not be empty", "a source has a name");
  }
  if (flags.home) {
    settings.home = clean_link(repair_utf8(*flags.home));
    if (settings.home->empty() && !flags.home->empty()) {
      return wrong("--home " + *flags.home + " is no web address", "write https://...");
    }
  }
  if (flags.language) {
    settings.language = normalize_language(*flags.language);
    if (settings.language->empty() && !flags.language->empty()) {
      return wrong("--language " + *flags.language + " is not known",
                   "write its code of ISO 639-1, as en or fi");
    }
  }
  return settings;
}

Result<bool> apply(const SetFlags& flags, const SourceSettings& settings, const Session& session) {
  auto catalog = CatalogWriter::open(session.data_dir);
  if (!catalog) return pass_on(catalog.error());
  auto found = catalog->set_source(flags.id, settings);
  if (!found || !*found) return found;
  if (auto done = catalog->commit(); !done) return pass_on(done.error());
  return true;
}

int run_set(const SetFlags& flags, Session& session) {
  auto settings = settings_of(flags);
  if (!settings) return report_error(settings.error());
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  auto lock = session.lock("sources set");
  if (!lock) return session.report(lock.error());
  auto found = apply(flags, *settings, session);
  if (!found) return report_error(found.error());
  if (!*found) {
    return report_error({ErrorCode::not_found,
                         "no source has the id " + flags.id,
                         "see `sources list`; with --name a new one is made"});
  }
  if (auto done = follow_in_index(session); !done) return session.report(done.error());
  return exit_well;
}

void add_list(Command& sources, Session& session) {
  auto as_json = std::make_shared<bool>(false);
  Command command = sources.add("list", "Show all sources and how many articles");
  command.flag("--json", *as_json, "One JSON object a line");
  command.runs([as_json, &session] { session.exit_status = run_list(*as_json, session); });
}

void add_set(Command& sources, Session& session) {
  auto flags = std::make_shared<SetFlags>();
  Command command = sources.add("set", "Say something of one source");
  command.option("ID", flags->id, "Its id, as `sources list` shows it").required();
  command.option("--name", flags->name, "How it is called");
  command.option("--home", flags->home, "The address of its front page; empty for none");
  command.option("--language", flags->language, "Of texts too short to tell; empty for none");
  command.option("--weight", flags->weight, "How much it counts, 1 by itself")
      .range(0.0, kMostWeight);
  command.option("--blocked", flags->blocked, "Whether its articles are hidden: yes or no")
      .one_of({"yes", "no"});
  command.runs([flags, &session] { session.exit_status = run_set(*flags, session); });
}

}  // namespace

void add_sources_command(Command& program, Session& session) {
  Command command = program.add("sources", "List the sources; name, weigh or block one of them");
  command.needs_command();
  add_list(command, session);
  add_set(command, session);
}

}  // namespace broadsheet::indexer
