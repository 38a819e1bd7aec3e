// One block a record makes a difference between two dumps easy to read.
#include "tests/support/raw_articles.h"

#include <array>
#include <fstream>
#include <sstream>

#include "indexer/readers/formats.h"
#include "tests/support/byte_sources.h"

namespace broadsheet::tests {
namespace {

using indexer::RawArticle;

struct Member {
  const char* name;
  std::optional<std::string> RawArticle::*member;
};

constexpr std::array kMembers = {
    Member{"id", &RawArticle::id},
    Member{"url", &RawArticle::url},
    Member{"title", &RawArticle::title},
    Member{"body", &RawArticle::body},
    Member{"body_html", &RawArticle::body_html},
    Member{"summary", &RawArticle::summary},
    Member{"published", &RawArticle::published},
    Member{"updated", &RawArticle::updated},
    Member{"source_id", &RawArticle::source_id},
    Member{"source_name", &RawArticle::source_name},
    Member{"byline", &RawArticle::byline},
    Member{"section", &RawArticle::section},
    Member{"kicker", &RawArticle::kicker},
    Member{"genre", &RawArticle::genre},
    Member{"language", &RawArticle::language},
    Member{"image_url", &RawArticle::image_url},
    Member{"image_alt", &RawArticle::image_alt},
    Member{"image_credit", &RawArticle::image_credit},
    Member{"image_width", &RawArticle::image_width},
    Member{"image_height", &RawArticle::image_height},
    Member{"status", &RawArticle::status},
    Member{"embargoed_until", &RawArticle::embargoed_until},
    Member{"expires", &RawArticle::expires},
    Member{"correction", &RawArticle::correction},
    Member{"prompt", &RawArticle::prompt},
};

void line(std::string& out, const std::string& name, const std::string& value) {
  out += name + ": ";
  for (const char c : value)
    c == '\n' ? out += "\\n" : out += c;
  out += '\n';
}

void block(std::string& out, const RawArticle& article) {
  if (!article.refusal.empty()) line(out, "refused", article.refusal);
  for (const Member& one : kMembers) {
    if (article.*one.member) line(out, one.name, *(article.*one.member));
  }
  if (article.is_html) line(out, "is_html", "true");
  for (const std::string& author : article.authors)
    line(out, "author", author);
  for (const std::string& tag : article.tags)
    line(out, "tag", tag);
  for (const std::string& label : article.access.value_or(std::vector<std::string>()))
    line(out, "access", label);
  for (const auto& [name, json] : article.extra)
    line(out, "extra." + name, json);
  for (const std::string& repair : article.repairs)
    line(out, "repaired", repair);
}

RawArticle refused(const std::string& reason) {
  RawArticle article;
  article.refusal = reason;
  return article;
}

}  // namespace

std::vector<RawArticle> read_raw_bytes(std::string bytes,
                                       const std::string& format,
                                       indexer::ReaderOptions options) {
  std::vector<RawArticle> articles;
  auto unpacked = indexer::unpack(source_of(std::move(bytes)));
  if (!unpacked) return {refused(unpacked.error().message)};
  auto reader = indexer::open_reader(format, options, *std::move(unpacked));
  if (!reader) return {refused(reader.error().message)};
  while (true) {
    indexer::RawRecord record;
    const auto more = (*reader)->next(record);
    if (!more) articles.push_back(refused(more.error().message));
    if (!more || !*more) return articles;
    articles.push_back(record.refusal.empty() ? (*reader)->parse(record) : refused(record.refusal));
  }
}

std::vector<RawArticle> read_raw_articles(const std::string& file,
                                          const std::string& format,
                                          indexer::ReaderOptions options) {
  std::stringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  options.path = file;
  return read_raw_bytes(bytes.str(), format, std::move(options));
}

std::string to_text(const std::vector<RawArticle>& articles) {
  std::string out;
  for (const RawArticle& article : articles) {
    if (!out.empty()) out += "\n";
    block(out, article);
  }
  return out;
}

}  // namespace broadsheet::tests
