// What both programs do with data that is not there, not theirs, too new or damaged: a clear word,
// never a crash, and a rebuild heals the index.
#include <fstream>

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>
#include <sqlite3.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using ::testing::HasSubstr;

void run_sql(const fs::path& file, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

void write_file(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string program(const char* name) {
  return fs::read_symlink("/proc/self/exe").parent_path() / name;
}

// Starts a server that is expected to give up at once.
Ended failing_server(const fs::path& data, const std::string& listen = "127.0.0.1:0") {
  Process process({program("broadsheet-server"), "--data", data.string(), "--listen", listen});
  Ended ended = process.wait(std::chrono::seconds(30));
  expect_no_findings(ended.err);
  return ended;
}

void expect_problem(const Answer& answer, int status) {
  EXPECT_EQ(answer.status, status) << answer.body;
  EXPECT_EQ(answer.headers.contains("content-type") ? answer.headers.at("content-type") : "",
            "application/problem+json");
  EXPECT_EQ(answer.json()["status"], status);
}

TEST(StoredData, ServerStartsWithoutAnyAndOpensItWhenItComes) {
  Archive archive;
  Server server(archive.path());
  EXPECT_EQ(server.client().get("/livez").status, 200);
  expect_problem(server.client().get("/readyz"), 503);
  const Answer early = server.client().get("/v1/search?q=harvest");
  expect_problem(early, 503);
  EXPECT_THAT(early.json()["hint"].dump(), HasSubstr("broadsheet-indexer"));
  EXPECT_TRUE(early.headers.contains("retry-after"));
  EXPECT_EQ(early.body.find(archive.path().string()), std::string::npos) << early.body;
  expect_problem(server.client().get("/v1/articles/a1"), 503);

  archive.add(made_articles(0, 3));
  EXPECT_EQ(server.client().get("/readyz").status, 200);
  EXPECT_EQ(server.found("q=" + unique_word(1)).size(), 1U);
}

TEST(StoredData, WhatKeepsSearchesFromRunningIsLoggedOnceAChange) {
  Archive archive;
  Server server(archive.path());
  for (int i = 0; i < 5; ++i)
    expect_problem(server.client().get("/v1/search?q=harvest"), 503);
  archive.add(made_articles(0, 1));
  EXPECT_EQ(server.found("q=harvest").size(), 1U);
  const Ended ended = server.stop();
  const auto count = [&ended](const std::string& words) {
    int found = 0;
    for (auto at = ended.err.find(words); at != std::string::npos;
         at = ended.err.find(words, at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count("nothing can be searched"), 1) << ended.err;
  EXPECT_EQ(count("articles can be searched"), 1) << ended.err;
}

TEST(StoredData, ACommitChangesTheTagOfAnAnswer) {
  Archive archive;
  archive.add(made_articles(0, 3));
  Server server(archive.path());
  const std::string target = "/v1/search?q=harvest";
  const auto ask = [&](const std::string& known) {
    server.client().send("GET " + target + " HTTP/1.1\r\nHost: h\r\nIf-None-Match: " + known +
                         "\r\n\r\n");
    return server.client().receive();
  };
  // A second try, as the minute may end between two requests.
  Answer known = server.client().get(target);
  Answer again = ask(known.headers["etag"]);
  if (again.status == 200) again = ask(again.headers["etag"]);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  archive.add(made_articles(3, 1));
  const Answer fresh = ask(again.headers["etag"]);
  EXPECT_EQ(fresh.status, 200);
  EXPECT_NE(fresh.headers.at("etag"), again.headers["etag"]);
}

TEST(StoredData, CatalogWithoutIndexIsNotReady) {
  Archive archive;
  archive.add(made_articles(0, 3));
  fs::remove_all(archive.path() / "index");
  Server server(archive.path());
  expect_problem(server.client().get("/readyz"), 503);
  expect_problem(server.client().get("/v1/search?q=harvest"), 503);
  EXPECT_EQ(archive.index({"index"}).status, 0);
  EXPECT_EQ(server.search("q=harvest")["total"]["value"], 3);
}

// The new index has the folders' old names: nothing that the server remembers of them may be used.
TEST(StoredData, IndexMadeAnewUnderARunningServer) {
  Archive archive;
  archive.add(made_articles(0, 600));
  Server server(archive.path());
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(server.search("q=harvest+counted&limit=1")["total"]["value"], 600);
  }
  archive.add(made_articles(600, 300));
  fs::remove_all(archive.path() / "index");
  ASSERT_EQ(archive.index({"index"}).status, 0);
  EXPECT_EQ(server.search("q=harvest+counted&limit=1")["total"]["value"], 900);
  EXPECT_EQ(server.found("q=" + unique_word(899)).size(), 1U);
  EXPECT_EQ(server.found("q=counted+" + unique_word(599)).front(), "a599");
}

TEST(StoredData, NewerCatalogEndsBothWithFour) {
  Archive archive;
  archive.add(made_articles(0, 3));
  run_sql(archive.path() / "catalog.db", "PRAGMA user_version=999");
  const Ended server = failing_server(archive.path());
  EXPECT_EQ(server.status, 4) << server.err;
  EXPECT_THAT(server.err, HasSubstr("version 999"));
  for (const char* command : {"status", "check", "index", "export", "rebuild"}) {
    const Ended ended = archive.index({command});
    EXPECT_EQ(ended.status, 4) << command << ": " << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("version 999"));
    EXPECT_THAT(ended.err, HasSubstr("hint: "));
  }
}

TEST(StoredData, ForeignFilesEndBothWithFour) {
  struct Foreign {
    const char* what;
    std::function<void(const fs::path& catalog)> make;
  };

  const Foreign all[] = {{"somebody else's database",
                          [](const fs::path& catalog) {
                            fs::create_directories(catalog.parent_path());
                            run_sql(catalog, "CREATE TABLE birds(name)");
                          }},
                         {"no database", [](const fs::path& catalog) {
                            write_file(catalog, std::string(20'000, 'x'));
                          }}};
  for (const Foreign& foreign : all) {
    Archive archive;
    foreign.make(archive.path() / "catalog.db");
    const Ended server = failing_server(archive.path());
    EXPECT_EQ(server.status, 4) << foreign.what << server.err;
    EXPECT_THAT(server.err, HasSubstr("catalog.db"));
    const Ended add = archive.index({"add", "-"}, made_articles(0, 1));
    EXPECT_EQ(add.status, 4) << foreign.what << add.err;
    EXPECT_THAT(add.err, HasSubstr("catalog.db"));
  }
}

// Files of the live index by name, such as "postlist.glass".
std::vector<fs::path> index_files(const Archive& archive, const std::string& name) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(archive.path() / "index")) {
    if (entry.is_regular_file() && entry.path().filename() == name) files.push_back(entry.path());
  }
  return files;
}

// Not served wrong and not fallen over: an answer of some kind, and no internals in an error.
void expect_survives(Server& server, const Archive& archive, const std::string& damage) {
  for (const char* target : {"/v1/search?q=harvest+tariff",
                             "/v1/search?q=harvest&sort=newest",
                             "/v1/search?q=%22was+counted%22",
                             "/v1/articles/a3/related"}) {
    const Answer answer = server.client().get(target);
    EXPECT_THAT(answer.status, ::testing::AnyOf(200, 500, 503)) << damage << target << answer.body;
    EXPECT_EQ(answer.body.find(archive.path().string()), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find("glass"), std::string::npos) << answer.body;
  }
  EXPECT_EQ(server.client().get("/livez").status, 200) << damage;
}

// A server that starts on damaged data either finds nothing wrong yet or ends with a hint.
void expect_starts_or_says_why(const Archive& archive, const std::string& damage) {
  Process server(
      {program("broadsheet-server"), "--data", archive.path().string(), "--listen", "127.0.0.1:0"});
  if (server.error_line("listening on")) {
    EXPECT_FALSE(server.ends_within(std::chrono::milliseconds(0))) << damage;
    return;
  }
  const Ended ended = server.wait();
  expect_no_findings(ended.err);
  EXPECT_EQ(ended.status, 4) << damage << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("broadsheet-indexer rebuild")) << damage;
}

TEST(StoredData, DamagedIndexNeverFellsTheServerAndRebuildHeals) {
  Archive archive;
  archive.add(made_articles(0, 400));
  archive.add(made_articles(400, 5));
  Server old_server(archive.path());
  ASSERT_EQ(old_server.search("q=harvest")["total"]["value"], 405);
  for (const char* name :
       {"postlist.glass", "termlist.glass", "position.glass", "docdata.glass", "iamglass"}) {
    for (const bool is_cut : {true, false}) {
      const auto files = index_files(archive, name);
      if (files.empty()) continue;
      for (const fs::path& file : files) {
        const auto size = fs::file_size(file);
        if (is_cut) {
          fs::resize_file(file, size / 2);
        } else {
          write_file(file, std::string(size, '\0'));
        }
      }
      const std::string damage = fmt::format("{} {}: ", name, is_cut ? "cut" : "zeroed");
      expect_survives(old_server, archive, damage);
      expect_starts_or_says_why(archive, damage);
      const Ended checked = archive.index({"check"});
      EXPECT_THAT(checked.status, ::testing::AnyOf(0, 1, 4)) << damage << checked.err;
      const Ended rebuilt = archive.index({"rebuild"});
      ASSERT_EQ(rebuilt.status, 0) << damage << rebuilt.err;
      archive.expect_clean(405);
      EXPECT_EQ(old_server.search("q=harvest")["total"]["value"], 405) << damage;
    }
  }
}

TEST(StoredData, DamagedStubIsToldAndHealed) {
  for (const std::string& stub : {std::string(),
                                  std::string("nonsense\n"),
                                  std::string("auto gen-000007/part-000001\n"),
                                  std::string("auto gen-000001/../../../etc\n"),
                                  std::string(100'000, '\0')}) {
    Archive archive;
    archive.add(made_articles(0, 10));
    Server server(archive.path());
    ASSERT_EQ(server.search("q=harvest")["total"]["value"], 10);
    write_file(archive.path() / "index" / "live", stub);
    const Answer answer = server.client().get("/v1/search?q=harvest");
    expect_problem(answer, 503);
    EXPECT_THAT(answer.json()["hint"].dump(), HasSubstr("rebuild"));
    expect_problem(server.client().get("/readyz"), 503);
    const Ended add = archive.index({"add", "-"}, made_articles(20, 1));
    EXPECT_EQ(add.status, 4) << add.err;
    EXPECT_THAT(add.err, HasSubstr("rebuild"));
    const Ended rebuilt = archive.index({"rebuild"});
    EXPECT_EQ(rebuilt.status, 0) << rebuilt.err;
    const int articles = archive.status()["articles"];
    EXPECT_EQ(server.search("q=harvest")["total"]["value"], articles);
    archive.expect_clean(articles);
  }
}

TEST(StoredData, CatalogOfAnotherArchiveIsNotServedWithThisIndex) {
  Archive archive;
  archive.add(made_articles(0, 30));
  // As if somebody began anew, or put an older backup back.
  for (const char* name : {"catalog.db", "catalog.db-wal", "catalog.db-shm"})
    fs::remove(archive.path() / name);
  const Ended refused = archive.index({"add", "-"}, made_articles(100, 3));
  EXPECT_EQ(refused.status, 4) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("rebuild"));
  EXPECT_EQ(failing_server(archive.path()).status, 4);
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  archive.add(made_articles(100, 3));
  Server server(archive.path());
  EXPECT_EQ(server.found("q=harvest").size(), 3U);
  archive.expect_clean(3);
}

}  // namespace
}  // namespace broadsheet::tests
