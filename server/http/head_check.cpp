// Grammar: RFC 9112 sections 2 to 6, taken at its strictest wherever a recipient has a choice.
#include "server/http/head_check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "server/http/ascii.h"

namespace broadsheet::server {
namespace {

// What httplib's request-line parser knows as well. The last two reach the route table only to get
// their 405.
constexpr std::array<std::string_view, 9> kMethods{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"};

bool is_token_char(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_target_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7F && c != '#';
}

bool is_value_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7F) || c == '\t';
}

bool has_list_member(std::string_view list, std::string_view member) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    if (lower_case(trimmed(item)) == member) return true;
    list.remove_prefix(std::min(list.size(), item.size() + 1));
  }
  return false;
}

// Reads the lines of one head into a verdict; stops at the first fault.
class Judge {
 public:
  Judge(const HeadLimits& limits, std::size_t max_body) : limits_(limits), max_body_(max_body) {}

  HeadVerdict judge(std::string_view bytes) {
    std::string_view line = take_line(bytes);
    read_request_line(line);
    for (line = take_line(bytes); !refused() && !line.empty(); line = take_line(bytes)) {
      read_header(line);
    }
    if (!refused()) conclude();
    return std::move(verdict_);
  }

 private:
  [[nodiscard]] bool refused() const { return verdict_.status != 0; }

  void refuse(int status, std::string_view detail) {
    if (refused()) return;
    verdict_.status = status;
    verdict_.detail = detail;
  }

  static std::string_view take_line(std::string_view& bytes) {
    const std::size_t end = std::min(bytes.find("\r\n"), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(bytes.size(), end + 2));
    return line;
  }

  void read_request_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
      return refuse(400, "The request line is not METHOD TARGET VERSION.");
    }
    read_version(line.substr(last + 1));
    read_method(line.substr(0, first));
    read_target(line.substr(first + 1, last - first - 1));
  }

  void read_method(std::string_view method) {
    if (!is_token(method)) return refuse(400, "The method is not a token.");
    if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
      return refuse(501, "The method is unknown.");
    }
    verdict_.head.method = method;
  }

  void read_target(std::string_view target) {
    if (target.size() > limits_.max_target) return refuse(414, "The request target is too long.");
    if (target.empty() || !std::all_of(target.begin(), target.end(), is_target_char)) {
      return refuse(400, "The request target holds a character that must be percent-encoded.");
    }
    verdict_.head.target = target;
  }

  void read_version(std::string_view version) {
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
      return refuse(400, "The server speaks HTTP/1.1 and HTTP/1.0.");
    }
    verdict_.head.minor_version = version.back() - '0';
  }

  void read_header(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return refuse(400, "A header line has no colon.");
    // A blank before the colon, or a line folded the old way, is no token either.
    if (!is_token(line.substr(0, colon))) return refuse(400, "A header name is not a token.");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!std::all_of(value.begin(), value.end(), is_value_char)) {
      return refuse(400, "A header value holds a control character.");
    }
    NameValue header{lower_case(line.substr(0, colon)), std::string(value)};
    weigh(header);
    verdict_.head.headers.push_back(std::move(header));
  }

  // The headers that decide about framing and refusal.
  void weigh(const NameValue& header) {
    if (header.name == "content-length") {
      read_length(header.value);
    } else if (header.name == "transfer-encoding") {
      ++encodings_;
    } else if (header.name == "host") {
      ++hosts_;
    } else if (header.name == "connection") {
      closes_ = closes_ || has_list_member(header.value, "close");
      keeps_ = keeps_ || has_list_member(header.value, "keep-alive");
    } else {
      weigh_content(header);
    }
  }

  void weigh_content(const NameValue& header) {
    if (header.name == "expect") {
      if (lower_case(header.value) != "100-continue") refuse(417, "Only 100-continue can be met.");
      verdict_.head.expects_continue = true;
    } else if (header.name == "range" && header.value.size() > limits_.max_range) {
      refuse(416, "The Range header is too long.");
    } else if (header.name == "content-type" &&
               lower_case(header.value).rfind("multipart/", 0) == 0) {
      refuse(415, "Multipart bodies are not accepted.");
    } else if (header.name == "content-encoding" && lower_case(header.value) != "identity") {
      refuse(415, "Compressed bodies are not accepted.");
    }
  }

  void read_length(std::string_view value) {
    if (lengths_++ != 0) return refuse(400, "There is more than one Content-Length.");
    const bool digits = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
      return c >= '0' && c <= '9';
    });
    if (!digits) return refuse(400, "Content-Length is not a number.");
    std::size_t length = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), length);
    if (parsed.ec != std::errc() || length > max_body_) return refuse(413, "The body is too long.");
    verdict_.head.content_length = length;
  }

  void conclude() {
    Head& head = verdict_.head;
    if (encodings_ > 0 && lengths_ > 0) {
      return refuse(400, "Content-Length and Transfer-Encoding exclude each other.");
    }
    if (encodings_ > 0) return refuse(411, "Chunked bodies are not accepted: send Content-Length.");
    if (hosts_ > 1 || (hosts_ == 0 && head.minor_version == 1)) {
      return refuse(400, "There must be exactly one Host header.");
    }
    // A client of HTTP/1.0 cannot have meant it (RFC 9110 section 10.1.1).
    if (head.minor_version == 0) head.expects_continue = false;
    const bool keep = head.minor_version == 1 ? !closes_ : keeps_ && !closes_;
    head.persistence = keep ? Persistence::keep_alive : Persistence::close;
  }

  const HeadLimits& limits_;
  std::size_t max_body_;
  HeadVerdict verdict_;
  int lengths_ = 0;
  int encodings_ = 0;
  int hosts_ = 0;
  bool closes_ = false;
  bool keeps_ = false;
};

}  // namespace

