// Finds the marked words of a query in running text without analysing all of it: words that begin
// like none of the query's are passed over, the others go through the analyser with all that is
// written together with them, so that they become the tokens they are in the index.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/text.h"
#include "server/search/snippets_marks.h"
#include "server/search/snippets_starts.h"

namespace broadsheet::server {

// A match in a text: the bytes [begin, end), and which marked terms it is (bit N: the Nth).
struct Mark {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t terms = 0;
};

// Where a scan looks and when it has seen enough. Begin and end lie between words.
struct ScanRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t wanted = 0;  // stop once marks of all these terms lie within `span` bytes; 0: never
  std::uint32_t span = 0;
};

// Knows the terms of one query. Not thread-safe.
class TermScanner {
 public:
  // More marks than that make no better snippet; a scan that wants something stops there.
  static constexpr std::size_t kEnoughMarks = 128;

  // The analyser must outlive the scanner.
  explicit TermScanner(TextAnalyzer& analyzer) : analyzer_(analyzer) {}

  // Forgets what it looked for and takes the first 64 of `terms`.
  void look_for(const std::vector<MarkedTerm>& terms);

  // Appends the marks within a range of `text`, in the order of their ends.
  void scan(std::string_view text,
            std::string_view language,
            const ScanRange& range,
            std::vector<Mark>& marks);

  // Which terms are marked in bodies; in titles all are.
  [[nodiscard]] std::uint64_t body_terms() const { return body_terms_; }

  // What finding all of these terms is worth.
  [[nodiscard]] double worth(std::uint64_t terms) const;

 private:
  // What a string means to the query.
  struct Use {
    std::uint64_t words = 0;    // terms it is by itself
    std::uint64_t phrases = 0;  // phrases that end in it
    std::uint32_t number = 0;   // of the string
    bool is_in_phrase = false;
  };

  struct Phrase {
    std::size_t bit = 0;
    std::vector<std::uint32_t> numbers;
    std::vector<std::uint32_t> offsets;
  };

  // A token that means something.
  struct Found {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint64_t words = 0;
    std::uint64_t phrases = 0;
    std::uint32_t number = 0;
    bool is_in_phrase = false;
  };

  struct Hash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the library's name

    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  // One run over one text.
  struct Scan {
    std::string_view text;
    std::string_view language;
    ScanRange range;
    std::vector<Mark>& marks;
    StemStart trust = StemStart::changed;
    std::size_t done = 0;  // words that begin before have been dealt with
    std::uint64_t seen = 0;
    std::array<std::uint32_t, 64> last{};  // where each term was seen last
    bool is_done = false;
  };
  enum class Keep { all, at_start };

  void add_word(const MarkedTerm& term, std::size_t bit);
  void add_phrase(const MarkedTerm& term, std::size_t bit);
  Use& use_of(const std::string& term);

  void scan_block(Scan& scan, std::size_t begin, std::uint64_t& carry);
  void check_start(Scan& scan, std::size_t at);
  void check_together(Scan& scan, std::size_t at);
  void check_pair(Scan& scan, std::size_t at);
  void analyze(Scan& scan, std::size_t begin, std::size_t end, Keep keep);
  void take(Scan& scan, const Found& found);
  void add_mark(Scan& scan, const Mark& mark);
  [[nodiscard]] const Found* start_of(const Phrase& phrase, const Scan& scan);
  [[nodiscard]] bool are_adjacent(const Found& left,
                                  const Found& right,
                                  std::uint32_t distance,
                                  const Scan& scan);

  TextAnalyzer& analyzer_;
  WordStarts starts_;
  std::unordered_map<std::string, Use, Hash, std::equal_to<>> uses_;
  std::vector<Phrase> phrases_;
  std::vector<double> weights_;
  std::uint64_t body_terms_ = 0;
  std::vector<Found> found_;   // kept for its memory
  std::vector<Found> recent_;  // words of phrases in the text being scanned
};

}  // namespace broadsheet::server
