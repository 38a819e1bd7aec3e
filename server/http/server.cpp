// The httplib room: nothing else includes it. It parses the request line and writes the answer,
// both in memory; it sees no socket, no body and no header that it would act upon by itself.
// process_request() and Stream are no promised interface: a newer release is mended here.
#include "server/http/server.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <system_error>
#include <utility>

#include <httplib.h>

#include "server/http/delivery.h"
#include "server/http/exchange.h"
#include "server/http/listen.h"
#include "server/http/params.h"
#include "server/http/reactor.h"
#include "server/http/reply.h"
#include "server/http/workers.h"

namespace broadsheet::server {
namespace {

// Text for clients only: the reactor closes by its own deadlines, and never by count.
constexpr std::size_t kShownMaxRequests = 100'000;

// A request in memory, an answer in memory.
class MemoryStream : public httplib::Stream {
 public:
  explicit MemoryStream(std::string input) : input_(std::move(input)) {}

  using httplib::Stream::write;

  [[nodiscard]] bool is_readable() const override { return true; }

  [[nodiscard]] bool is_writable() const override { return true; }

  ssize_t read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, input_.size() - read_);
    std::memcpy(buffer, input_.data() + read_, count);
    read_ += count;
    return static_cast<ssize_t>(count);
  }

  ssize_t write(const char* bytes, std::size_t size) override {
    output_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }

  void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}

  void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}

  [[nodiscard]] socket_t socket() const override { return INVALID_SOCKET; }

  std::string take_output() { return std::move(output_); }

 private:
  std::string input_;
  std::size_t read_ = 0;
  std::string output_;
};

bool is_clean(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  });
}

// What httplib sees of a request. Not the headers: it would decode percent signs in their values,
// run regular expressions over Range, compress for Accept-Encoding and read bodies.
std::string plain_head(const Head& head) {
  std::string bytes = head.method;
  bytes.append(" ").append(head.target).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return bytes;
}

// RFC 9110 forbids a length in a 204, and in a 304 it would be that of the page not sent.
void drop_length(std::string& output) {
  constexpr std::string_view kLength = "Content-Length: 0\r\n";
  const std::size_t at = output.find(kLength);
  if (at != std::string::npos) output.erase(at, kLength.size());
}

// The signatures of httplib 0.11 and 0.18.
using Setup = std::function<void(httplib::Request&)>;
template <typename Class>
using Process11 = bool (Class::*)(httplib::Stream&, bool, bool&, const Setup&);
template <typename Class>
using Process18 = bool (Class::*)(
    httplib::Stream&, const std::string&, int, const std::string&, int, bool, bool&, const Setup&);

// Turns one job at a time into the bytes of its answer; each worker thread has its own.
class Translator : private httplib::Server {
 public:
  Translator(const ServerOptions& options, const Router& router, const std::atomic<bool>& stopping)
      : options_(options), router_(router), stopping_(stopping) {
    set_keep_alive_timeout(
        std::chrono::duration_cast<std::chrono::seconds>(options.deadlines.idle).count());
    set_keep_alive_max_count(kShownMaxRequests);
    // Routing ends before it begins: httplib's own would match patterns by std::regex.
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      serve(request, response);
      return HandlerResponse::Handled;
    });
  }

  // Fills the job's output; returns the status. `id` is the request id to echo.
  int translate(Job& job, const std::string& id) {
    job_ = &job;
    id_ = &id;
    status_ = 0;
    MemoryStream stream(plain_head(job.head));
    invoke(&Translator::process_request, stream);
    job.output = stream.take_output();
    if (status_ == 204 || status_ == 304) drop_length(job.output);
    if (status_ == 0) refuse_unparsed(job);
    return status_;
  }

 private:
  template <typename Class>
  void invoke(Process11<Class> process, MemoryStream& stream) {
    bool closed = false;
    (this->*process)(stream, false, closed, setup());
  }

  template <typename Class>
  void invoke(Process18<Class> process, MemoryStream& stream) {
    bool closed = false;
    (this->*process)(stream, {}, 0, {}, 0, false, closed, setup());
  }

  // Keeps the one request that may be changed; serve() gets it as const.
  Setup setup() {
    return [this](httplib::Request& request) { request_ = &request; };
  }

  void serve(const httplib::Request& parsed, httplib::Response& out) {
    // Two parsers that read one line in two ways are how requests get smuggled.
    if (parsed.method != job_->head.method || parsed.target != job_->head.target) return;
    Response response = respond(*job_, *id_, router_, options_.on_failure);
    status_ = response.status;
    out.status = response.status;
    if (status_ != 204 && status_ != 304) out.body = std::move(response.body);
    if (!response.content_type.empty()) out.set_header("Content-Type", response.content_type);
    for (const NameValue& header : response.headers) {
      if (is_clean(header.name) && is_clean(header.value)) {
        out.set_header(header.name, header.value);
      }
    }
    out.set_header("Date", http_date(std::time(nullptr)));
    out.set_header("X-Content-Type-Options", "nosniff");
    out.set_header("X-Request-Id", *id_);
    // True, and it keeps httplib from promising ranges in answers to HEAD.
    out.set_header("Accept-Ranges", "none");
    // A stop may have come while the handler ran. httplib takes its word from this header.
    if (stopping_.load()) job_->persistence = Persistence::close;
    if (job_->persistence == Persistence::close) request_->set_header("Connection", "close");
    const bool old_client = job_->head.minor_version == 0;
    if (old_client && job_->persistence == Persistence::keep_alive) {
      out.set_header("Connection", "keep-alive");
    }
  }

  void refuse_unparsed(Job& job) {
    status_ = 400;
    job.persistence = Persistence::close;
    job.output = refusal_bytes(
        status_, "The request line cannot be read.", Persistence::close, job.head.method);
  }

  const ServerOptions& options_;
  const Router& router_;
  const std::atomic<bool>& stopping_;
  httplib::Request* request_ = nullptr;
  Job* job_ = nullptr;
  const std::string* id_ = nullptr;
  int status_ = 0;
};

