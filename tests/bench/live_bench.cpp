// The live road: articles keep coming in small commits while the index stays small and searches
// stay quick. Works on a copy of BROADSHEET_BENCH_DATA, which it leaves as it was.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

#include "indexer/reindex.h"
#include "indexer/write/catalog_writer.h"
#include "indexer/write/compact.h"
#include "indexer/write/content_hash.h"
#include "indexer/write/shared_bodies.h"
#include "schema/catalog.h"
#include "schema/index.h"
#include "server/search/searcher.h"

namespace {

using namespace broadsheet;           // NOLINT(google-build-using-namespace): a program of its own
using namespace broadsheet::indexer;  // NOLINT(google-build-using-namespace)
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kArticles = 9'700;  // some freezes and joins, and a front that is well filled
constexpr int kBatch = 250;       // articles: what half a second brings at 500 a second
constexpr std::int64_t kNow = 1'577'836'800;  // 2020-01-01, when the archive has ended
constexpr std::int64_t kSpacing = 10;         // seconds between two articles
constexpr int kPasses = 5;

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "live_bench: %s\n", error.message.c_str());
  std::exit(1);
}

template <typename Value>
Value value_of(Result<Value> result) {
  if (!result) give_up(result.error());
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) give_up(result.error());
}

double milliseconds_since(Clock::time_point started) {
  return std::chrono::duration<double, std::milli>(Clock::now() - started).count();
}

double at(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::uintmax_t index_bytes(const fs::path& data) {
  std::uintmax_t bytes = 0;
  for (const fs::path& part : value_of(read_stub(data)).parts) {
    for (const auto& file : fs::directory_iterator(part))
      bytes += file.file_size();
  }
  return bytes;
}

// The first, second or third part of a text, cut at blanks.
std::string third_of(const std::string& text, std::size_t part) {
  const auto cut = [&text](std::size_t at) {
    return at == 0 ? 0 : std::min(text.find(' ', at * text.size() / 3), text.size());
  };
  const std::size_t begin = cut(part);
  return text.substr(begin, cut(part + 1) - begin);
}

// Thirds of three bodies: a near-duplicate of none, for with one those were written again, too.
std::string mixed_body(const std::vector<std::string>& bodies, std::size_t number) {
  constexpr std::array<std::size_t, 3> kSteps = {0, 37, 911};
  std::string body;
  for (std::size_t part = 0; part < kSteps.size(); ++part)
    body += third_of(bodies[(number + kSteps[part]) % bodies.size()], part);
  return body;
}

// Articles of the archive under new ids, one every ten seconds after its end: what a few agencies
// send together.
std::vector<IncomingArticle> new_articles(const fs::path& data) {
  auto catalog = value_of(open_catalog_for_reading(data));
  auto* rows = value_of(catalog.statement("SELECT " + std::string(kArticleColumns) + " FROM " +
                                          std::string(kArticleTables) + " LIMIT " +
                                          std::to_string(kArticles)));
  std::vector<IncomingArticle> articles;
  must(rows->for_each_row([&]() -> Result<void> {
    IncomingArticle incoming;
    incoming.article = read_stored_article(*rows).article;
    incoming.article.id = "live-" + std::to_string(articles.size());
    incoming.article.url.clear();
    incoming.article.published =
        Timestamp{kNow + kSpacing * static_cast<std::int64_t>(articles.size())};
    articles.push_back(std::move(incoming));
    return {};
  }));
  std::vector<std::string> bodies;
  for (const IncomingArticle& incoming : articles)
    bodies.push_back(incoming.article.body);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    articles[i].article.body = mixed_body(bodies, i);
    articles[i].body_hash = body_hash(articles[i].article.body);
    articles[i].content_hash = content_hash(articles[i].article);
  }
  return articles;
}

