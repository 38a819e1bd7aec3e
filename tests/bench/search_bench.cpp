// Searching in process, one thread: match, rows, snippets, as the API asks for them, and the parts
// of it. Times are of the thread's own processor clock, so that a busy machine shows less in them.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/search/searcher.h"

namespace {

using namespace broadsheet;          // NOLINT(google-build-using-namespace): a program of its own
using namespace broadsheet::server;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kQueries = 300;
constexpr int kPasses = 3;
constexpr std::int64_t kNow = 1'577'836'800;  // 2020-01-01: nothing ranks by the real clock

// As much as an editor pastes.
constexpr std::size_t kDraftBytes = 5000;

struct Headline {
  std::string id;
  std::string title;
  std::string draft;  // the beginning of the body, kDraftBytes at most
};

// Some hundred headlines of five words or more, the same in every run.
std::vector<Headline> read_headlines(const char* path) {
  std::vector<Headline> all;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json article = nlohmann::json::parse(line);
    std::string title = article["title"].is_string() ? article["title"].get<std::string>() : "";
    if (std::count(title.begin(), title.end(), ' ') < 4) continue;
    const std::string body = article["body"].is_string() ? article["body"].get<std::string>() : "";
    all.push_back({article["id"], std::move(title), body.substr(0, kDraftBytes)});
  }
  std::shuffle(all.begin(), all.end(), std::mt19937(20250418));
  all.resize(std::min(all.size(), kQueries));
  return all;
}

std::vector<std::string> long_words(const std::string& title) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : title + ' ') {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += c;
    } else {
      if (word.size() >= 4) words.push_back(word);
      word.clear();
    }
  }
  return words;
}

double thread_microseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

// Only what holds this text in its name is measured; set by the first argument.
std::string only;

// The median pass of each query, then percentiles over the queries.
void measure(const std::string& name,
             std::size_t count,
             const std::function<void(std::size_t)>& action) {
  if (name.find(only) == std::string::npos) return;
  std::vector<double> medians;
  std::vector<std::vector<double>> passes(count);
  for (std::size_t i = 0; i < count; ++i)
    action(i);  // warm
  for (int pass = 0; pass < kPasses; ++pass) {
    for (std::size_t i = 0; i < count; ++i) {
      const double started = thread_microseconds();
      action(i);
      passes[i].push_back(thread_microseconds() - started);
    }
  }
  for (auto& times : passes) {
    std::sort(times.begin(), times.end());
    medians.push_back(times[times.size() / 2]);
  }
  std::sort(medians.begin(), medians.end());
  const auto at = [&](double share) {
    return medians[static_cast<std::size_t>(share * static_cast<double>(medians.size() - 1))] /
           1000;
  };
  std::printf("%s, p50\t%.3f\tms CPU\n%s, p95\t%.3f\tms CPU\n%s, p99\t%.3f\tms CPU\n",
              name.c_str(),
              at(0.5),
              name.c_str(),
              at(0.95),
              name.c_str(),
              at(0.99));
}

SearchRequest request_for(const std::string& query) {
  SearchRequest request;
  request.query = query;
  request.now = kNow;
  request.clock = kNow;
  return request;
}

void measure_matches(SessionPool& pool) {
  auto session = pool.borrow();
  for (const std::string& word : std::vector<std::string>{"trump", "said", "tariff"}) {
    QueryNode node;
    node.kind = NodeKind::word;
    node.terms = {word};
    QueryNode root;
    root.children = {node};
    const std::vector<QueryNode> filters;
    measure("newest first, match alone: " + word, 50, [&](std::size_t) {
      (void)(*session)->index.run(
          {.root = root, .match = MatchMode::all, .filters = filters, .sort = Sort::newest});
    });
    measure("relevance, match alone: " + word, 50, [&](std::size_t) {
      (void)(*session)->index.run({.root = root, .match = MatchMode::all, .filters = filters});
    });
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1) only = arguments[1];
  const char* articles = std::getenv("BROADSHEET_BENCH_ARTICLES");
  const char* data = std::getenv("BROADSHEET_BENCH_DATA");
  if (articles == nullptr || data == nullptr) {
    std::cerr << "set BROADSHEET_BENCH_ARTICLES and BROADSHEET_BENCH_DATA; scripts/bench does\n";
    return 2;
  }
  const std::vector<Headline> headlines = read_headlines(articles);
  std::vector<std::string> pairs;
  for (const Headline& headline : headlines) {
    const auto words = long_words(headline.title);
    if (words.size() >= 2) pairs.push_back(words[0] + ' ' + words[1]);
  }
  SessionPool pool(data, 1);
  Searcher searcher(pool);
  const auto search = [&](const std::string& query,
                          const std::function<void(SearchRequest&)>& change = {}) {
    SearchRequest request = request_for(query);
    if (change) change(request);
    auto response = searcher.search(request);
    if (!response) std::cerr << response.error().message << '\n';
  };
  measure("two words with snippets", pairs.size(), [&](std::size_t i) { search(pairs[i]); });
  measure("headline with snippets", headlines.size(), [&](std::size_t i) {
    search(headlines[i].title);
  });
  const auto any = [](SearchRequest& request) { request.match = MatchMode::any; };
  measure("headline, any word, with snippets", headlines.size(), [&](std::size_t i) {
    search(headlines[i].title, any);
  });
  measure("two words as a phrase, with snippets", pairs.size(), [&](std::size_t i) {
    search('"' + pairs[i] + '"');
  });
  const auto news = [](SearchRequest& request) { request.recency = {30, 0.5, kNow}; };
  measure("two words with recency", pairs.size(), [&](std::size_t i) { search(pairs[i], news); });
  measure("related by id", headlines.size(), [&](std::size_t i) {
    RelatedRequest request;
    request.now = kNow;
    request.clock = kNow;
    (void)searcher.related(headlines[i].id, request);
  });
  measure("read next by id", headlines.size(), [&](std::size_t i) {
    (void)searcher.read_next(headlines[i].id,
                             {.exclude = {}, .rules = {}, .now = kNow, .clock = kNow});
  });
  measure("related to a draft, with anchors", headlines.size(), [&](std::size_t i) {
    RelatedRequest request;
    request.wants_anchors = true;
    request.now = kNow;
    request.clock = kNow;
    (void)searcher.related(Draft{"", headlines[i].draft}, request);
  });
  measure_matches(pool);
  return 0;
}
