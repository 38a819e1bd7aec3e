// The part of CatalogReader that knows how labels are spelt.
#include "server/store/facet_labels.h"

#include <algorithm>
#include <array>

#include "server/store/catalog_reader.h"

namespace broadsheet::server {
namespace {

// Which column holds the values of a field; `name` beside it, and whether it is a list.
struct ColumnRow {
  Field field;
  const char* select;
};

constexpr std::array kColumns = {
    ColumnRow{Field::source,
              "SELECT s.id, s.name FROM article a JOIN source s ON s.source_id = a.source_id "
              "WHERE a.doc_id = ?1"},
    ColumnRow{Field::section, "SELECT section, NULL FROM article WHERE doc_id = ?1"},
    ColumnRow{Field::kicker, "SELECT kicker, NULL FROM article WHERE doc_id = ?1"},
    ColumnRow{Field::author, "SELECT authors, NULL FROM article WHERE doc_id = ?1"},
    ColumnRow{Field::tag, "SELECT tags, NULL FROM article WHERE doc_id = ?1"},
    ColumnRow{Field::language, "SELECT language, NULL FROM article WHERE doc_id = ?1"},
    ColumnRow{Field::genre, "SELECT genre, NULL FROM article WHERE doc_id = ?1"},
};

}  // namespace

Result<std::vector<WrittenLabel>> CatalogReader::labels(Field field,
                                                        const std::vector<DocId>& docs) {
  std::vector<WrittenLabel> labels;
  const auto* row = std::find_if(kColumns.begin(), kColumns.end(), [field](const ColumnRow& known) {
    return known.field == field;
  });
  if (row == kColumns.end()) return labels;
  auto statement = database_.statement(row->select);
  if (!statement) return pass_on(statement.error());
  for (const DocId doc : docs) {
    const sqlite::StatementReset reset(**statement);
    (*statement)->bind(1, std::int64_t{doc});
    auto found = (*statement)->step();
    if (!found) return pass_on(found.error());
    if (!*found) continue;
    // No label but those of lists holds a line break.
    for (std::string& value : split_lines((*statement)->text(0)))
      labels.push_back({std::move(value), std::string((*statement)->text(1))});
  }
  return labels;
}

}  // namespace broadsheet::server