// What an express handler is believed to take before any is measured.
constexpr std::chrono::microseconds kExpressFirstMean{100};

}  // namespace

// Declared in the order in which each needs the ones before it.
struct HttpServer::Parts {
  Parts(ServerOptions the_options, Router the_router, Listener listener);

  Work make_work();

  ServerOptions options;
  Router router;
  std::string address;
  int port;
  Counters counters;
  Mailbox mailbox;
  Delivery delivery;
  Lane worker;
  Lane express;
  Wiring wiring;
  Reactor reactor;
};

HttpServer::Parts::Parts(ServerOptions the_options, Router the_router, Listener listener)
    : options(std::move(the_options)),
      router(std::move(the_router)),
      address(std::move(listener.address)),
      port(listener.port),
      counters(router.routes()),
      delivery(options, counters, mailbox),
      worker({options.workers, options.worker_nice, options.max_wait, LaneOptions().first_mean},
             [this] { return make_work(); }),
      express({1, 0, options.max_wait, kExpressFirstMean}, [this] { return make_work(); }),
      wiring{options, router, counters, {worker, express}, mailbox.stopping()},
      reactor(wiring, mailbox, std::move(listener.socket)) {}

Work HttpServer::Parts::make_work() {
  auto translator = std::make_shared<Translator>(options, router, mailbox.stopping());
  const Translate translate = [translator](Job& job, const std::string& id) {
    return translator->translate(job, id);
  };
  return [this, translate](std::unique_ptr<Job> job, Freshness freshness) {
    delivery.deliver(translate, std::move(job), freshness);
  };
}

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

// The workers first: a socket must not be closed, and its number given out again, under one.
HttpServer::~HttpServer() {
  parts_->worker.stop();
  parts_->express.stop();
}

Result<std::unique_ptr<HttpServer>> HttpServer::open(ServerOptions options,
                                                     std::vector<Route> routes) {
  Result<Router> router = Router::make(std::move(routes));
  if (!router) return pass_on(router.error());
  const Result<ListenAddress> address = parse_listen(options.listen);
  if (!address) return pass_on(address.error());
  raise_open_files();
  Result<Listener> listener = listen_on(*address);
  if (!listener) return pass_on(listener.error());
  try {
    auto parts =
        std::make_unique<Parts>(std::move(options), std::move(*router), std::move(*listener));
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
  } catch (const std::system_error& error) {
    return fail(ErrorCode::unavailable, std::string("cannot start the server: ") + error.what());
  }
}

const std::string& HttpServer::address() const {
  return parts_->address;
}

int HttpServer::port() const {
  return parts_->port;
}

StopOutcome HttpServer::run() {
  return parts_->reactor.run();
}

void HttpServer::request_stop() {
  parts_->mailbox.request_stop();
}

ServerStats HttpServer::stats() const {
  ServerStats stats = parts_->counters.snapshot();
  stats.queue_depth = parts_->worker.depth();
  return stats;
}

struct MemoryServer::Parts {
  Parts(ServerOptions the_options, Router the_router)
      : options(std::move(the_options)),
        router(std::move(the_router)),
        translator(options, router, stopping) {}

  ServerOptions options;
  Router router;
  std::atomic<bool> stopping{false};
  Translator translator;
};

MemoryServer::MemoryServer(ServerOptions options, std::vector<Route> routes)
    : parts_(std::make_unique<Parts>(std::move(options), Router::make(std::move(routes)).value())) {
}

MemoryServer::~MemoryServer() = default;

std::string MemoryServer::answer(const Head& head, std::string body) const {
  Job job;
  job.head = head;
  job.body = std::move(body);
  job.match = parts_->router.match(head.method, split_target(head.target).path);
  job.persistence = head.persistence;
  job.ready = Clock::now();
  parts_->translator.translate(job, request_id_of(head));
  return job.output;
}

}  // namespace broadsheet::server
