// Every shared sample of sitemaps and web archives: what comes out of it, in short. A new sample
// needs its row.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

struct Sample {
  const char* file;
  std::size_t articles = 0;
  std::size_t refused = 0;
  const char* first = "";  // the beginning of the first title, or of the first refusal
};

constexpr const char* kUnknown = "it is in no format known here";
constexpr const char* kNoTitle = "an address without a news title, no article: http";
constexpr const char* kNamed = "an index names this sitemap, which must be fetched and added: http";

constexpr std::array kSamples = {
    Sample{"sitemap/crawlercommons-do-not-visit.txt", 0, 1, kUnknown},
    Sample{"sitemap/crawlercommons-hebdenbridgetimes-articles-sitemap.xml", 0, 74, kNoTitle},
    Sample{
        "sitemap/crawlercommons-shinpaideshou-news-sitemap.xml", 3, 0, "Job Opening: Reischauer"},
    Sample{"sitemap/crawlercommons-sitemap-links.xml", 0, 3, kNoTitle},
    Sample{"sitemap/crawlercommons-sitemap-videos-tvshow.xml", 0, 1, kNoTitle},
    Sample{"sitemap/crawlercommons-sitemap-videos.xml", 0, 3, kNoTitle},
    Sample{"sitemap/crawlercommons-sitemap-with-bom.txt", 0, 1, kUnknown},
    Sample{"sitemap/crawlercommons-sitemap.index.xml", 0, 15, kNamed},
    Sample{"sitemap/crawlercommons-sitemap.txt.gz", 0, 1, kUnknown},
    Sample{"sitemap/crawlercommons-xmlSitemap.gz", 0, 5, kNoTitle},
    Sample{"sitemap/trafilatura-feed1.atom", 2, 0, "Atom-Powered"},
    Sample{"sitemap/trafilatura-feed2.rss", 1, 0, "Example entry"},
    Sample{"sitemap/trafilatura-sitemap.xml.gz", 0, 84, kNoTitle},
    Sample{"sitemap/trafilatura-sitemap2.xml", 0, 2, kNamed},
    Sample{"sitemap/usp-atom0.3.xml", 2, 0, "Page 1"},
    Sample{"sitemap/usp-atom1.0.xml", 2, 0, "Page 1"},
    Sample{"sitemap/usp-google-image.xml", 0, 2, kNoTitle},
    Sample{"sitemap/usp-google-news.xml", 2, 0, "News Article One"},
    Sample{"sitemap/usp-hreflang.xml", 0, 2, kNoTitle},
    Sample{"sitemap/usp-plaintext.txt", 0, 1, kUnknown},
    Sample{"sitemap/usp-robots.txt", 0, 1, kUnknown},
    Sample{"sitemap/usp-rss2.0.xml", 2, 0, "Page 1"},
    Sample{"sitemap/usp-simple-index.xml", 0, 2, kNamed},
    Sample{"sitemap/usp-simple-urlset.xml", 0, 2, kNoTitle},
    Sample{"warc/bad.arc", 0, 1, kUnknown},
    Sample{"warc/example-bad-non-chunked.warc.gz", 1, 0, "Example Domain"},
    Sample{"warc/example-digest.warc"},
    Sample{"warc/example-resource.warc.gz", 1, 0, "Example Domain"},
    Sample{"warc/example-space-in-url.arc", 0, 1, kUnknown},
    Sample{"warc/example.warc", 1, 0, "Example Domain"},
    Sample{"warc/post-test.warc.gz"},
};

void check(const Sample& sample, const std::vector<RawArticle>& found) {
  std::size_t refused = 0;
  for (const RawArticle& raw : found)
    refused += raw.refusal.empty() ? 0U : 1U;
  EXPECT_EQ(found.size() - refused, sample.articles) << sample.file;
  EXPECT_EQ(refused, sample.refused) << sample.file;
  if (found.empty()) return;
  const RawArticle& first = found.front();
  const std::string said = first.refusal.empty() ? first.title.value_or("") : first.refusal;
  EXPECT_TRUE(said.starts_with(sample.first)) << sample.file << ": " << said;
}

TEST(archive_samples, give_what_their_rows_say) {
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  if (data == nullptr || !fs::is_directory(fs::path(data) / "formats"))
    GTEST_SKIP() << "no test data: set BROADSHEET_TEST_DATA to the folder with formats/";
  const fs::path formats = fs::path(data) / "formats";
  std::set<std::string> told;
  for (const Sample& sample : kSamples) {
    told.insert(sample.file);
    check(sample, tests::read_raw_articles((formats / sample.file).string()));
  }
  for (const char* folder : {"sitemap", "warc"}) {
    for (const auto& entry : fs::directory_iterator(formats / folder)) {
      const std::string file = std::string(folder) + "/" + entry.path().filename().string();
      EXPECT_EQ(told.count(file), 1U) << file << " has no row";
    }
  }
}

}  // namespace
}  // namespace broadsheet::indexer
