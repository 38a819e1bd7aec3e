// fork and exec; between the two only calls that are safe in a program of several threads.
#include "tests/support/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace broadsheet::tests {
namespace {

// Between two looks at a condition.
constexpr std::chrono::milliseconds kPause{5};

std::pair<int, int> open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return {ends[0], ends[1]};
}

[[noreturn]] void become(const std::vector<char*>& arguments, int in, int out, int err) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, Input input) {
  std::vector<char*> pointers;
  pointers.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments)
    pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  // Writing to a program that has ended is an answer, not the end of the test.
  ::signal(SIGPIPE, SIG_IGN);
  const auto [out_read, out_write] = open_pipe();
  const auto [err_read, err_write] = open_pipe();
  int in_read = -1;
  if (input == Input::pipe) {
    std::tie(in_read, input_) = open_pipe();
  } else {
    in_read = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  }
  id_ = ::fork();
  if (id_ == 0) become(pointers, in_read, out_write, err_write);
  for (const int descriptor : {in_read, out_write, err_write})
    ::close(descriptor);
  if (id_ < 0) throw std::runtime_error("cannot start " + arguments[0]);
  process_descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
  out_.descriptor = out_read;
  err_.descriptor = err_read;
  for (Stream* stream : {&out_, &err_})
    stream->thread = std::thread([this, stream] { collect(*stream); });
}

Process::~Process() {
  if (!reaped_) {
    signal(SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  close_input();
  for (Stream* stream : {&out_, &err_}) {
    if (stream->thread.joinable()) stream->thread.join();
    ::close(stream->descriptor);
  }
  ::close(process_descriptor_);
}

void Process::collect(Stream& stream) {
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = ::read(stream.descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    const std::scoped_lock lock(mutex_);
    if (count > 0) stream.text.append(buffer.data(), static_cast<std::size_t>(count));
    stream.ended = count <= 0;
    grown_.notify_all();
    if (stream.ended) return;
  }
}

bool Process::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(input_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void Process::close_input() {
  if (input_ >= 0) ::close(std::exchange(input_, -1));
}

void Process::signal(int number) const {
  if (!reaped_) ::kill(id_, number);
}

void Process::pause() const {
  signal(SIGSTOP);
  siginfo_t state{};
  ::waitid(P_PID, static_cast<id_t>(id_), &state, WSTOPPED | WEXITED | WNOWAIT);
}

bool Process::ends_within(std::chrono::milliseconds time) const {
  if (reaped_) return true;
  pollfd watched{process_descriptor_, POLLIN, 0};
  return ::poll(&watched, 1, static_cast<int>(time.count())) == 1;
}

Ended Process::wait(std::chrono::seconds patience) {
  close_input();
  const bool in_time = ends_within(patience);
  if (!in_time) signal(SIGKILL);
  int status = 0;
  ::waitpid(id_, &status, 0);
  reaped_ = true;
  for (Stream* stream : {&out_, &err_})
    stream->thread.join();
  if (!in_time) throw std::runtime_error("a program did not end in time: " + err_.text);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          out_.text,
          err_.text};
}

Ended Process::kill_after(std::chrono::milliseconds time) {
  if (!ends_within(time)) signal(SIGKILL);
  return wait();
}

std::optional<std::string> Process::error_line(std::string_view text,
                                               std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  std::unique_lock lock(mutex_);
  while (true) {
    const std::size_t found = err_.text.find(text);
    const std::size_t line_end = found == std::string::npos ? found : err_.text.find('\n', found);
    if (line_end != std::string::npos) {
      const std::size_t before = err_.text.rfind('\n', found);
      const std::size_t begin = before == std::string::npos ? 0 : before + 1;
      return err_.text.substr(begin, line_end - begin);
    }
    if (err_.ended || grown_.wait_until(lock, end) == std::cv_status::timeout) return std::nullopt;
  }
}

std::string Process::error_so_far() const {
  const std::scoped_lock lock(mutex_);
  return err_.text;
}

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

}  // namespace broadsheet::tests
