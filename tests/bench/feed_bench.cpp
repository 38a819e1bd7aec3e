// How fast feeds become raw articles: bytes of input a second on one core. Feeds are made here, as
// newsrooms write them: a description, and the whole text as HTML, escaped, in CDATA or as JSON.
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "indexer/readers/formats.h"
#include "tests/bench/rows.h"
#include "tests/support/byte_sources.h"

namespace broadsheet::indexer {
namespace {

constexpr int kItems = 200;
constexpr const char* kSummary =
    "What the harbour’s new cranes mean for those who work there, and for the town behind it.";

std::string link_of(int number) {
  return "https://news.example/2026/03/" + std::to_string(number) + "/a-headline-of-common-length";
}

std::string text_of(int number, const std::string& open, const std::string& close) {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    text +=
        open + "Paragraph " + std::to_string(number * i) +
        " of a story that a newsroom publishes, with some “quoted words” and a few names in "
        "it, as long as paragraphs of news are; and one more half of a sentence to fill it up." +
        close;
  }
  return text;
}

std::string make_rss() {
  std::string feed =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>Harbour News</title>"
      "<link>https://news.example/</link><language>en</language>";
  for (int i = 0; i < kItems; ++i) {
    feed += "<item><title>A headline of common length, number " + std::to_string(i) +
            "</title><link>" + link_of(i) + "</link><guid isPermaLink=\"false\">item-" +
            std::to_string(i) +
            "</guid><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate><dc:creator>Ola Kern"
            "</dc:creator><category>Harbour</category><category>Work</category><description>" +
            kSummary +
            "</description><media:content url=\"https://media.example/1.jpg\" "
            "medium=\"image\"/><content:encoded><![CDATA[" +
            text_of(i, "<p>", "</p>\n") + "]]></content:encoded></item>\n";
  }
  return feed + "</channel></rss>";
}

std::string make_atom() {
  std::string feed =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Harbour News</title>"
      "<id>https://news.example/</id><updated>2026-03-02T10:00:00Z</updated>";
  for (int i = 0; i < kItems; ++i) {
    feed += "<entry><title>A headline of common length</title><id>tag:news.example,2026:" +
            std::to_string(i) + "</id><link href=\"" + link_of(i) +
            "\"/><updated>2026-03-02T10:00:00Z</updated><author><name>Ola Kern</name></author>"
            "<category term=\"Harbour\"/><summary>" +
            kSummary + "</summary><content type=\"html\">" +
            text_of(i, "&lt;p&gt;", "&lt;/p&gt;\n") + "</content></entry>\n";
  }
  return feed + "</feed>";
}

std::string make_json() {
  nlohmann::json items = nlohmann::json::array();
  for (int i = 0; i < kItems; ++i) {
    items.push_back({{"id", std::to_string(i)},
                     {"url", link_of(i)},
                     {"title", "A headline of common length"},
                     {"summary", kSummary},
                     {"content_html", text_of(i, "<p>", "</p>\n")},
                     {"date_published", "2026-03-02T10:00:00Z"},
                     {"authors", {{{"name", "Ola Kern"}}}},
                     {"tags", {"Harbour", "Work"}}});
  }
  // In this order, as feeds are told by their beginning.
  return nlohmann::ordered_json({{"version", "https://jsonfeed.org/version/1.1"},
                                 {"title", "Harbour News"},
                                 {"items", items}})
      .dump();
}

void read(benchmark::State& state, const std::string& input) {
  std::size_t articles = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto reader = open_reader("auto", {}, std::make_unique<tests::MemorySource>(input));
    RawRecord record;
    for (articles = 0; reader && (*reader)->next(record).value_or(false); ++articles)
      benchmark::DoNotOptimize((*reader)->parse(record).title);
  }
  if (articles != kItems) state.SkipWithError("the feed was not read");
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * input.size()));
}

void feed_rss(benchmark::State& state) {
  read(state, make_rss());
}

void feed_atom(benchmark::State& state) {
  read(state, make_atom());
}

void feed_json(benchmark::State& state) {
  read(state, make_json());
}

BENCHMARK(feed_rss)->Unit(benchmark::kMillisecond);
BENCHMARK(feed_atom)->Unit(benchmark::kMillisecond);
BENCHMARK(feed_json)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace broadsheet::indexer

int main(int argc, char** argv) {
  return broadsheet::bench::run_benchmarks(argc, argv, broadsheet::bench::kMegabytes);
}
