// broadsheet-server: flags in, a running HTTP server out, or with `export` files. Exit status as
// exit_status.h has it.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "server/api/routes.h"
#include "server/desk/desk.h"
#include "server/exit_status.h"
#include "server/export.h"
#include "server/http/listen.h"
#include "server/http/params.h"
#include "server/http/server.h"
#include "server/http/signals.h"
#include "server/search/synonyms.h"

namespace broadsheet::server {
namespace {

// As many searches as cores lose a few per cent of throughput when one waits for the disk or is
// held up; twice as many keep each other waiting: the slowest of a hundred takes a fifth longer
// than with half as many more than cores.
int default_threads() {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<int>(cores + (cores + 1) / 2);
}

struct Flags {
  std::string data = "./broadsheet-data";
  std::string synonyms;
  std::string log_level = "info";
  bool access_log = false;
  int threads = default_threads();
  ServerOptions http;
  ExportFlags bundle;
};

// Every flag is also an environment variable BROADSHEET_<FLAG> and a line of the INI file.
void declare_flags(CLI::App& app, Flags& flags) {
  app.set_version_flag("--version", "broadsheet-server " BROADSHEET_VERSION);
  app.set_config("--config", "", "INI file with further flags, one name=value a line")
      ->envname("BROADSHEET_CONFIG");
  app.allow_config_extras(false);
  app.add_option("--data", flags.data, "Folder of catalog and index")
      ->envname("BROADSHEET_DATA")
      ->capture_default_str();
  app.add_option("--listen", flags.http.listen, "HOST:PORT; port 0 picks a free one")
      ->envname("BROADSHEET_LISTEN")
      ->capture_default_str();
  app.add_option("--synonyms",
                 flags.synonyms,
                 "File of synonyms, read again when it changes (default: synonyms.txt in --data)")
      ->envname("BROADSHEET_SYNONYMS");
  app.add_option("--threads", flags.threads, "Searches that run at the same time")
      ->envname("BROADSHEET_THREADS")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_option("--log-level", flags.log_level, "What is logged on standard error")
      ->envname("BROADSHEET_LOG_LEVEL")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  app.add_flag("--access-log", flags.access_log, "Log a line for every request")
      ->envname("BROADSHEET_ACCESS_LOG");
  app.add_option("--max-body", flags.http.max_body, "Largest request body in bytes")
      ->envname("BROADSHEET_MAX_BODY")
      ->check(CLI::Range(std::size_t{1024}, std::size_t{64} * 1024 * 1024))
      ->capture_default_str();
  app.add_option("--max-connections", flags.http.max_connections, "Connections held open at most")
      ->envname("BROADSHEET_MAX_CONNECTIONS")
      ->check(CLI::Range(std::size_t{8}, std::size_t{65'536}))
      ->capture_default_str();
}

// `export`; the program's own flags may stand behind it, too.
CLI::App* declare_export(CLI::App& app, ExportFlags& flags) {
  CLI::App* command = app.add_subcommand("export", "Write the lists of all articles to files");
  command->fallthrough();
  command
      ->add_option(
          "--bundle",
          flags.bundle,
          "Folder for one \"Read next\" list an article; what is there is brought up to date")
      ->type_name("DIR")
      ->required();
  command
      ->add_option(
          "--recommended",
          flags.recommended,
          "Write nothing: print the articles whose lists in the folder name this one, or did")
      ->type_name("ID");
  command->add_flag("--json", flags.is_json, "The summary as JSON");
  return command;
}

void log_access(const AccessLine& line) {
  spdlog::info("{} {} {} {} {} us {} bytes {}",
               line.remote_address,
               line.method,
               percent_encode_raw(line.path),
               line.status,
               line.elapsed.count(),
               line.bytes,
               line.request_id);
}

// Logs what keeps the stores from being searched: once, however many requests find it so.
class StoreLog {
 public:
  void tell(const Error* failure) {
    const std::string words = failure == nullptr ? "" : told(failure->message, failure->hint);
    const std::scoped_lock lock(mutex_);
    if (words == last_) return;
    last_ = words;
    if (words.empty()) {
      spdlog::info("articles can be searched");
    } else {
      spdlog::warn("nothing can be searched: {}", words);
    }
  }

 private:
  std::mutex mutex_;
  std::string last_;
};

// Data that this program will never be able to read ends it; data that is not there yet does not.
int check_data(const std::string& folder, SessionPool& pool, StoreLog& log) {
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored)) {
    spdlog::error("{} is no folder (name the folder of catalog and index with --data)", folder);
    return kWrongUse;
  }
  const StoreState state = pool.state();
  if (state.ready) {
    if (!state.reason.empty()) spdlog::warn("{}", told(state.reason, state.hint));
    return kFine;
  }
  if (state.code == ErrorCode::version_mismatch || state.code == ErrorCode::corrupt) {
    spdlog::error("{}", told(state.reason, state.hint));
    return kUnusableData;
  }
  const Error failure{state.code, state.reason, state.hint};
  log.tell(&failure);
  return kFine;
}

// What ails the stores as a whole StoreLog has told when it began.
spdlog::level::level_enum level_of(ErrorCode code) {
  const bool is_known = code == ErrorCode::unavailable || code == ErrorCode::version_mismatch;
  return is_known ? spdlog::level::debug : spdlog::level::err;
}

// The pattern instead of the path and never the query: what readers look for is nobody's business.
void log_failure(const Request& request, const Error& error) {
  spdlog::log(level_of(error.code),
              "{} {} {}: {}",
              request.id,
              request.method,
              request.pattern,
              error.message);
}

// An exception that left a handler: a bug, or memory running out.
void log_exception(std::string_view request_id, std::string_view path, std::string_view what) {
  spdlog::error("{} {}: {}", request_id, percent_encode_raw(path), what);
}

// The stores and all that answers out of them. Stays where it is: its parts refer to each other.
class Archive {
 public:
  explicit Archive(const Flags& flags, SynonymFile* synonyms = nullptr)
      : folder_(flags.data),
        pool_(flags.data, flags.threads, [this](const Error* failure) { log_.tell(failure); }),
        probes_(flags.data, 1),
        searcher_(pool_, synonyms),
        desk_(flags.data),
        backend_(backend_of(searcher_, pool_, probes_)) {
    backend_.desk = &desk_;
    backend_.on_failure = log_failure;
  }

  // kFine, or the status to end with.
  int check() { return check_data(folder_, probes_, log_); }

  Searcher& searcher() { return searcher_; }

  Backend& backend() { return backend_; }

 private:
  std::string folder_;
  StoreLog log_;
  SessionPool pool_;
  SessionPool probes_;
  Searcher searcher_;
  Desk desk_;
  Backend backend_;
};

int serve(Flags& flags, SignalWatch& signals) {
  const std::filesystem::path own = std::filesystem::path(flags.data) / "synonyms.txt";
  SynonymFile synonyms(flags.synonyms.empty() ? own : std::filesystem::path(flags.synonyms),
                       [](const std::string& message) { spdlog::warn("synonyms: {}", message); });
  Archive archive(flags, &synonyms);
  if (const int status = archive.check(); status != kFine) return status;
  if (!flags.synonyms.empty() && !std::filesystem::exists(flags.synonyms))
    spdlog::warn("synonyms: {} does not exist yet", flags.synonyms);

  HttpServer* running = nullptr;  // set before the first request can be served
  Backend& backend = archive.backend();
  const auto address = parse_listen(flags.http.listen);
  backend.is_desk_open = address && is_loopback(*address);
  backend.http_stats = [&running] { return running->stats(); };
  // Two workers more than sessions: what needs no session is not kept waiting by what does.
  flags.http.workers = static_cast<std::size_t>(flags.threads) + 2;
  flags.http.on_failure = log_exception;
  if (flags.access_log) flags.http.on_request = log_access;

  auto server = HttpServer::open(flags.http, make_routes(backend));
  if (!server) {
    spdlog::error("{}", told(server.error().message, server.error().hint));
    const bool is_usage = server.error().code == ErrorCode::unavailable ||
                          server.error().code == ErrorCode::invalid_argument;
    return is_usage ? kWrongUse : kOther;
  }
  running = server->get();
  signals.start([running] { running->request_stop(); });
  // Scripts wait for this line, so no log level hides it.
  std::fprintf(stderr, "listening on http://%s\n", running->address().c_str());
  const std::jthread reading_ahead([&archive] { archive.searcher().warm_up(); });
  const StopOutcome outcome = running->run();
  signals.stop();
  if (outcome == StopOutcome::cut_off) {
    spdlog::warn("stopped with requests still running");
    std::_Exit(kFine);
  }
  return kFine;
}

int write_files(const Flags& flags) {
  if (!flags.bundle.recommended.empty()) return run_recommended(flags.bundle);
  Archive archive(flags);
  if (const int status = archive.check(); status != kFine) return status;
  return run_export(archive.backend(), flags.bundle, flags.threads);
}

int run(int argc, char** argv) {
  Flags flags;
  CLI::App app{"Answers searches over HTTP out of what broadsheet-indexer wrote."};
  declare_flags(app, flags);
  const CLI::App* const exporting = declare_export(app, flags.bundle);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ConfigError& error) {
    std::fprintf(stderr,
                 "broadsheet-server: %s: a line is no flag of this program (see --help): %s\n",
                 app.get_config_ptr()->as<std::string>().c_str(),
                 error.what());
    return kWrongUse;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kFine : kWrongUse;
  }
  spdlog::set_level(spdlog::level::from_str(flags.log_level));
  if (exporting->parsed()) return write_files(flags);
  SignalWatch signals;  // before any other thread: they inherit the blocked signals
  return serve(flags, signals);
}

}  // namespace
}  // namespace broadsheet::server

int main(int argc, char** argv) {
  try {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("broadsheet-server"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    return broadsheet::server::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "broadsheet-server: %s\n", error.what());
    return broadsheet::server::kOther;
  }
}
