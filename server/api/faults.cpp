// The 400 of a request with one or more mistakes.
#include "server/api/faults.h"

#include <algorithm>
#include <utility>

#include "schema/utf8.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kMostCitedBytes = 64;

}  // namespace

std::string cited(std::string_view text) {
  if (text.size() <= kMostCitedBytes) return std::string(text);
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text, end), 1);
    if (end + length > kMostCitedBytes) break;
    end += length;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string sentence_of(std::string_view message, std::string_view param) {
  const bool names_param = !param.empty() && message.starts_with(param) &&
                           message.substr(param.size()).starts_with(": ");
  if (names_param) message.remove_prefix(param.size() + 2);
  std::string sentence(message);
  if (sentence.empty()) return sentence;
  // A name at the beginning ("title: has no value") keeps its spelling.
  const bool begins_with_name = sentence.substr(0, sentence.find(' ')).ends_with(':');
  if (!begins_with_name && sentence.front() >= 'a' && sentence.front() <= 'z') {
    sentence.front() = static_cast<char>(sentence.front() - 'a' + 'A');
  }
  if (!sentence.ends_with('.')) sentence += '.';
  return sentence;
}

void Faults::add(Fault fault) {
  if (!full()) faults_.push_back(std::move(fault));
}

void Faults::bad(std::string_view param, std::string detail, std::string hint) {
  add({"bad_parameter", {std::move(detail), std::string(param), std::nullopt}, std::move(hint)});
}

void Faults::unknown(std::string_view param, std::string_view nearest) {
  const std::string name = cited(param);
  add({"unknown_parameter",
       {"There is no parameter \"" + name + "\" here.", name, std::nullopt},
       nearest.empty() ? "No parameters are known here."
                       : "Did you mean \"" + std::string(nearest) + "\"?"});
}

Problem Faults::problem() const {
  const Fault& first = faults_.front();
  Problem problem;
  problem.code = first.code;
  problem.detail = first.item.detail;
  problem.param = first.item.param;
  if (!first.hint.empty()) problem.hint = first.hint;
  if (faults_.size() == 1) return problem;
  for (const Fault& fault : faults_) {
    ProblemItem item = fault.item;
    if (!fault.hint.empty()) item.detail += " " + fault.hint;
    problem.errors.push_back(std::move(item));
  }
  return problem;
}

}  // namespace broadsheet::server
