// Every sample in tests/data/<format>/ is read and compared with
// tests/golden/<format>/<sample>.txt: a new sample needs no code. BROADSHEET_UPDATE_GOLDEN=1 writes
// what is read; review the difference.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> samples() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(BROADSHEET_SOURCE_DIR "/tests/data")) {
    if (entry.is_regular_file()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(samples, are_read_as_their_golden_dumps_say) {
  const fs::path root(BROADSHEET_SOURCE_DIR "/tests");
  for (const fs::path& sample : samples()) {
    const fs::path golden =
        root / "golden" / (fs::relative(sample, root / "data").string() + ".txt");
    const std::string read = tests::to_text(tests::read_raw_articles(sample.string()));
    if (std::getenv("BROADSHEET_UPDATE_GOLDEN") != nullptr) {
      fs::create_directories(golden.parent_path());
      std::ofstream(golden) << read;
    }
    std::stringstream expected;
    expected << std::ifstream(golden).rdbuf();
    EXPECT_EQ(read, expected.str()) << sample;
  }
}

}  // namespace
}  // namespace broadsheet::indexer
