// Reading the file, and following it.
#include "server/search/synonyms.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace broadsheet::server {
namespace {

// Ten thousand lines of some names each.
constexpr std::uintmax_t kMaxFileBytes = 1U << 20U;
constexpr std::size_t kMaxNames = 32;  // of a line
constexpr std::size_t kMaxNameWords = 8;

constexpr std::string_view kArrow = "=>";

struct Name {
  std::string text;
  std::vector<std::string> words;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// The names between commas; none when one of them is no name.
std::vector<Name> names_of(std::string_view list, TextAnalyzer& analyzer, std::string& fault) {
  std::vector<Name> names;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    Name name;
    name.text = trimmed(list.substr(at, comma - at));
    at = comma + 1;
    analyzer.analyze(
        name.text, "", [&](const Token& token) { name.words.emplace_back(token.term); });
    if (name.words.empty()) fault = "a name without a word";
    if (name.words.size() > kMaxNameWords) fault = "a name of more than 8 words";
    names.push_back(std::move(name));
  }
  if (names.size() > kMaxNames) fault = "more than 32 names";
  return names;
}

// The names that are another one than `but`.
std::vector<std::string> texts_of(const std::vector<Name>& names, const Name& but) {
  std::vector<std::string> texts;
  for (const Name& name : names) {
    if (name.words != but.words) texts.push_back(name.text);
  }
  return texts;
}

}  // namespace

void Synonyms::add(const std::vector<std::string>& words, const std::vector<std::string>& others) {
  if (others.empty()) return;
  std::vector<Rule>& rules = rules_[words.front()];
  const auto same = std::find_if(
      rules.begin(), rules.end(), [&](const Rule& rule) { return rule.words == words; });
  if (same != rules.end()) {
    same->others.insert(same->others.end(), others.begin(), others.end());
    return;
  }
  const auto shorter = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
    return rule.words.size() < words.size();
  });
  rules.insert(shorter, {words, others});
}

// Returns what is wrong with the line, empty when nothing is.
std::string Synonyms::take_line(std::string_view line, TextAnalyzer& analyzer) {
  const std::size_t arrow = line.find(kArrow);
  std::string fault;
  const std::vector<Name> names = names_of(line.substr(0, arrow), analyzer, fault);
  const bool is_one_way = arrow != std::string_view::npos;
  std::vector<Name> others;
  if (is_one_way) others = names_of(line.substr(arrow + kArrow.size()), analyzer, fault);
  if (!is_one_way && names.size() < 2) fault = "one name alone";
  if (!fault.empty()) return fault;
  for (const Name& name : names)
    add(name.words, texts_of(is_one_way ? others : names, name));
  return {};
}

Synonyms Synonyms::read(std::string_view text, std::vector<SynonymFault>& faults) {
  Synonyms synonyms;
  TextAnalyzer analyzer;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view whole = text.substr(at, end - at);
    const std::string_view line = trimmed(whole.substr(0, whole.find('#')));
    at = end + 1;
    ++number;
    if (line.empty()) continue;
    std::string fault = synonyms.take_line(line, analyzer);
    if (!fault.empty()) faults.push_back({number, std::move(fault)});
  }
  return synonyms;
}

const std::vector<Synonyms::Rule>* Synonyms::rules_for(const std::string& first_word) const {
  const auto found = rules_.find(first_word);
  return found == rules_.end() ? nullptr : &found->second;
}

std::shared_ptr<const Synonyms> SynonymFile::current() {
  std::error_code missing;
  const auto time = std::filesystem::last_write_time(path_, missing);
  const std::optional now = missing ? std::nullopt : std::optional(time);
  const std::scoped_lock lock(mutex_);
  if (now != read_at_) {
    read_at_ = now;
    read_again();
  }
  return synonyms_;
}

void SynonymFile::read_again() {
  synonyms_ = std::make_shared<const Synonyms>();
  if (!read_at_) return;
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(path_, unknown);
  std::ifstream file(path_, std::ios::binary);
  if (unknown || !file || bytes > kMaxFileBytes) {
    complaint_(path_.string() + " cannot be read, or holds more than a megabyte: no synonyms");
    return;
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::vector<SynonymFault> faults;
  synonyms_ = std::make_shared<const Synonyms>(Synonyms::read(text, faults));
  for (const SynonymFault& fault : faults) {
    complaint_(path_.string() + ", line " + std::to_string(fault.line) + ": " + fault.message +
               "; left out");
  }
}

}  // namespace broadsheet::server
