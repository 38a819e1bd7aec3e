// Every field an article is found by: its name in queries, its term prefix, what it holds.
// Prefixes and slots are stored in the index: append only; never renumber. schema/README.md tells
// them in prose.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet {

enum class Field : std::uint8_t {
  body,
  title,
  author,
  source,
  section,
  kicker,
  tag,
  language,
  genre,
  site,
  access,
  duplicate,
  article_id,
  tombstone,
  story,
  id,
  has
};

// text: analysed words. label: whole values, folded. internal: written by us, not asked for by
// clients.
enum class FieldKind : std::uint8_t { text, label, internal };

struct FieldRow {
  Field field;
  std::string_view name;    // in queries (`name:`) and parameters
  std::string_view prefix;  // of its terms in the index
  FieldKind kind;
};

inline constexpr std::array kFields = {
    FieldRow{Field::body, "body", "", FieldKind::text},
    FieldRow{Field::title, "title", "S", FieldKind::text},
    FieldRow{Field::author, "author", "A", FieldKind::label},
    FieldRow{Field::source, "source", "XP", FieldKind::label},
    FieldRow{Field::section, "section", "XS", FieldKind::label},
    FieldRow{Field::kicker, "kicker", "XK", FieldKind::label},
    FieldRow{Field::tag, "tag", "K", FieldKind::label},
    FieldRow{Field::language, "language", "L", FieldKind::label},
    FieldRow{Field::genre, "genre", "XG", FieldKind::label},
    FieldRow{Field::site, "site", "H", FieldKind::label},
    FieldRow{Field::access, "access", "XA", FieldKind::internal},
    FieldRow{Field::duplicate, "duplicate", "XD", FieldKind::internal},
    FieldRow{Field::article_id, "article_id", "Q", FieldKind::internal},
    FieldRow{Field::tombstone, "tombstone", "XT", FieldKind::internal},
    FieldRow{Field::story, "story", "XC", FieldKind::label},
    FieldRow{Field::id, "id", "XI", FieldKind::label},
    FieldRow{Field::has, "has", "XH", FieldKind::label},
};

constexpr const FieldRow& row_of(Field field) {
  return kFields[static_cast<std::size_t>(field)];
}

static_assert(
    [] {
      for (std::size_t i = 0; i < kFields.size(); ++i) {
        if (static_cast<std::size_t>(kFields[i].field) != i) return false;
      }
      return true;
    }(),
    "kFields lists the fields in the order of the enum");

// Value slots of a document. Append only; never renumber.
enum class Slot : std::uint32_t {
  published = 0,   // seconds since 1970, Xapian::sortable_serialise; absent when undated
  change_seq = 1,  // the catalog's change_seq, Xapian::sortable_serialise
  duplicate = 2,   // 8 bytes: the group of near-duplicates; absent for an article in none
  updated = 3,     // as published; absent when never updated
  ingested = 4,    // first seen, as published; always there
  whole_days = 5   // one byte of kWholeDay bits; absent when both times are exact
};

// Bits of Slot::whole_days: the time is a day only, 00:00 UTC of it.
inline constexpr unsigned char kPublishedIsDay = 1;
inline constexpr unsigned char kUpdatedIsDay = 2;

constexpr std::uint32_t number_of(Slot slot) {
  return static_cast<std::uint32_t>(slot);
}

// The term of a label: prefix and folded value. Values over 200 bytes are cut there and end in a
// hash of the whole, so that a term never passes Xapian's limit of 245 bytes.
[[nodiscard]] std::string label_term(Field field, std::string_view value);

// The term that the articles of one group of near-duplicates share, from the number in
// Slot::duplicate.
[[nodiscard]] std::string duplicate_term(std::uint64_t group);

// What an article may have beside its text: the values of Field::has.
inline constexpr std::array<std::string_view, 3> kParts = {"correction", "image", "summary"};

// The host of a URL without "www."; empty when there is none.
[[nodiscard]] std::string site_of(std::string_view url);

// What `site:` finds a URL by: its host as site_of() has it and the domains above, but for the
// topmost: edition.cnn.com, cnn.com.
[[nodiscard]] std::vector<std::string> sites_of(std::string_view url);

}  // namespace broadsheet