void take_in(const fs::path& data) {
  const std::vector<IncomingArticle> articles = new_articles(data);
  auto catalog = value_of(CatalogWriter::open(data));
  auto index = value_of(Reindexer::open(data, 2));
  std::vector<double> catalog_batches;
  std::vector<double> commits;
  std::uintmax_t most_bytes = 0;
  const auto started = Clock::now();
  auto began = started;
  const auto committed = [&](std::uint64_t, std::uint64_t) {
    commits.push_back(milliseconds_since(began));
    began = Clock::now();
    return GoOn::yes;
  };
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (i % kBatch == 0) began = Clock::now();
    (void)value_of(catalog.upsert(articles[i], kNow));
    if ((i + 1) % kBatch != 0 && i + 1 != articles.size()) continue;
    must(catalog.commit());
    catalog_batches.push_back(milliseconds_since(began));
    began = Clock::now();
    (void)value_of(index.apply_pending(kNow, committed));
    most_bytes = std::max(most_bytes, index_bytes(data));
  }
  const double seconds = milliseconds_since(started) / 1000;
  must(index.finish());
  std::printf("live, rate\t%.0f\tarticles/s\n", kArticles / seconds);
  std::printf(
      "live, %d articles into the catalog, p99\t%.1f\tms\n", kBatch, at(catalog_batches, 0.99));
  std::printf("live, commits of the index, p50\t%.1f\tms\n", at(commits, 0.5));
  std::printf("live, commits of the index, p99\t%.1f\tms\n", at(commits, 0.99));
  std::printf("live, largest index\t%.0f\tMB\n", static_cast<double>(most_bytes) / 1e6);
}

double thread_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// The mean processor time of a search, the best pass.
double mean_search(server::Searcher& searcher,
                   const std::vector<std::string>& queries,
                   server::Sort sort) {
  double best = 1e9;
  for (int pass = 0; pass < kPasses; ++pass) {
    const double started = thread_milliseconds();
    for (const std::string& query : queries) {
      server::SearchRequest request;
      request.query = query;
      request.now = request.clock = kNow + kSpacing * kArticles;
      request.sort = sort;
      (void)value_of(searcher.search(request));
    }
    best = std::min(best, (thread_milliseconds() - started) / static_cast<double>(queries.size()));
  }
  return best;
}

struct Costs {
  double ranked = 0;
  double newest = 0;
};

Costs search_costs(const fs::path& data) {
  std::vector<std::string> queries;
  std::ifstream lines(std::getenv("BROADSHEET_BENCH_QUERIES"));
  for (std::string line; queries.size() < 500 && std::getline(lines, line);)
    queries.push_back(line);
  server::SessionPool pool(data, 1);
  server::Searcher searcher(pool);
  return {mean_search(searcher, queries, server::Sort::relevance),
          mean_search(searcher, queries, server::Sort::newest)};
}

void compact(const fs::path& data) {
  CompactOptions options;
  options.take_lock = [&data] { return WriterLock::take(data, "live_bench", {}); };
  (void)value_of(compact_index(data, options));
}

}  // namespace

int main() {
  const char* source = std::getenv("BROADSHEET_BENCH_DATA");
  if (source == nullptr) return 1;
  const fs::path data =
      fs::path(source).parent_path() / ("live_bench-" + std::to_string(::getpid()));
  fs::copy(source, data, fs::copy_options::recursive);
  take_in(data);
  const std::size_t parts = value_of(read_stub(data)).parts.size();
  const Costs apart = search_costs(data);
  compact(data);
  const Costs joined = search_costs(data);
  std::printf("live, index compacted\t%.0f\tMB\n", static_cast<double>(index_bytes(data)) / 1e6);
  std::printf("live, parts at the end\t%zu\t\n", parts);
  std::printf("live, ranked search, against one part\t%.2f\ttimes\n", apart.ranked / joined.ranked);
  std::printf("live, newest first, against one part\t%.2f\ttimes\n", apart.newest / joined.newest);
  fs::remove_all(data);
  return 0;
}
