// Everything said is kept as it came; what it comes to is worked out when it is asked for.
#include "server/desk/feedback.h"

#include <map>
#include <string>
#include <utility>

#include <spdlog/fmt/fmt.h>

#include "schema/hash.h"
#include "schema/text.h"

namespace broadsheet::server {
namespace {

// What was said of a pair so far.
struct Opinion {
  Judgment judgment;
  bool is_decided = false;  // somebody has accepted or rejected it
};

// Takes one more word on a pair into account; a later one counts more than all before it.
void count(const Feedback& said, std::map<std::pair<std::string, std::string>, Opinion>& opinions) {
  const std::string question = said.article.empty() ? query_id(said.query) : said.article;
  Opinion& opinion = opinions[{question, said.other}];
  opinion.judgment.question = question;
  opinion.judgment.text = said.query;
  opinion.judgment.other = said.other;
  if (said.verdict != Verdict::click) {
    opinion.judgment.relevant = said.verdict == Verdict::accept;
    opinion.is_decided = true;
  } else if (!opinion.is_decided) {
    opinion.judgment.relevant = true;
  }
}

}  // namespace

std::string query_id(const std::string& query) {
  return fmt::format("q{:016x}", fnv1a_64(fold(query)));
}

Result<void> add_feedback(sqlite::Database& desk, const Feedback& feedback) {
  auto insert = desk.statement(
      "INSERT INTO feedback (article, query, other, verdict, given_by, position, given) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  if (!insert) return pass_on(insert.error());
  return (*insert)
      ->bind_text_or_null(1, feedback.article)
      .bind_text_or_null(2, feedback.query)
      .bind(3, feedback.other)
      .bind(4, static_cast<std::int64_t>(feedback.verdict))
      .bind_text_or_null(5, feedback.by)
      .bind(6, feedback.position)
      .bind(7, feedback.given)
      .run();
}

Result<std::vector<Judgment>> judgments_in(sqlite::Database& desk) {
  auto select =
      desk.statement("SELECT article, query, other, verdict FROM feedback ORDER BY feedback_id");
  if (!select) return pass_on(select.error());
  std::map<std::pair<std::string, std::string>, Opinion> opinions;
  auto done = (*select)->for_each_row([&]() -> Result<void> {
    const sqlite::Statement& row = **select;
    Feedback said;
    said.article = row.text(0);
    said.query = row.text(1);
    said.other = row.text(2);
    said.verdict = static_cast<Verdict>(row.integer(3));
    count(said, opinions);
    return {};
  });
  if (!done) return pass_on(done.error());
  std::vector<Judgment> judgments;
  judgments.reserve(opinions.size());
  for (auto& [pair, opinion] : opinions)
    judgments.push_back(std::move(opinion.judgment));
  return judgments;
}

}  // namespace broadsheet::server
