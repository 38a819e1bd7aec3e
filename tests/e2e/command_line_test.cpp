// Flags, input and endings of both programs as scripts and operators meet them.
#include <csignal>
#include <fstream>

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>
#include <zlib.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

std::string packed(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

fs::path write_input(const Archive& archive, const std::string& name, const std::string& bytes) {
  fs::path file = archive.path().parent_path() / name;
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

TEST(CommandLine, WrongUseIsTwoAndHelpIsZero) {
  Archive archive;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--nonsense", "add", "-"},
                                                {"add"},
                                                {"ad", "-"},
                                                {"add", "-", "--jobs", "0"},
                                                {"add", "-", "--format", "carrier-pigeon"},
                                                {"add", "-", "--map", "tilte=headline"},
                                                {"add", "-", "--format", "rss", "--map", "title=a"},
                                                {"add", "/no/such/file"},
                                                {"add", "/no/such/*.jsonl"},
                                                {"withdraw", "a1"},
                                                {"withdraw", "a1", "--reason", " "},
                                                {"rebuild", "extra"},
                                                {"--lock-timeout", "-1", "index"},
                                                {"--lock-timeout", "nan", "index"},
                                                {"--data", "", "index"},
                                                {"--data", "/dev/null", "status"}}) {
    const Ended ended = archive.index(words);
    EXPECT_EQ(ended.status, 2) << fmt::format("{}", fmt::join(words, " ")) << "\n" << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("error: "));
    EXPECT_EQ(ended.out, "");
  }
  EXPECT_THAT(archive.index({"ad", "-"}).err, HasSubstr("did you mean add?"));
  EXPECT_THAT(archive.index({"foo"}).err, HasSubstr("no command foo"));
  const std::string program = archive.indexer_line({}).front();
  EXPECT_THAT(Process({program, "--data", "ad"}).wait().err, HasSubstr("name a command"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--help"}, {"add", "--help"}, {"--version"}}) {
    const Ended ended = archive.index(words);
    EXPECT_EQ(ended.status, 0);
    EXPECT_NE(ended.out, "");
  }
  EXPECT_FALSE(fs::exists(archive.path())) << "wrong use makes nothing";
}

TEST(CommandLine, SummaryIsOneLineOfTheContract) {
  Archive archive;
  const Ended ended = archive.index({"add", "-", "--json"}, made_articles(0, 3));
  EXPECT_THAT(ended.err,
              ContainsRegex("read 3, added 3, updated 0, unchanged 0, refused 0 in [0-9.]+ s "
                            "\\([0-9.,]+ articles/s\\)\n"));
  const Json json = Json::parse(ended.out);
  for (const char* member :
       {"read", "added", "updated", "unchanged", "refused", "repaired", "seconds", "rate"}) {
    EXPECT_TRUE(json.contains(member)) << member;
  }
  EXPECT_EQ(std::count(ended.out.begin(), ended.out.end(), '\n'), 1);
}

TEST(CommandLine, RefusedRecordsAreCountedAndKept) {
  Archive archive;
  const std::string lines = made_articles(0, 2) + "not json\n{\"id\":\"x\"}\n[1]\n\n" +
                            "{\"id\":\"y\",\"title\":5}\n" + made_articles(2, 1);
  const Ended ended = archive.index({"add", "-", "--json"}, lines);
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_EQ(Json::parse(ended.out)["refused"], 4) << ended.out;
  EXPECT_EQ(Json::parse(ended.out)["added"], 3);
  int kept = 0;
  for (const auto& entry : fs::directory_iterator(archive.path() / "quarantine")) {
    EXPECT_THAT(ended.err, HasSubstr(entry.path().filename().string()));
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line); ++kept) {
      EXPECT_FALSE(Json::parse(line)["reason"].get<std::string>().empty()) << line;
    }
  }
  EXPECT_EQ(kept, 4);
  archive.expect_clean(3);
}

TEST(CommandLine, TakesFilesFoldersPatternsAndPackedFiles) {
  Archive archive;
  write_input(archive, "one.jsonl", made_articles(0, 2));
  const fs::path packed_file = write_input(archive, "two.jsonl.gz", packed(made_articles(2, 2)));
  fs::create_directories(archive.path().parent_path() / "deep" / "er");
  write_input(archive, "deep/er/three.jsonl", made_articles(4, 2));
  const fs::path folder = archive.path().parent_path();
  const Ended ended = archive.index(
      {"add", (folder / "*.jsonl").string(), packed_file.string(), (folder / "deep").string()});
  EXPECT_EQ(ended.status, 0) << ended.err;
  archive.expect_clean(6);
}

TEST(CommandLine, DamagedPackedFileLosesNothingBeforeTheDamage) {
  Archive archive;
  const std::string whole = packed(made_articles(0, 3000));
  const fs::path file = write_input(archive, "cut.jsonl.gz", whole.substr(0, whole.size() / 2));
  const Ended ended = archive.index({"add", file.string()});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("cut.jsonl.gz"));
  const int articles = archive.status()["articles"];
  EXPECT_GT(articles, 100);
  archive.expect_clean(articles);

  write_input(archive, "cut.jsonl.gz", "\x1f\x8b" + std::string(500, 'x'));
  EXPECT_EQ(archive.index({"add", file.string()}).status, 1);
  archive.expect_clean(articles);
}

TEST(CommandLine, DryRunWritesNothing) {
  Archive archive;
  const Ended ended =
      archive.index({"add", "-", "--dry-run", "--json"}, made_articles(0, 3) + "x\n");
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_EQ(Json::parse(ended.out)["read"], 4);
  EXPECT_EQ(Json::parse(ended.out)["added"], 3);
  EXPECT_THAT(ended.err, HasSubstr("dry run"));
  EXPECT_FALSE(fs::exists(archive.path()));
}

