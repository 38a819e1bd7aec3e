// What an archive's articles say and are called by, as lists of words: what suggestions and "did
// you mean" choose from.
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <string>

#include "server/store/word_list.h"

namespace broadsheet::server {

// The words of one part of the index. Immutable.
struct Vocabulary {
  std::string part;  // its name
  WordList words;    // of titles and bodies: exact forms and stems, in two articles or more
  WordList titles;   // stems of titles
  WordList kickers;  // labels, folded, as the next two
  WordList authors;
  WordList tags;
};

// The list that terms with a prefix of schema/fields.h go to; null for those that nobody looks up.
[[nodiscard]] const WordList* list_of(const Vocabulary& vocabulary, std::string_view prefix);

// Holds the vocabulary of the largest part. It is read from end to end when it is first asked for,
// about a second for a million words; and again, on a thread beside, when that part is another one.
// Safe from many threads.
class VocabularyKeeper {
 public:
  // Of the part with this name, which lies there, or of the one before it until that is read. Null
  // when it cannot be read.
  [[nodiscard]] std::shared_ptr<const Vocabulary> get(const std::string& name,
                                                      const std::filesystem::path& path);

 private:
  using Kept = std::shared_ptr<const Vocabulary>;

  std::mutex mutex_;
  Kept kept_;
  std::future<Kept> reading_;
};

}  // namespace broadsheet::server