void HeadScan::refuse(int status, std::string_view detail) {
  status_ = status;
  detail_ = detail;
}

// `at` is the place of a line feed.
void HeadScan::end_line(std::size_t at, const HeadLimits& limits) {
  complete_ = at == line_start_ + 1;
  if (!complete_ && lines_++ > limits.max_lines) refuse(431, "There are too many header lines.");
  line_start_ = at + 1;
}

void HeadScan::check_byte(std::string_view bytes, const HeadLimits& limits) {
  const char c = bytes[seen_];
  const bool after_return = seen_ > line_start_ && bytes[seen_ - 1] == '\r';
  // 32: the longest method, the version and two blanks.
  const bool long_target = lines_ == 0 && seen_ > limits.max_target + 32;
  if (seen_ == 0 && !is_token_char(c)) {
    refuse(400, "This is not an HTTP/1.1 request.");
  } else if (c == '\0' || (c == '\n') != after_return) {
    refuse(400, "The head holds a NUL, or a line that does not end in CR LF.");
  } else if (c == '\n') {
    end_line(seen_, limits);
  } else if (long_target) {
    refuse(414, "The request target is too long.");
  } else if (lines_ > 0 && seen_ - line_start_ >= limits.max_line) {
    refuse(431, "A header line is too long.");
  }
}

std::size_t HeadScan::look(std::string_view bytes, const HeadLimits& limits) {
  const std::size_t end = std::min(bytes.size(), limits.max_head);
  for (; seen_ < end && status_ == 0; ++seen_) {
    check_byte(bytes, limits);
    if (complete_) return seen_ + 1;
  }
  if (status_ == 0 && bytes.size() >= limits.max_head) refuse(431, "The head is too long.");
  return 0;
}

HeadVerdict judge_head(std::string_view bytes, const HeadLimits& limits, std::size_t max_body) {
  return Judge(limits, max_body).judge(bytes);
}

}  // namespace broadsheet::server
