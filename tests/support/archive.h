// A data folder, the two real programs on it, and articles to put there: what every end-to-end
// test starts from. The programs are those that lie beside the test's own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/http_client.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::tests {

#ifdef BROADSHEET_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// The number in an environment variable, so that a long proof uses the same test as the short one.
int count_from(const char* variable, int otherwise);

// A word that no other number gives and that no stemmer changes.
std::string unique_word(int number);

// Article `number` of a made-up archive: id "a<number>", one a minute from 2025-04-01 on, with
// "harvest" in every body and unique_word(number) in its own alone.
nlohmann::json made_article(int number);
// Articles first .. first + count - 1, one a line.
std::string made_articles(int first, int count);

// Fails the test when a program's words show a sanitizer's finding.
void expect_no_findings(const std::string& err);

// broadsheet-server on a free port. Ends with the object; stop() tells how.
class Server {
 public:
  explicit Server(const std::filesystem::path& data_dir,
                  const std::vector<std::string>& flags = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  // A connection of the test's own thread.
  HttpClient& client() { return *client_; }

  Process& process() { return *process_; }

  // SIGTERM, and what comes of it.
  Ended stop();
  // SIGKILL, in the middle of whatever it does.
  Ended kill();

  // GET /v1/search?`parameters`; the test fails when the status is not 200.
  nlohmann::json search(const std::string& parameters);
  // The ids of the hits.
  std::vector<std::string> found(const std::string& parameters);

 private:
  std::unique_ptr<Process> process_;
  std::unique_ptr<HttpClient> client_;
  std::uint16_t port_ = 0;
};

// The ids of a search's hits.
std::vector<std::string> ids_of(const nlohmann::json& answer);

class Archive {
 public:
  // In a folder of its own, or in one that the test has made.
  Archive();

  explicit Archive(std::filesystem::path data_dir) : data_(std::move(data_dir)) {}

  [[nodiscard]] const std::filesystem::path& path() const { return data_; }

  // The command line of an indexer on this archive.
  [[nodiscard]] std::vector<std::string> indexer_line(const std::vector<std::string>& words) const;
  // Runs it to its end.
  Ended index(const std::vector<std::string>& words, std::string_view input = {}) const;
  // The same of broadsheet-server, for commands that end by themselves.
  [[nodiscard]] Ended run_server(const std::vector<std::string>& words) const;
  // `add -`; the test fails when that does.
  void add(std::string_view lines) const;
  // What `check` says, such as "checked 3 articles: 0 missing, 0 stale, 0 extra".
  [[nodiscard]] std::string check() const;
  void expect_clean(int articles) const;
  [[nodiscard]] nlohmann::json status() const;
  // The lines of `export`.
  [[nodiscard]] std::vector<nlohmann::json> exported() const;

 private:
  std::optional<TempDir> folder_;
  std::filesystem::path data_;
};

}  // namespace broadsheet::tests
