// A program run by a test: its input is a pipe, its output is collected, it is dead when the test
// ends. Start processes from the test's own thread: a child is killed when the thread that started
// it ends, so that none outlives a test that crashed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace broadsheet::tests {

// How a program ended, and all that it said.
struct Ended {
  int status = -1;  // exit status; -1 when a signal ended it
  int signal = 0;   // the signal that ended it
  std::string out;
  std::string err;
};

class Process {
 public:
  // Starts `arguments[0]` with empty input, or with a pipe that write() fills.
  enum class Input { none, pipe };
  explicit Process(const std::vector<std::string>& arguments, Input input = Input::none);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // False when the program does not read any more.
  bool write(std::string_view bytes);
  void close_input();

  void signal(int number) const;

  // Sends SIGSTOP and returns once the program stands still, or has ended.
  void pause() const;

  [[nodiscard]] pid_t id() const { return id_; }

  // Waits for the end; a program that is still there after `patience` is killed and throws.
  Ended wait(std::chrono::seconds patience = std::chrono::seconds(120));
  // SIGKILL after this time, unless it has ended by itself.
  Ended kill_after(std::chrono::milliseconds time);
  // Whether it ends in this time.
  [[nodiscard]] bool ends_within(std::chrono::milliseconds time) const;

  // The first line on standard error that has `text` in it; nothing when the output ends or
  // `patience` passes without one.
  std::optional<std::string> error_line(
      std::string_view text, std::chrono::milliseconds patience = std::chrono::seconds(60));
  // What stands on standard error by now.
  [[nodiscard]] std::string error_so_far() const;

 private:
  // One stream of the program and the thread that empties it.
  struct Stream {
    int descriptor = -1;
    std::string text;
    bool ended = false;
    std::thread thread;
  };

  void collect(Stream& stream);

  pid_t id_ = -1;
  int process_descriptor_ = -1;
  int input_ = -1;
  bool reaped_ = false;
  mutable std::mutex mutex_;  // guards text and ended of both streams
  std::condition_variable grown_;
  Stream out_;
  Stream err_;
};

// Polls until `condition` holds; false when it does not within `patience`.
bool eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds patience = std::chrono::seconds(60));

}  // namespace broadsheet::tests
