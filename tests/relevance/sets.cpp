// Asks the searcher in process, as the API would: no socket, no JSON.
#include "tests/relevance/sets.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "tests/relevance/test_data.h"

namespace broadsheet::relevance {
namespace {

using server::MatchMode;

constexpr std::array kMeasurements = {
    Measurement{"time", "time", "", "time", Ask::search, Titles::kept, MatchMode::any},
    Measurement{"time-auto", "time", "", "time", Ask::search, Titles::kept, MatchMode::automatic},
    Measurement{"knownitem-allsides-body",
                "allsides",
                "",
                "allsides-body",
                Ask::search,
                Titles::left_out,
                MatchMode::any},
    Measurement{"knownitem-allsides",
                "allsides",
                "",
                "allsides",
                Ask::search,
                Titles::kept,
                MatchMode::automatic},
    Measurement{"knownitem-reuters",
                "reuters21578",
                "",
                "reuters",
                Ask::search,
                Titles::kept,
                MatchMode::automatic},
    Measurement{"headlines-fi",
                "finnish",
                "",
                "finnish-body",
                Ask::headline,
                Titles::left_out,
                MatchMode::any},
    Measurement{"headlines-ar",
                "arabic",
                "",
                "arabic-body",
                Ask::headline,
                Titles::left_out,
                MatchMode::any},
    Measurement{"headlines-ja",
                "wikinews_ja",
                "",
                "japanese-body",
                Ask::headline,
                Titles::left_out,
                MatchMode::any},
    Measurement{
        "related-basil-alone", "basil", "", "basil", Ask::related, Titles::kept, MatchMode::any},
    Measurement{"related-basil",
                "basil",
                "allsides",
                "basil-allsides",
                Ask::related,
                Titles::kept,
                MatchMode::any},
    Measurement{"related-ecbplus",
                "ecbplus",
                "allsides",
                "ecbplus-allsides",
                Ask::related,
                Titles::kept,
                MatchMode::any},
    Measurement{"read-next-timeline17",
                "timeline17",
                "",
                "timeline17",
                Ask::read_next,
                Titles::kept,
                MatchMode::any},
    Measurement{"read-next-timeline17-allsides",
                "timeline17",
                "allsides",
                "timeline17-allsides",
                Ask::read_next,
                Titles::kept,
                MatchMode::any},
};

// Deep enough for recall at 100; trec_eval looks at 1,000, where nothing changes any more.
constexpr int kSearchDepth = 100;
constexpr std::size_t kHeadlines = 300;
// Nobody shows more links.
constexpr int kRelatedDepth = 30;
// Five stories of some six hundred articles each: a tenth tells as much in a tenth of the time.
constexpr std::size_t kReadNextStep = 10;

// Later than every article, so that nothing is embargoed; decay between articles does not ask it.
constexpr std::int64_t kNow = 1'800'000'000;

Result<RankedIds> search(server::Searcher& searcher, const std::string& text, MatchMode match) {
  server::SearchRequest request;
  request.query = text;
  request.match = match;
  request.limit = kSearchDepth;
  request.collapse = server::Collapse::none;  // the truth names one of several copies
  request.now = request.clock = kNow;
  auto response = searcher.search(request);
  if (!response) return pass_on(response.error());
  RankedIds ids;
  for (const auto& hit : response->hits)
    ids.push_back(hit.article.article.id);
  return ids;
}

// Copies are shown: the truth counts them as answers.
Result<RankedIds> related(server::Searcher& searcher, const std::string& id) {
  server::RelatedRequest request;
  request.limit = kRelatedDepth;
  request.collapse = server::Collapse::none;
  request.now = request.clock = kNow;
  auto response = searcher.related(id, request);
  if (!response) return pass_on(response.error());
  RankedIds ids;
  for (const auto& link : response->links)
    ids.push_back(link.article.article.id);
  return ids;
}

// As a page shows it.
Result<RankedIds> read_next(server::Searcher& searcher, const std::string& id) {
  server::ReadNextRequest request;
  request.now = request.clock = kNow;
  auto response = searcher.read_next(id, request);
  if (!response) return pass_on(response.error());
  RankedIds ids;
  for (const auto& item : response->items)
    ids.push_back(item.link.article.article.id);
  return ids;
}

Result<RankedIds> ask(server::Searcher& searcher,
                      const Measurement& measurement,
                      const Question& question) {
  if (measurement.ask == Ask::related) return related(searcher, question.id);
  if (measurement.ask == Ask::read_next) return read_next(searcher, question.id);
  return search(searcher, question.text, measurement.match);
}

void keep_every(std::size_t step, Truth& truth) {
  std::size_t place = 0;
  std::erase_if(truth, [&](const auto&) { return place++ % step != 0; });
}

std::vector<Question> questions_of(const Measurement& measurement,
                                   const std::filesystem::path& set,
                                   Truth& truth) {
  if (measurement.ask == Ask::related || measurement.ask == Ask::read_next) {
    truth = truth_of_stories(set / "stories.tsv");
    if (measurement.ask == Ask::read_next) keep_every(kReadNextStep, truth);
    std::vector<Question> questions;
    for (const auto& [article, judged] : truth)
      questions.push_back({article, article});
    return questions;
  }
  if (measurement.ask == Ask::headline) {
    Headlines headlines = headlines_of(article_files(set), kHeadlines);
    truth = std::move(headlines.truth);
    return std::move(headlines.questions);
  }
  const std::string prefix = std::filesystem::exists(set / "qrels.tsv") ? "" : "knownitem-";
  truth = read_judgments(set / (prefix + "qrels.tsv"));
  return read_questions(set / (prefix + "queries.jsonl"));
}

}  // namespace

std::span<const Measurement> measurements() {
  return kMeasurements;
}

double Outcome::within(double share) const {
  if (milliseconds.empty()) return 0;
  const auto last = static_cast<double>(milliseconds.size() - 1);
  return milliseconds[static_cast<std::size_t>(share * last)];
}

Result<Outcome> measure(const Measurement& measurement,
                        const std::filesystem::path& data,
                        const std::filesystem::path& work_dir) {
  auto files = article_files(data / measurement.set);
  if (!measurement.distractors.empty()) {
    for (const auto& file : article_files(data / measurement.distractors))
      files.push_back(file);
  }
  const std::filesystem::path data_dir = work_dir / measurement.archive;
  if (auto built = build_archive(data_dir, files, measurement.titles); !built) {
    return pass_on(built.error());
  }
  server::SessionPool pool(data_dir, 1);
  server::Searcher searcher(pool);
  Outcome outcome;
  for (const Question& question :
       questions_of(measurement, data / measurement.set, outcome.truth)) {
    const auto start = std::chrono::steady_clock::now();
    auto ids = ask(searcher, measurement, question);
    if (!ids) return pass_on(ids.error());
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    outcome.milliseconds.push_back(took.count());
    outcome.run.emplace(question.id, std::move(*ids));
  }
  std::sort(outcome.milliseconds.begin(), outcome.milliseconds.end());
  return outcome;
}

}  // namespace broadsheet::relevance
