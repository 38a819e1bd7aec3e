// Facets and histograms in process, and what a page deep in a list in time order costs against the
// first. Times are of the thread's own processor clock.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "server/search/searcher.h"

namespace {

using namespace broadsheet;          // NOLINT(google-build-using-namespace): a program of its own
using namespace broadsheet::server;  // NOLINT(google-build-using-namespace)

constexpr int kRounds = 31;
constexpr int kDeepPage = 1000;

double thread_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double once(const std::function<void()>& action) {
  const double started = thread_milliseconds();
  action();
  return thread_milliseconds() - started;
}

double median(const std::function<void()>& action) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i)
    times.push_back(once(action));
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

void report(const std::string& name, double milliseconds) {
  std::printf("%s\t%.3f\tms CPU\n", name.c_str(), milliseconds);
}

SearchRequest request_for(const std::string& query) {
  SearchRequest request;
  request.query = query;
  request.match = MatchMode::all;
  request.limit = 0;
  request.now = request.clock = std::time(nullptr);
  return request;
}

SearchResponse answer(Searcher& searcher, const SearchRequest& request) {
  auto response = searcher.search(request);
  if (!response) std::cerr << response.error().message << '\n';
  return response ? std::move(*response) : SearchResponse();
}

void measure_counts(Searcher& searcher, const std::string& query) {
  SearchRequest request = request_for(query);
  const std::string of = query.empty() ? "every article" : query;
  report("total alone, " + of, median([&] { answer(searcher, request); }));
  request.histogram = Interval::automatic;
  report("histogram, " + of, median([&] { answer(searcher, request); }));
  for (const FacetRow& row : kFacets) {
    request.histogram.reset();
    request.facets = {row};
    report("facet " + std::string(row.name) + ", " + of,
           median([&] { answer(searcher, request); }));
  }
  request.facets.assign(kFacets.begin(), kFacets.end());
  request.histogram = Interval::automatic;
  std::uint64_t total = 0;
  const double all = median([&] { total = answer(searcher, request).total.value; });
  report("all facets and histogram, " + of + ", " + std::to_string(total) + " matches", all);
}

void measure_pages(Searcher& searcher, const std::string& query) {
  SearchRequest request = request_for(query);
  request.sort = Sort::newest;
  request.limit = 10;
  const std::string of = query.empty() ? "every article" : query;
  report("page 1 newest first, " + of, median([&] { answer(searcher, request); }));
  for (int page = 1; page < kDeepPage; ++page) {
    std::string next = answer(searcher, request).next_cursor;
    if (next.empty()) return;
    request.cursor = std::move(next);
  }
  report("page 1000 newest first, " + of, median([&] { answer(searcher, request); }));
}

}  // namespace

int main(int count, char** arguments) {
  const char* data = std::getenv("BROADSHEET_BENCH_DATA");
  if (data == nullptr) {
    std::cerr << "set BROADSHEET_BENCH_DATA; scripts/bench does\n";
    return 2;
  }
  std::vector<std::string> queries(arguments + 1, arguments + count);
  if (queries.empty()) queries = {"", "said"};
  SessionPool pool(data, 1);
  Searcher searcher(pool);
  SearchRequest first = request_for("");
  first.facets.assign(kFacets.begin(), kFacets.end());
  first.histogram = Interval::automatic;
  report("all facets and histogram for the first time", once([&] { answer(searcher, first); }));
  for (const std::string& query : queries) {
    measure_counts(searcher, query);
    measure_pages(searcher, query);
  }
  return 0;
}
