// One command and its flags, as the files of this folder declare them. Stands before CLI11, whose
// templates take every file that includes them ten seconds to compile.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library has it so
class App;
class Option;
}  // namespace CLI

namespace broadsheet::indexer {

// What is asked of an option's value. A handle: it must not outlive the program's CLI::App.
class CommandOption {
 public:
  explicit CommandOption(CLI::Option& option) : option_(&option) {}

  CommandOption& required();
  CommandOption& one_of(const std::vector<std::string>& values);
  // Both ends may be given.
  CommandOption& range(int least, int most);
  CommandOption& range(double least, double most);
  // `fault` says what is wrong with a value, and nothing of a good one; `kind` names it in --help.
  CommandOption& check(std::function<std::string(const std::string&)> fault, const char* kind);
  // For lists: the flag is repeated for each value, so that what follows stays an argument.
  CommandOption& one_value_each();
  CommandOption& excludes(const CommandOption& other);

 private:
  CLI::Option* option_;
};

// A command, or the whole program as the parent of commands. A handle: it must not outlive the
// program's CLI::App, nor may the variables that its options fill go before that was parsed.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}

  // A command under this one. The program's own flags may also stand after its name.
  Command add(const char* name, const char* what);

  CommandOption flag(const char* name, bool& into, const char* help);
  // A name without dashes is a positional argument.
  CommandOption option(const char* name, std::string& into, const char* help);
  CommandOption option(const char* name, std::vector<std::string>& into, const char* help);
  CommandOption option(const char* name, int& into, const char* help);
  CommandOption option(const char* name, std::optional<std::string>& into, const char* help);
  CommandOption option(const char* name, std::optional<double>& into, const char* help);

  // One of the commands under this one must be given.
  Command& needs_command();
  // What is run when the flags are read and well.
  Command& runs(std::function<void()> work);

 private:
  CLI::App* app_;
};

}  // namespace broadsheet::indexer
