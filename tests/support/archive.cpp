// What the programs say is judged here once, so that the tests tell their story alone.
#include "tests/support/archive.h"

#include <charconv>
#include <cstdlib>
#include <random>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <spdlog/fmt/fmt.h>

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;

// Words that occur in many articles, so that terms have long lists as they have in real text.
constexpr const char* kWords[] = {"harbour", "council", "rail",    "strike",  "minister", "budget",
                                  "river",   "storm",   "school",  "museum",  "orchard",  "vote",
                                  "market",  "price",   "export",  "tariff",  "bridge",   "engine",
                                  "captain", "winter",  "station", "village", "doctor",   "letter"};

std::string program(const char* name) {
  static const std::filesystem::path kFolder =
      std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return (kFolder / name).string();
}

// So many minutes after the first of April 2025; months of thirty days keep every date valid.
std::string minute(int number) {
  const int day = number / 1440;
  return fmt::format("2025-{:02}-{:02}T{:02}:{:02}:00Z",
                     4 + day / 30,
                     1 + day % 30,
                     number / 60 % 24,
                     number % 60);
}

std::string made_body(int number) {
  std::minstd_rand words(static_cast<unsigned>(number) + 1);
  std::string body = "The harvest of " + unique_word(number) + " was counted again.";
  for (int sentence = 0; sentence < 4; ++sentence) {
    body += sentence == 2 ? "\n\nThe" : " The";
    for (int i = 0; i < 7; ++i)
      body += fmt::format(" {}", kWords[words() % std::size(kWords)]);
    body += ".";
  }
  return body;
}

// "listening on http://127.0.0.1:8080" -> 8080
std::uint16_t port_in(const std::string& line) {
  const std::size_t colon = line.rfind(':');
  std::uint16_t port = 0;
  std::from_chars(line.data() + colon + 1, line.data() + line.size(), port);
  return port;
}

}  // namespace

int count_from(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return text == nullptr ? otherwise : std::atoi(text);
}

std::string unique_word(int number) {
  constexpr std::string_view kDigits = "bcdfghjklm";
  std::string word = "zq";
  for (const char digit : fmt::format("{:06}", number))
    word += kDigits[static_cast<std::size_t>(digit - '0')];
  return word + "x";
}

Json made_article(int number) {
  return {{"id", fmt::format("a{}", number)},
          {"url", fmt::format("https://news.example/a/{}", number)},
          {"title", fmt::format("{} report number {}", kWords[number % 24], number)},
          {"body", made_body(number)},
          {"published", minute(number)},
          {"source", number % 3 == 0 ? "North Post" : "South Post"},
          {"section", number % 2 == 0 ? "world" : "sports"},
          {"language", "en"}};
}

std::string made_articles(int first, int count) {
  std::string lines;
  for (int i = first; i < first + count; ++i)
    lines += made_article(i).dump() + "\n";
  return lines;
}

void expect_no_findings(const std::string& err) {
  for (const char* sign : {"Sanitizer", "runtime error:", "terminate called"}) {
    EXPECT_EQ(err.find(sign), std::string::npos) << err;
  }
}

std::vector<std::string> ids_of(const Json& answer) {
  std::vector<std::string> ids;
  for (const Json& hit : answer.value("hits", Json::array()))
    ids.push_back(hit.at("id"));
  return ids;
}

Server::Server(const std::filesystem::path& data_dir, const std::vector<std::string>& flags) {
  std::vector<std::string> line = {program("broadsheet-server"), "--data", data_dir.string()};
  line.insert(line.end(), flags.begin(), flags.end());
  if (std::find(flags.begin(), flags.end(), "--listen") == flags.end())
    line.insert(line.end(), {"--listen", "127.0.0.1:0"});
  process_ = std::make_unique<Process>(line);
  const auto listening = process_->error_line("listening on http://");
  if (!listening) throw std::runtime_error("no server: " + process_->error_so_far());
  port_ = port_in(*listening);
  client_ = std::make_unique<HttpClient>(port_);
}

Server::~Server() {
  if (!process_) return;
  EXPECT_FALSE(process_->ends_within(std::chrono::milliseconds(0)))
      << "the server has ended: " << process_->error_so_far();
  stop();
}

Ended Server::stop() {
  // A server that stops waits a moment for clients to hang up.
  client_.reset();
  process_->signal(SIGTERM);
  Ended ended = process_->wait();
  process_.reset();
  EXPECT_EQ(ended.status, 0) << "signal " << ended.signal << "\n" << ended.err;
  expect_no_findings(ended.err);
  return ended;
}

Ended Server::kill() {
  Ended ended = process_->kill_after(std::chrono::milliseconds(0));
  process_.reset();
  return ended;
}

Json Server::search(const std::string& parameters) {
  const Answer answer = client_->get("/v1/search?" + parameters);
  EXPECT_EQ(answer.status, 200) << parameters << "\n" << answer.body;
  return answer.json();
}

std::vector<std::string> Server::found(const std::string& parameters) {
  return ids_of(search(parameters));
}

Archive::Archive() : folder_(std::in_place), data_(folder_->path() / "data") {}

std::vector<std::string> Archive::indexer_line(const std::vector<std::string>& words) const {
  std::vector<std::string> line = {program("broadsheet-indexer"), "--data", data_.string()};
  line.insert(line.end(), words.begin(), words.end());
  return line;
}

Ended Archive::index(const std::vector<std::string>& words, std::string_view input) const {
  Process process(indexer_line(words), Process::Input::pipe);
  process.write(input);
  Ended ended = process.wait();
  expect_no_findings(ended.err);
  EXPECT_EQ(ended.signal, 0) << words.front() << ": " << ended.err;
  return ended;
}

Ended Archive::run_server(const std::vector<std::string>& words) const {
  std::vector<std::string> line = {program("broadsheet-server"), "--data", data_.string()};
  line.insert(line.end(), words.begin(), words.end());
  Ended ended = Process(line).wait();
  expect_no_findings(ended.err);
  return ended;
}

void Archive::add(std::string_view lines) const {
  const Ended ended = index({"add", "-"}, lines);
  ASSERT_EQ(ended.status, 0) << ended.err;
}

std::string Archive::check() const {
  const Ended ended = index({"check"});
  return ended.out.substr(0, ended.out.find('\n')) + (ended.status == 0 ? "" : ended.err);
}

void Archive::expect_clean(int articles) const {
  EXPECT_EQ(check(), fmt::format("checked {} articles: 0 missing, 0 stale, 0 extra", articles));
}

Json Archive::status() const {
  const Ended ended = index({"status", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  return Json::parse(ended.out, nullptr, false);
}

std::vector<Json> Archive::exported() const {
  const Ended ended = index({"export"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  std::vector<Json> articles;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);)
    articles.push_back(Json::parse(line));
  return articles;
}

}  // namespace broadsheet::tests
