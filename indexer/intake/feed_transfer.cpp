// What libcurl does by itself is deadlines. It does not unpack: it would not tell whether what is
// packed came to its end. Connections are not kept: one that was
// made for a feed with more rights must not serve another.
#include "indexer/intake/feed_transfer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <new>
#include <string_view>
#include <unordered_map>

#include <curl/curl.h>
#include <sys/socket.h>

#include "indexer/intake/address_ranges.h"

namespace broadsheet::indexer {
namespace {

constexpr char kUserAgent[] = "Broadsheet/" BROADSHEET_VERSION " (feed reader)";
constexpr char kAccept[] =
    "Accept: application/rss+xml, application/atom+xml, application/feed+json, "
    "application/rdf+xml, application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.8, */*;q=0.5";
// Slower than this counts as standing still.
constexpr long kStallBytesPerSecond = 10;
constexpr std::size_t kMostHeaderBytes = std::size_t{128} << 10U;
constexpr std::size_t kLongestHeaderKept = 2048;

struct HeaderRow {
  std::string_view name;
  std::string TransferResult::*into;
};

constexpr std::array kHeaders = {
    HeaderRow{"content-type", &TransferResult::content_type},
    HeaderRow{"content-encoding", &TransferResult::content_encoding},
    HeaderRow{"etag", &TransferResult::etag},
    HeaderRow{"last-modified", &TransferResult::last_modified},
    HeaderRow{"retry-after", &TransferResult::retry_after},
    HeaderRow{"cache-control", &TransferResult::cache_control},
};

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

// One request under way; libcurl holds pointers to it.
struct Transfer {
  std::unique_ptr<CURL, FreeEasy> easy;
  std::unique_ptr<curl_slist, FreeList> headers;
  TransferLimits limits;
  bool allow_private = false;
  TransferResult result;
  std::size_t header_bytes = 0;
  std::string refusal;  // why we ended it ourselves
  std::array<char, CURL_ERROR_SIZE> message{};
};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string too_large(std::size_t limit) {
  return "the answer is larger than " + std::to_string(limit >> 20U) + " MiB as it is sent";
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '\x7F';
  });
}

void take_header(std::string_view line, TransferResult& result) {
  // A new status line: of an interim answer before the real one.
  if (line.starts_with("HTTP/")) {
    for (const HeaderRow& row : kHeaders)
      (result.*row.into).clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  const std::string_view value = trim(line.substr(colon + 1));
  if (value.size() > kLongestHeaderKept || !is_printable(value)) return;
  for (const HeaderRow& row : kHeaders)
    if (row.name == name) result.*row.into = value;
}

extern "C" {

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* pointer) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  transfer.header_bytes += size * count;
  if (transfer.header_bytes > kMostHeaderBytes) {
    transfer.refusal = "the answer has more than 128 KiB of headers";
    return 0;
  }
  take_header({bytes, size * count}, transfer.result);
  return size * count;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* pointer) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  const std::size_t length = size * count;
  if (transfer.result.body.size() + length > transfer.limits.wire_bytes) {
    transfer.refusal = too_large(transfer.limits.wire_bytes);
    return 0;
  }
  transfer.result.body.append(bytes, length);
  return length;
}

// Told of the bytes that are to come as well.
int on_progress(void* pointer, curl_off_t total, curl_off_t now, curl_off_t /*up*/, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  if (static_cast<std::size_t>(std::max(total, now)) <= transfer.limits.wire_bytes) return 0;
  transfer.refusal = too_large(transfer.limits.wire_bytes);
  return 1;
}

