// The samples of other feed readers, read from $BROADSHEET_TEST_DATA/formats: what they expect
// holds here too, but for what is named below with its reason.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "indexer/readers/charset.h"
#include "indexer/readers/feed.h"
#include "tests/support/feed_answers.h"
#include "tests/support/feed_claims.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;
using tests::FeedClaim;

struct Difference {
  const char* file;  // part of its name
  const char* why;
};

constexpr std::array kOnPurpose = {
    Difference{"relative_uri_inherit_2", "links inside a text go when it becomes plain text"},
    Difference{"entry_content_base_docuri", "links inside a text go when it becomes plain text"},
    Difference{"double-encoded-html", "characters that were encoded twice are left as they came"},
    Difference{"http_text_rss_xml_default", "RFC 7303: UTF-8, no longer US-ASCII, without charset"},
    Difference{"http_text_xml_default", "RFC 7303: UTF-8, no longer US-ASCII, without charset"},
    Difference{"chardet-tis620", "ICU does not tell Thai encodings by their looks"},
    Difference{"managingEditor_naked_markup", "names are text, without markup"},
    Difference{"description_not_a_doctype.xml", "markup stays as written, it is not cleaned here"},
    Difference{"channel_item_enclosure.xml", "the sample says image/jpeg, its result audio/jpeg"},
};

fs::path formats_dir() {
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  return data == nullptr ? fs::path() : fs::path(data) / "formats";
}

std::string bytes_of(const fs::path& file) {
  std::stringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

std::vector<fs::path> feed_files() {
  std::vector<fs::path> files;
  for (const char* folder : {"rss", "atom", "feed-encoding", "feed-illformed", "feed-real"}) {
    for (const auto& file : fs::directory_iterator(formats_dir() / folder)) {
      const std::string suffix = file.path().extension();
      if (suffix == ".xml" || suffix == ".rss") files.push_back(file.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<FeedClaim> claims_of(const fs::path& file, const std::string& text) {
  fs::path json = file;
  json.replace_extension(".json");
  if (fs::exists(json)) return tests::claims_of_json(bytes_of(json));
  return tests::claims_of_expression(tests::said_in_comment(text, "Expect"));
}

// As the sample's server sent it.
ReaderOptions options_of(const std::string& text) {
  ReaderOptions options;
  const std::string header = tests::said_in_comment(text, "Header");
  if (header.starts_with("Content-type:")) options.content_type = header.substr(13);
  options.base_url = "http://127.0.0.1:8097/tests/sample.xml";
  return options;
}

// Names of encodings are those of the WHATWG, and in any case of letters.
bool is_met(const FeedClaim& claim, const std::vector<std::string>& values) {
  std::string value = claim.value;
  if (claim.path == "encoding") {
    std::transform(value.begin(), value.end(), value.begin(), ::tolower);
    if (value == "us-ascii") value = "windows-1252";
  }
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::string reason_of(const fs::path& file) {
  for (const Difference& difference : kOnPurpose) {
    if (file.filename().string().find(difference.file) != std::string::npos) return difference.why;
  }
  return {};
}

struct Tally {
  int met = 0;
  std::vector<std::string> on_purpose;
  std::vector<std::string> others;
  std::map<std::string, int> not_applicable;

  int applicable() const { return met + static_cast<int>(on_purpose.size() + others.size()); }
};

std::string difference(const fs::path& file,
                       const FeedClaim& claim,
                       const std::vector<std::string>& values) {
  const std::string ours = values.empty() ? "nothing" : values.front();
  return file.filename().string() + ": " + claim.path + " is " + ours + ", not " + claim.value;
}

void check(const fs::path& file, Tally& tally) {
  const std::string bytes = bytes_of(file);
  const std::string text = decode_text(bytes, "").text;
  const auto feed = read_feed(bytes, options_of(text));
  for (const FeedClaim& claim : claims_of(file, text)) {
    const auto answer = tests::answer_of(feed ? *feed : Feed(), claim.path);
    if (!answer.not_applicable.empty()) {
      ++tally.not_applicable[answer.not_applicable];
    } else if (is_met(claim, answer.values)) {
      ++tally.met;
    } else if (const std::string why = reason_of(file); !why.empty()) {
      tally.on_purpose.push_back(difference(file, claim, answer.values) + ": " + why);
    } else {
      tally.others.push_back(difference(file, claim, answer.values));
    }
  }
}

TEST(feed_samples, meet_what_other_readers_expect) {
  if (!fs::is_directory(formats_dir())) GTEST_SKIP() << "set BROADSHEET_TEST_DATA to test data";
  Tally tally;
  for (const fs::path& file : feed_files())
    check(file, tally);
  std::cout << tally.met << " of " << tally.applicable() << " expectations are met\n";
  for (const auto& [why, count] : tally.not_applicable)
    std::cout << "not applicable: " << count << " of " << why << "\n";
  for (const std::string& line : tally.on_purpose)
    std::cout << "differs on purpose: " << line << "\n";
  for (const std::string& line : tally.others)
    ADD_FAILURE() << line;
  EXPECT_GE(tally.met, 0.95 * tally.applicable());
}

TEST(feed_samples, give_articles) {
  if (!fs::is_directory(formats_dir())) GTEST_SKIP() << "set BROADSHEET_TEST_DATA to test data";

  struct Case {
    const char* file;
    std::size_t articles;
    const char* first_title;
  };

  const std::array cases = {
      Case{"feed-real/miniflux-large_rss.xml", 25, "Using vale with vim"},
      Case{"feed-real/miniflux-small_atom.xml", 20, "Parse podcast categories"},
      Case{"feed-real/miniflux-rdf_UTF8.xml", 60, "OLED-TVs: Vorsichtsmaßnahmen gegen Einbrennen"},
      Case{"feed-real/miniflux-encoding_WINDOWS-1251.xml", 50, "Цитата #17703"},
      Case{"feed-encoding/miniflux-encoding-utf8.xml", 1, "Café"},
      Case{"feed-encoding/miniflux-encoding-invalid-prolog.xml", 1, "Café"},
      Case{"feed-encoding/miniflux-xml-koi8r.xml", 2, "Первая новость"},
      Case{"rss/crawlercommons-xmlRss_pubDate.xml", 7, "News number 1"},
      Case{"rss/crawlercommons-feed.rss", 4, "Example entry"},
  };
  for (const Case& one : cases) {
    const auto feed = read_feed(bytes_of(formats_dir() / one.file), {});
    ASSERT_TRUE(feed) << one.file;
    EXPECT_EQ(feed->items.size(), one.articles) << one.file;
    EXPECT_EQ(articles_of(*feed).front().title, one.first_title) << one.file;
  }
}

}  // namespace
}  // namespace broadsheet::indexer
