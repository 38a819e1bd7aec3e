// Runs .rel files. A list is asked for when the first expectation needs it.
#include "tests/relevance/rel_file.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include <fmt/format.h>

namespace broadsheet::relevance {
namespace {

constexpr std::int64_t kNow = 1'750'500'000;  // 21 June 2025: after the last article of the sample

using server::Relation;

const std::map<std::string, server::MatchMode> kModes = {{"auto", server::MatchMode::automatic},
                                                         {"all", server::MatchMode::all},
                                                         {"any", server::MatchMode::any}};
const std::map<std::string, Relation> kKinds = {{"update", Relation::update},
                                                {"background", Relation::background},
                                                {"analysis", Relation::analysis},
                                                {"same_story", Relation::same_story},
                                                {"duplicate", Relation::duplicate}};

struct Listed {
  std::string id;
  std::optional<Relation> relation;
};

class RelFile {
 public:
  explicit RelFile(server::Searcher& searcher) : searcher_(searcher) {}

  // What is wrong with one line; empty when nothing is.
  std::string run(const std::string& verb, const std::string& rest) {
    if (verb == "query" || verb == "related") {
      verb_ = verb;
      asked_ = rest;
      match_ = server::MatchMode::automatic;
      list_.reset();
      return {};
    }
    if (verb == "match") {
      if (!kModes.contains(rest)) return "match takes auto, all or any";
      match_ = kModes.at(rest);
      return {};
    }
    if (asked_.empty()) return "nothing is asked above this line";
    if (!list_) ask();
    return expect(verb, words(rest));
  }

 private:
  static std::vector<std::string> words(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> all;
    for (std::string word; stream >> word;)
      all.push_back(word);
    return all;
  }

  void ask() {
    list_.emplace();
    if (verb_ == "query") {
      server::SearchRequest request;
      request.query = asked_;
      request.match = match_;
      request.now = request.clock = kNow;
      const auto response = searcher_.search(request);
      if (!response) return;
      for (const auto& hit : response->hits)
        list_->push_back({hit.article.article.id, std::nullopt});
      return;
    }
    server::RelatedRequest request;
    request.now = request.clock = kNow;
    const auto response = searcher_.related(asked_, request);
    if (!response) return;
    for (const auto& link : response->links)
      list_->push_back({link.article.article.id, link.relation});
  }

  // Its place, counted from 0; the length of the list when it is not there.
  std::size_t place_of(const std::string& id) const {
    const auto found = std::find_if(
        list_->begin(), list_->end(), [&](const Listed& listed) { return listed.id == id; });
    return static_cast<std::size_t>(found - list_->begin());
  }

  std::string expect(const std::string& verb, const std::vector<std::string>& ids) const {
    if (ids.empty()) return verb + " needs an id";
    if (verb == "first") return place_of(ids[0]) == 0 && !list_->empty() ? "" : shown();
    if (verb == "above") return expect_order(ids);
    if (verb == "kind") return expect_kind(ids);
    if (verb != "present" && verb != "absent") return "no such word: " + verb;
    const bool wanted = verb == "present";
    const bool holds = std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
      return (place_of(id) < list_->size()) == wanted;
    });
    return holds ? "" : shown();
  }

  std::string expect_order(const std::vector<std::string>& ids) const {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (place_of(ids[i]) == list_->size()) return shown();
      if (i > 0 && place_of(ids[i - 1]) >= place_of(ids[i])) return shown();
    }
    return {};
  }

  std::string expect_kind(const std::vector<std::string>& words) const {
    if (words.size() != 2 || !kKinds.contains(words[1])) return "kind takes an id and a relation";
    const std::size_t place = place_of(words[0]);
    const bool holds = place < list_->size() && (*list_)[place].relation == kKinds.at(words[1]);
    return holds ? "" : shown();
  }

  std::string shown() const {
    std::string ids;
    for (const Listed& listed : *list_)
      ids += " " + listed.id;
    return "the list is" + (ids.empty() ? " empty" : ids);
  }

  server::Searcher& searcher_;
  std::string verb_;
  std::string asked_;
  server::MatchMode match_ = server::MatchMode::automatic;
  std::optional<std::vector<Listed>> list_;
};

}  // namespace

std::vector<std::string> failures_of(const std::filesystem::path& file,
                                     server::Searcher& searcher) {
  std::ifstream stream(file);
  if (!stream) return {"cannot read " + file.string()};
  std::vector<std::string> failures;
  RelFile rel(searcher);
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    std::istringstream parts(line);
    std::string verb;
    if (!(parts >> verb) || verb.front() == '#') continue;
    std::string rest;
    std::getline(parts >> std::ws, rest);
    const std::string wrong = rel.run(verb, rest);
    if (wrong.empty()) continue;
    failures.push_back(fmt::format("{}:{}: {}: {}", file.filename().string(), number, line, wrong));
  }
  return failures;
}

}  // namespace broadsheet::relevance
