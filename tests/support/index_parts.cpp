// Test parts are written plainly, article by article: the tests of the bulk road prove that it
// gives the same.
#include "tests/support/index_parts.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "indexer/write/document.h"
#include "indexer/write/generations.h"

namespace broadsheet::tests {

StoredArticle article_at(std::optional<std::int64_t> seconds, std::string body, DocId doc) {
  StoredArticle stored;
  stored.article_id = doc;
  stored.doc_id = doc;
  stored.change_seq = doc;
  stored.article.id = "a" + std::to_string(doc);
  stored.article.body = std::move(body);
  stored.article.language = "en";
  if (seconds) stored.article.published = Timestamp{*seconds};
  return stored;
}

std::vector<std::string> counted_words(const std::string& body) {
  std::vector<std::string> counted;
  std::istringstream words(body);
  std::size_t number = 0;
  for (std::string word; words >> word; ++number) {
    const std::uint32_t times =
        number < indexer::kOpeningWords ? indexer::kOpeningTimes : std::uint32_t{1};
    counted.insert(counted.end(), times, word);
  }
  return counted;
}

void write_index(const std::filesystem::path& data_dir,
                 const std::vector<PartContent>& newest_first) {
  LiveIndex live{1, {}};
  std::int64_t displacement = 0;
  for (const PartContent& content : newest_first) {
    for (const StoredArticle& stored : content.articles) {
      if (!stored.article.published) continue;
      const DocId wanted = doc_id_for(stored.article.published->seconds);
      displacement = std::max(displacement, std::int64_t{stored.doc_id} - wanted);
    }
  }
  for (std::size_t i = newest_first.size(); i-- > 0;) {
    std::filesystem::create_directories(generation_path(data_dir, 1));
    const auto path = indexer::next_part(data_dir, 1);
    Xapian::WritableDatabase part(path.string(), Xapian::DB_CREATE);
    stamp_part(part, "test");
    part.set_metadata(kAppliedSeqKey, "1");
    part.set_metadata(kDisplacementKey, std::to_string(displacement));
    indexer::DocumentBuilder builder;
    for (const StoredArticle& stored : newest_first[i].articles) {
      part.replace_document(stored.doc_id, builder.build(stored));
    }
    for (const DocId doc : newest_first[i].tombstones) {
      part.replace_document(doc, indexer::DocumentBuilder::tombstone());
    }
    part.commit();
    live.parts.insert(live.parts.begin(), path);
  }
  if (!indexer::publish(data_dir, live)) throw std::runtime_error("cannot write the stub");
}

}  // namespace broadsheet::tests
