// Reading stories. The column order here and kStoryColumns belong together.
#include "schema/story.h"

namespace broadsheet {
namespace {

Result<std::optional<Story>> first_of(sqlite::Statement& statement) {
  const sqlite::StatementReset reset(statement);
  auto row = statement.step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<Story>();
  return std::optional(read_story(statement));
}

std::string select_where(std::string_view condition) {
  std::string sql = "SELECT ";
  sql += kStoryColumns;
  sql += " FROM ";
  sql += kStoryTables;
  sql += " WHERE ";
  sql += condition;
  return sql;
}

}  // namespace

Story read_story(const sqlite::Statement& row) {
  Story story;
  story.number = row.integer(0);
  story.id = row.text(1);
  story.title = row.text(2);
  story.kicker = row.text(3);
  story.first = row.optional_integer(4);
  story.last = row.optional_integer(5);
  story.size = row.integer(6);
  story.merged_into = row.text(7);
  return story;
}

Result<std::optional<Story>> find_story(sqlite::Database& catalog, std::string_view id) {
  static const std::string kById = select_where("st.id = ?1");
  auto statement = catalog.statement(kById);
  if (!statement) return pass_on(statement.error());
  (*statement)->bind(1, id);
  return first_of(**statement);
}

Result<std::optional<Story>> find_story(sqlite::Database& catalog, std::int64_t number) {
  static const std::string kByNumber = select_where("st.story_id = ?1");
  auto statement = catalog.statement(kByNumber);
  if (!statement) return pass_on(statement.error());
  (*statement)->bind(1, number);
  return first_of(**statement);
}

}  // namespace broadsheet
