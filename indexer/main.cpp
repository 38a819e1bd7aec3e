// broadsheet-indexer: the one program that writes catalog and index. Reads the flags, sets up the
// process, and leaves the rest to commands/.
#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include "indexer/commands/commands.h"

namespace {

using broadsheet::indexer::Session;

Session* interrupted_session = nullptr;

extern "C" void on_signal(int number) {
  interrupted_session->stop.raise(number);
}

// The first signal asks the command to end; a second one ends the process at once.
void listen_for_signals(Session& session) {
  interrupted_session = &session;

  struct sigaction action {};

  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A closed pipe shows as a failed write.
  action.sa_handler = SIG_IGN;
  action.sa_flags = 0;
  sigaction(SIGPIPE, &action, nullptr);
}

// A standard stream that is closed would give its number to the next file that is opened.
void open_standard_streams() {
  int descriptor = ::open("/dev/null", O_RDWR);
  while (descriptor >= 0 && descriptor <= STDERR_FILENO)
    descriptor = ::open("/dev/null", O_RDWR);
  if (descriptor >= 0) ::close(descriptor);
}

// Building an index opens many files at once.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// How many letters must be changed, added or left out (Levenshtein).
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

// What is wrong when no command was understood: the first word that belongs to no option.
broadsheet::Error missing_command(const CLI::App& app) {
  constexpr auto kCode = broadsheet::ErrorCode::invalid_argument;
  const std::vector<std::string> words = app.remaining();
  if (words.empty()) return {kCode, "name a command", "see broadsheet-indexer --help"};
  const std::string& word = words.front();
  const auto commands = app.get_subcommands({});
  const auto nearest = std::find_if(commands.begin(), commands.end(), [&](const CLI::App* known) {
    const std::size_t changes = distance(word, known->get_name());
    return changes <= 2 && changes < word.size();
  });
  return {kCode,
          "there is no command " + word,
          nearest == commands.end() ? "see broadsheet-indexer --help"
                                    : "did you mean " + (*nearest)->get_name() + "?"};
}

int report_wrong_use(const CLI::App& app, const CLI::ParseError& error) {
  // Help and version are no errors, and go to standard output.
  if (error.get_exit_code() == 0) return app.exit(error);
  if (app.get_subcommands().empty() &&
      error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError)) {
    return broadsheet::indexer::report_error(missing_command(app));
  }
  std::string command;
  for (auto chosen = app.get_subcommands(); !chosen.empty();
       chosen = chosen.front()->get_subcommands()) {
    command += chosen.front()->get_name() + " ";
  }
  return broadsheet::indexer::report_error({broadsheet::ErrorCode::invalid_argument,
                                            error.what(),
                                            "see broadsheet-indexer " + command + "--help"});
}

// Why a data folder cannot be one; empty when it can.
std::string fault_of_folder(const std::string& path) {
  if (path.empty()) return "must not be empty";
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  const bool fits = !std::filesystem::exists(status) || std::filesystem::is_directory(status);
  return fits ? "" : path + " is not a folder";
}

// CLI::Range lets "nan" pass.
std::string fault_of_seconds(const std::string& text) {
  return std::isnan(std::strtod(text.c_str(), nullptr)) ? text + " is no number" : "";
}

void set_log_level(const std::string& level) {
  spdlog::set_level(spdlog::level::from_str(level));
}

int run(int argc, char** argv) {
  Session session;
  CLI::App app("Puts news articles into a Broadsheet archive and keeps its index.",
               "broadsheet-indexer");
  std::string level = "info";
  app.set_version_flag("--version", std::string("broadsheet-indexer ") + BROADSHEET_VERSION);
  app.add_option("--data", session.data_dir, "The data folder")
      ->envname("BROADSHEET_DATA")
      ->check(fault_of_folder)
      ->capture_default_str();
  app.add_option("--lock-timeout", session.lock_timeout, "Seconds to wait for another writer")
      ->check(CLI::Range(0.0, 86'400.0))
      ->check(fault_of_seconds)
      ->capture_default_str();
  app.add_option("--log-level", level, "debug, info, warn, error or off")
      ->envname("BROADSHEET_LOG_LEVEL")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "critical", "off"}))
      ->each(set_log_level);
  app.require_subcommand(1);
  broadsheet::indexer::add_commands(app, session);
  listen_for_signals(session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report_wrong_use(app, error);
  }
  return session.exit_status;
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_streams();
  // Xapian reads this once: the index writer decides itself when to flush. Before any thread
  // starts.
  setenv("XAPIAN_FLUSH_THRESHOLD", "1000000000", 1);  // NOLINT(concurrency-mt-unsafe)
  raise_file_limit();
  try {
    // Logs go to standard error; standard output belongs to results.
    spdlog::set_default_logger(spdlog::stderr_color_mt("indexer"));
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return broadsheet::indexer::exit_failed;
  }
}