TEST(CommandLine, ClosedStandardInputIsEmpty) {
  Archive archive;
  std::string line;
  for (const std::string& word : archive.indexer_line({"add", "-"}))
    line += "'" + word + "' ";
  const Ended ended = Process({"/bin/sh", "-c", line + "<&-"}).wait(std::chrono::seconds(30));
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("read 0"));
}

TEST(CommandLine, TakedownIsToldThoughTheIndexCannotFollow) {
  Archive archive;
  archive.add(made_articles(0, 2));
  write_input(archive, archive.path().filename().string() + "/index/live", "no stub\n");
  const Ended ended =
      archive.index({"withdraw", "a1", "no-such", "--reason", "wrong\tfigures\xff"});
  EXPECT_EQ(ended.status, 4) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("withdrew 1 articles"));
  EXPECT_THAT(ended.err, HasSubstr("no article has the id no-such"));
  EXPECT_THAT(ended.err, HasSubstr("hint: "));
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  archive.expect_clean(1);
  Server server(archive.path());
  EXPECT_EQ(server.client().get("/v1/articles/a1").json()["detail"], "wrong figures\xEF\xBF\xBD");
}

TEST(CommandLine, StatusOfAnotherArchivesIndexIsFour) {
  Archive archive;
  archive.add(made_articles(0, 2));
  Archive other;
  other.add(made_articles(0, 2));
  fs::remove_all(archive.path() / "index");
  fs::copy(other.path() / "index", archive.path() / "index", fs::copy_options::recursive);
  for (const char* command : {"status", "check"}) {
    const Ended ended = archive.index({command});
    EXPECT_EQ(ended.status, 4) << command << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("rebuild"));
  }
}

TEST(CommandLine, InterruptedAddKeepsWhatItHasRead) {
  for (const auto& [number, status] : {std::pair{SIGTERM, 143}, std::pair{SIGINT, 130}}) {
    Archive archive;
    archive.add(made_articles(0, 1));
    Process add(archive.indexer_line({"add", "-", "--progress", "json"}), Process::Input::pipe);
    add.write(made_articles(1, 20));
    ASSERT_TRUE(add.error_line("\"committed\":20"));
    add.signal(number);
    ASSERT_TRUE(add.ends_within(std::chrono::seconds(60))) << "the input is still open";
    const Ended ended = add.wait();
    EXPECT_EQ(ended.status, status) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("read 20, added 20"));
    expect_no_findings(ended.err);
    archive.expect_clean(21);
  }
}

std::vector<std::string> server_line(const Archive& archive, const std::string& listen) {
  const fs::path programs = fs::read_symlink("/proc/self/exe").parent_path();
  return {programs / "broadsheet-server", "--data", archive.path().string(), "--listen", listen};
}

TEST(CommandLine, SecondServerOnAPortSaysSo) {
  Archive archive;
  archive.add(made_articles(0, 1));
  Server first(archive.path());
  const std::string address = fmt::format("127.0.0.1:{}", first.port());
  Process second(server_line(archive, address));
  const Ended ended = second.wait();
  EXPECT_EQ(ended.status, 2) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr(address));
  EXPECT_EQ(first.client().get("/livez").status, 200);
}

TEST(CommandLine, ServerRefusesWrongFlags) {
  Archive archive;
  for (const char* listen : {"nowhere", "127.0.0.1:99999", "127.0.0.1:", "256.1.1.1:0"}) {
    Process server(server_line(archive, listen));
    const Ended ended = server.wait();
    EXPECT_EQ(ended.status, 2) << listen << ended.err;
    EXPECT_NE(ended.err, "");
  }
  auto line = server_line(archive, "127.0.0.1:0");
  line.emplace_back("--nonsense");
  EXPECT_EQ(Process(line).wait().status, 2);
  EXPECT_EQ(Process({line[0], "--help"}).wait().status, 0);
}

TEST(CommandLine, ServerNamesTheFileThatIsWrong) {
  Archive archive;
  const fs::path file = write_input(archive, "server.ini", "lisen=127.0.0.1:0\n");
  const std::string program = server_line(archive, "")[0];
  const Ended no_folder = Process({program, "--data", file, "--listen", "127.0.0.1:0"}).wait();
  EXPECT_EQ(no_folder.status, 2) << no_folder.err;
  EXPECT_THAT(no_folder.err, HasSubstr("is no folder"));
  const Ended unknown_flag = Process({program, "--config", file}).wait();
  EXPECT_EQ(unknown_flag.status, 2) << unknown_flag.err;
  EXPECT_THAT(unknown_flag.err, HasSubstr("server.ini"));
  EXPECT_THAT(unknown_flag.err, HasSubstr("lisen"));
}

TEST(CommandLine, StoppingServerFinishesWhatIsInFlight) {
  Archive archive;
  archive.add(made_articles(0, 50));
  Server server(archive.path());
  const std::string body = Json{{"q", "harvest"}}.dump();
  HttpClient slow(server.port());
  // The request is in flight: its head is in, its body is not yet.
  slow.send(
      fmt::format("POST /v1/search HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                  "Content-Length: {}\r\n\r\n",
                  body.size()));
  slow.send(body.substr(0, 5));
  EXPECT_EQ(server.client().get("/livez").status, 200);
  server.process().signal(SIGTERM);
  slow.send(body.substr(5));
  const Answer answer = slow.receive();
  EXPECT_EQ(answer.status, 200) << answer.body;
  server.stop();
}

}  // namespace
}  // namespace broadsheet::tests