// The only place that sees the address itself: names may lead elsewhere the next time.
curl_socket_t on_socket(void* pointer, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  const auto inner = inner_kind_of(address->addr);
  if (inner && !transfer.allow_private) {
    transfer.refusal = "it leads to " + std::string(*inner) + ", which needs --allow-private";
    return CURL_SOCKET_BAD;
  }
  transfer.refusal.clear();
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // extern "C"

template <typename Value>
void set(Transfer& transfer, CURLoption option, Value value) {
  curl_easy_setopt(transfer.easy.get(), option, value);
}

void set_headers(Transfer& transfer, const TransferRequest& request) {
  curl_slist* list = curl_slist_append(nullptr, kAccept);
  const auto add = [&list](const char* name, const std::string& value) {
    if (!value.empty()) list = curl_slist_append(list, (name + value).c_str());
  };
  add("If-None-Match: ", request.etag);
  add("If-Modified-Since: ", request.last_modified);
  transfer.headers.reset(list);
  set(transfer, CURLOPT_HTTPHEADER, list);
}

void set_callbacks(Transfer& transfer) {
  void* self = &transfer;
  set(transfer, CURLOPT_PRIVATE, self);
  set(transfer, CURLOPT_HEADERFUNCTION, &on_header);
  set(transfer, CURLOPT_HEADERDATA, self);
  set(transfer, CURLOPT_WRITEFUNCTION, &on_body);
  set(transfer, CURLOPT_WRITEDATA, self);
  set(transfer, CURLOPT_NOPROGRESS, 0L);
  set(transfer, CURLOPT_XFERINFOFUNCTION, &on_progress);
  set(transfer, CURLOPT_XFERINFODATA, self);
  set(transfer, CURLOPT_OPENSOCKETFUNCTION, &on_socket);
  set(transfer, CURLOPT_OPENSOCKETDATA, self);
  set(transfer, CURLOPT_ERRORBUFFER, transfer.message.data());
}

void set_options(Transfer& transfer, const TransferRequest& request) {
  set(transfer, CURLOPT_URL, request.address.c_str());
  set(transfer, CURLOPT_PROTOCOLS_STR, "http,https");
  set(transfer, CURLOPT_FOLLOWLOCATION, 0L);
  set(transfer, CURLOPT_USERAGENT, kUserAgent);
  set(transfer, CURLOPT_ACCEPT_ENCODING, "gzip, br, deflate");
  set(transfer, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  set(transfer, CURLOPT_NOSIGNAL, 1L);
  // A proxy of the environment would hide the address that is really connected to.
  set(transfer, CURLOPT_PROXY, "");
  set(transfer, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(transfer, CURLOPT_FRESH_CONNECT, 1L);
  set(transfer, CURLOPT_FORBID_REUSE, 1L);
  // Else the end would wait for a look-up of names that hangs.
  set(transfer, CURLOPT_QUICK_EXIT, 1L);
  const TransferLimits& limits = transfer.limits;
  set(transfer, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  set(transfer, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  set(transfer, CURLOPT_LOW_SPEED_LIMIT, kStallBytesPerSecond);
  set(transfer, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.stall.count()));
}

// What ended a transfer in our words where libcurl's would need explaining.
std::string words_for(CURLcode code, const Transfer& transfer) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return "it took too long: " + std::string(transfer.message.data());
    case CURLE_PARTIAL_FILE:
      return "the answer was cut short";
    case CURLE_GOT_NOTHING:
      return "the server hung up without an answer";
    default:
      break;
  }
  const std::string_view message = transfer.message.data();
  return message.empty() ? curl_easy_strerror(code) : std::string(message);
}

TransferResult result_of(Transfer& transfer, CURLcode code) {
  CURL* easy = transfer.easy.get();
  TransferResult result = std::move(transfer.result);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  result.status = static_cast<int>(status);
  const char* redirect = nullptr;
  curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect != nullptr) result.redirect = redirect;
  const bool is_content = status == 200;
  // The status alone decides about any other answer: how its body ends does not matter.
  const bool is_told = code == CURLE_OK || (!is_content && status > 0 && transfer.refusal.empty());
  result.end = is_told ? TransferEnd::answered : TransferEnd::failed;
  if (!is_told && !transfer.refusal.empty()) {
    result.end = TransferEnd::refused;
    result.why = transfer.refusal;
  } else if (!is_told) {
    result.why = words_for(code, transfer);
  }
  if (!is_told || !is_content) result.body = {};
  return result;
}

CURLM* new_multi() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM* multi = ready == CURLE_OK ? curl_multi_init() : nullptr;
  if (multi == nullptr) throw std::bad_alloc();
  return multi;
}

}  // namespace

struct Transfers::State {
  explicit State(const TransferLimits& given) : limits(given) {}

  TransferLimits limits;
  CURLM* multi = new_multi();
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> transfers;
  std::vector<TransferResult> stillborn;  // could not even begin
};

Transfers::Transfers(const TransferLimits& limits) : state_(std::make_unique<State>(limits)) {}

Transfers::~Transfers() {
  for (const auto& [easy, transfer] : state_->transfers)
    curl_multi_remove_handle(state_->multi, easy);
  state_->transfers.clear();
  curl_multi_cleanup(state_->multi);
}

void Transfers::start(const TransferRequest& request) {
  auto transfer = std::make_unique<Transfer>();
  transfer->easy.reset(curl_easy_init());
  transfer->limits = state_->limits;
  transfer->allow_private = request.allow_private;
  transfer->result.tag = request.tag;
  CURL* easy = transfer->easy.get();
  if (easy != nullptr) {
    set_callbacks(*transfer);
    set_options(*transfer, request);
    set_headers(*transfer, request);
  }
  if (easy == nullptr || curl_multi_add_handle(state_->multi, easy) != CURLM_OK) {
    transfer->result.why = "no memory for another request";
    state_->stillborn.push_back(std::move(transfer->result));
    return;
  }
  state_->transfers.emplace(easy, std::move(transfer));
}

std::size_t Transfers::under_way() const {
  return state_->transfers.size() + state_->stillborn.size();
}

std::vector<TransferResult> Transfers::wait(std::chrono::milliseconds longest) {
  State& state = *state_;
  std::vector<TransferResult> results = std::exchange(state.stillborn, {});
  int running = 0;
  curl_multi_perform(state.multi, &running);
  const bool has_ended = running < static_cast<int>(state.transfers.size()) || !results.empty();
  if (!has_ended) {
    curl_multi_poll(state.multi, nullptr, 0, static_cast<int>(longest.count()), nullptr);
    curl_multi_perform(state.multi, &running);
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(state.multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const auto found = state.transfers.find(message->easy_handle);
    const CURLcode code = message->data.result;
    results.push_back(result_of(*found->second, code));
    curl_multi_remove_handle(state.multi, found->first);
    state.transfers.erase(found);
  }
  return results;
}

void Transfers::wake() {
  curl_multi_wakeup(state_->multi);
}

}  // namespace broadsheet::indexer
