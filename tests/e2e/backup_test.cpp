// Backups made beside writers, put back, and refused when they are not what they were.
#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST(Backup, MadeDuringAddsIsRestoredAsItWas) {
  TempDir folder;
  const std::string backup = folder.path() / "backup";
  Archive archive;
  archive.add(made_articles(0, 600));
  Process running(archive.indexer_line({"backup", backup}));
  int added = 0;
  do {
    archive.add(made_articles(1000 + added++, 1));
  } while (!running.ends_within(std::chrono::milliseconds(0)));
  ASSERT_EQ(running.wait().status, 0);
  EXPECT_FALSE(fs::exists(backup + ".unfinished"));
  EXPECT_EQ(archive.index({"backup", backup}).status, 2) << "not empty";

  Archive copy;
  const Ended restored = copy.index({"restore", backup});
  ASSERT_EQ(restored.status, 0) << restored.err;
  const auto was = archive.exported();
  const auto is = copy.exported();
  ASSERT_GE(is.size(), 600U);
  ASSERT_LE(is.size(), was.size());
  EXPECT_TRUE(std::equal(is.begin(), is.end(), was.begin()));
  copy.expect_clean(static_cast<int>(is.size()));
}

TEST(Backup, RestoreMovesAwayWhatWasThere) {
  TempDir folder;
  const std::string backup = folder.path() / "backup";
  Archive archive;
  archive.add(made_articles(0, 10));
  ASSERT_EQ(archive.index({"backup", backup}).status, 0);
  archive.add(made_articles(10, 5));
  {
    Server server(archive.path());
    ASSERT_EQ(server.search("q=harvest")["total"]["value"], 15);
    const Ended refused = archive.index({"restore", backup});
    EXPECT_EQ(refused.status, 3) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("stop broadsheet-server"));
  }
  archive.expect_clean(15);
  const Ended restored = archive.index({"restore", backup});
  ASSERT_EQ(restored.status, 0) << restored.err;
  EXPECT_THAT(restored.err, HasSubstr("before-restore-"));
  archive.expect_clean(10);
  EXPECT_EQ(archive.index({"restore", backup + "x"}).status, 2);
}

TEST(Backup, DamagedIsRefusedAndNothingChanged) {
  TempDir folder;
  const fs::path backup = folder.path() / "backup";
  Archive archive;
  archive.add(made_articles(0, 10));
  ASSERT_EQ(archive.index({"backup", backup.string()}).status, 0);
  archive.add(made_articles(10, 5));
  {
    std::fstream file(backup / "catalog.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(5000);
    file.put('\x7f');
  }
  const Ended refused = archive.index({"restore", backup.string()});
  EXPECT_EQ(refused.status, 4) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("catalog.db is not what the manifest says"));
  archive.expect_clean(15);
}

TEST(Backup, AManifestThatProvesNothingIsRefused) {
  TempDir folder;
  const fs::path backup = folder.path() / "backup";
  Archive archive;
  archive.add(made_articles(0, 10));
  ASSERT_EQ(archive.index({"backup", backup.string()}).status, 0);
  for (const char* manifest : {R"({"format":1,"files":[{"name":"catalog.db"}]})",
                               R"({"format":1,"files":[{"name":"catalog.db","sha256":5}]})",
                               R"({"format":1,"files":[{"name":"gone.db"},{"name":"catalog.db"}]})",
                               R"({"format":[],"files":[]})",
                               R"({"format":1,"files":[7]})",
                               R"({"format":1,"files":[]})",
                               "[]",
                               ""}) {
    std::ofstream(backup / "manifest.json") << manifest;
    const Ended refused = archive.index({"restore", backup.string()});
    EXPECT_EQ(refused.status, 4) << manifest << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("nothing was changed"));
  }
  archive.expect_clean(10);
}

TEST(Backup, CheckNamesADamagedCatalogAndWhatToDo) {
  Archive archive;
  archive.add(made_articles(0, 200));
  const fs::path catalog = archive.path() / "catalog.db";
  {
    std::fstream file(catalog, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(catalog) / 4096 / 2 * 4096));
    file << std::string(4096, '\x7f');
  }
  const Ended ended = archive.index({"check"});
  EXPECT_EQ(ended.status, 4) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("catalog.db is damaged"));
  EXPECT_THAT(ended.err, HasSubstr("restore DIR"));
}

}  // namespace
}  // namespace broadsheet::tests
