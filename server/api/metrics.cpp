// GET /metrics. Names and labels are ours and need no escaping; dashboards are built on them, so a
// name that is out is not changed.
#include "server/api/metrics.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <unistd.h>

#include "server/api/handlers.h"

namespace broadsheet::server {
namespace {

// Appends families and samples in the order they are told.
class MetricsText {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    (text_ += "# HELP ").append(name).append(" ").append(help) += '\n';
    (text_ += "# TYPE ").append(name).append(" ").append(type) += '\n';
  }

  // One sample of the family last begun; `labels` without braces, may be empty.
  template <typename Number>
  void sample(Number value, std::string_view labels = {}, std::string_view suffix = {}) {
    text_.append(name_).append(suffix);
    if (!labels.empty()) (text_ += '{').append(labels) += '}';
    std::array<char, 32> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    (text_ += ' ').append(digits.data(), written.ptr) += '\n';
  }

  // A family of one sample.
  template <typename Number>
  void single(std::string_view name, std::string_view type, std::string_view help, Number value) {
    family(name, type, help);
    sample(value);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::string_view name_;
};

std::string label(std::string_view name, std::string_view value) {
  std::string text(name);
  text.append("=\"").append(value) += '"';
  return text;
}

std::string seconds_text(std::int64_t microseconds) {
  std::array<char, 32> digits{};
  const auto written = std::to_chars(digits.data(),
                                     digits.data() + digits.size(),
                                     static_cast<double>(microseconds) / 1e6,
                                     std::chars_format::fixed);
  return {digits.data(), written.ptr};
}

void write_route(MetricsText& text, const RouteStats& route) {
  const std::string labels =
      label("method", route.method) + "," +
      label("route", route.pattern.empty() ? std::string_view("none") : route.pattern);
  std::uint64_t so_far = 0;
  for (std::size_t i = 0; i < kLatencyBounds.size(); ++i) {
    so_far += route.buckets[i];
    text.sample(so_far, labels + "," + label("le", seconds_text(kLatencyBounds[i])), "_bucket");
  }
  // Counters are bumped one after another, so `count` may lag: a histogram must not fall at its
  // end.
  so_far += route.buckets.back();
  text.sample(so_far, labels + ",le=\"+Inf\"", "_bucket");
  text.sample(static_cast<double>(route.sum_us) / 1e6, labels, "_sum");
  text.sample(so_far, labels, "_count");
}

void write_http(MetricsText& text, const ServerStats& http) {
  text.family("broadsheet_http_responses_total", "counter", "Answers by class of status.");
  constexpr std::array<std::string_view, 6> kClasses = {"", "1xx", "2xx", "3xx", "4xx", "5xx"};
  for (std::size_t i = 1; i < kClasses.size(); ++i) {
    text.sample(http.by_class[i], label("class", kClasses.at(i)));
  }
  text.family("broadsheet_http_refused_total", "counter", "Requests refused before any handler.");
  text.sample(http.refused_overload, label("reason", "overload"));
  text.sample(http.refused_head, label("reason", "head"));
  text.sample(http.refused_budget, label("reason", "budget"));
  text.single("broadsheet_http_accepted_total", "counter", "Connections accepted.", http.accepted);
  text.single("broadsheet_http_evicted_total",
              "counter",
              "Connections closed to make room for others.",
              http.evicted);
  text.single("broadsheet_http_connections", "gauge", "Connections now open.", http.connections);
  text.single(
      "broadsheet_http_queue_depth", "gauge", "Requests that wait for a worker.", http.queue_depth);
  text.single("broadsheet_http_buffer_bytes",
              "gauge",
              "Bytes held in input and unsent answers.",
              http.buffer_bytes);
  text.family("broadsheet_http_request_duration_seconds",
              "histogram",
              "From the last byte of a request to its answer.");
  for (const RouteStats& route : http.routes)
    write_route(text, route);
}

void write_store(MetricsText& text, const StoreState& store) {
  text.single("broadsheet_ready",
              "gauge",
              "1 when searches can be answered.",
              static_cast<int>(store.ready));
  text.single("broadsheet_index_articles", "gauge", "Articles in the index.", store.articles);
  text.single("broadsheet_index_generation", "gauge", "Generation of the index.", store.generation);
  text.single("broadsheet_index_seq",
              "gauge",
              "Change of the catalog that the index has reached.",
              store.applied_seq);
}

}  // namespace

ProcessState process_state() {
  ProcessState state;
  std::ifstream statm("/proc/self/statm");  // sizes in pages: total, resident, ...
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (statm >> total >> resident) {
    state.resident_bytes = resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  }
  std::error_code error;
  std::filesystem::directory_iterator entry("/proc/self/fd", error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    ++state.open_files;
  }
  return state;
}

std::string metrics_text(const ServerStats& http,
                         const StoreState& store,
                         const ProcessState& process) {
  MetricsText text;
  text.family("broadsheet_build_info", "gauge", "The version that runs.");
  text.sample(1, label("version", BROADSHEET_VERSION));
  write_store(text, store);
  write_http(text, http);
  text.single("process_resident_memory_bytes",
              "gauge",
              "Resident memory in bytes.",
              process.resident_bytes);
  text.single("process_open_fds", "gauge", "Open file descriptors.", process.open_files);
  return text.take();
}

Response metrics(const Backend& backend, const Request& /*request*/) {
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = metrics_text(backend.http_stats(), backend.store_state(), process_state());
  return response;
}

}  // namespace broadsheet::server
