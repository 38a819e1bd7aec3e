// Synonyms that an operator keeps in a file: what else a word of a query may be called.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/text.h"
#include "server/search/query.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// A line of the file that is left out, and why.
struct SynonymFault {
  std::size_t line = 0;
  std::string message;
};

// What the lines of a synonym file say. Immutable once read.
//
// A line: "uk, united kingdom, britain" (each stands for the others too) or "uk => united kingdom"
// (what stands left may also be called what stands right, several of either with commas between
// them). Case and accents do not matter; # begins a comment.
class Synonyms {
 public:
  // A text for a name, found by the exact forms of the name's words.
  struct Rule {
    std::vector<std::string> words;
    std::vector<std::string> others;
  };

  [[nodiscard]] static Synonyms read(std::string_view text, std::vector<SynonymFault>& faults);

  [[nodiscard]] bool is_empty() const { return rules_.empty(); }

  // The rules whose name begins with this word, the longest name first; null without any.
  [[nodiscard]] const std::vector<Rule>* rules_for(const std::string& first_word) const;

 private:
  std::string take_line(std::string_view line, TextAnalyzer& analyzer);
  void add(const std::vector<std::string>& words, const std::vector<std::string>& others);

  std::unordered_map<std::string, std::vector<Rule>> rules_;
};

// The tree with every known name, outside quotation marks and NEAR, as a choice between what was
// typed and its synonyms, which weigh less; empty where nothing is known. `text` and `options` are
// those of the query.
[[nodiscard]] std::optional<QueryNode> with_synonyms(const QueryNode& root,
                                                     std::string_view text,
                                                     const Synonyms& synonyms,
                                                     const QueryOptions& options,
                                                     TextAnalyzer& analyzer);

// A synonym file, read again when it changes. Safe from many threads.
class SynonymFile {
 public:
  // Told what is wrong with the file, in one sentence; any thread.
  using Complaint = std::function<void(const std::string& message)>;

  // The file need not exist, now or ever.
  SynonymFile(std::filesystem::path path, Complaint complaint)
      : path_(std::move(path)), complaint_(std::move(complaint)) {}

  // What the file says now; never null.
  [[nodiscard]] std::shared_ptr<const Synonyms> current();

 private:
  void read_again();

  std::filesystem::path path_;
  Complaint complaint_;
  std::mutex mutex_;
  std::optional<std::filesystem::file_time_type> read_at_;  // its time when it was read
  std::shared_ptr<const Synonyms> synonyms_ = std::make_shared<const Synonyms>();
};

}  // namespace broadsheet::server
