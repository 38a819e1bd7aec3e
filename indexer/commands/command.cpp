// The flags of a command, told to CLI11.
#include "indexer/commands/command.h"

#include <utility>

#include <CLI/CLI.hpp>

namespace broadsheet::indexer {

CommandOption& CommandOption::required() {
  option_->required();
  return *this;
}

CommandOption& CommandOption::one_of(const std::vector<std::string>& values) {
  option_->check(CLI::IsMember(values));
  return *this;
}

CommandOption& CommandOption::range(int least, int most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

CommandOption& CommandOption::range(double least, double most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

CommandOption& CommandOption::check(std::function<std::string(const std::string&)> fault,
                                    const char* kind) {
  option_->check(CLI::Validator(std::move(fault), kind));
  return *this;
}

CommandOption& CommandOption::one_value_each() {
  option_->allow_extra_args(false);
  return *this;
}

CommandOption& CommandOption::excludes(const CommandOption& other) {
  option_->excludes(other.option_);
  return *this;
}

Command Command::add(const char* name, const char* what) {
  CLI::App* command = app_->add_subcommand(name, what);
  command->fallthrough();
  return Command(*command);
}

CommandOption Command::flag(const char* name, bool& into, const char* help) {
  return CommandOption(*app_->add_flag(name, into, help));
}

CommandOption Command::option(const char* name, std::string& into, const char* help) {
  return CommandOption(*app_->add_option(name, into, help));
}

CommandOption Command::option(const char* name, std::vector<std::string>& into, const char* help) {
  return CommandOption(*app_->add_option(name, into, help));
}

CommandOption Command::option(const char* name, int& into, const char* help) {
  return CommandOption(*app_->add_option(name, into, help));
}

CommandOption Command::option(const char* name,
                              std::optional<std::string>& into,
                              const char* help) {
  return CommandOption(*app_->add_option(name, into, help));
}

CommandOption Command::option(const char* name, std::optional<double>& into, const char* help) {
  return CommandOption(*app_->add_option(name, into, help));
}

Command& Command::needs_command() {
  app_->require_subcommand(1);
  return *this;
}

Command& Command::runs(std::function<void()> work) {
  app_->callback(std::move(work));
  return *this;
}

}  // namespace broadsheet::indexer
