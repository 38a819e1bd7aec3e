// The yardstick for loading: the plain loop that Xapian's own guide teaches, over the same
// articles. One thread, TermGenerator with stems and positions, default flush. Only that loop is
// timed: the texts are read into memory before, which favours the yardstick.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <xapian.h>

namespace {

struct Text {
  std::string title;
  std::string body;
};

// An article without a title or body bears null there.
std::string text_of(const nlohmann::json& article, const char* member) {
  const auto found = article.find(member);
  return found != article.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<Text> read_texts(const char* path) {
  std::vector<Text> texts;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json article = nlohmann::json::parse(line);
    texts.push_back({text_of(article, "title"), text_of(article, "body")});
  }
  return texts;
}

void index_plainly(const std::vector<Text>& texts, const std::filesystem::path& folder) {
  Xapian::WritableDatabase index(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("en"));
  for (const Text& text : texts) {
    Xapian::Document document;
    generator.set_document(document);
    generator.set_termpos(0);
    generator.index_text(text.title, 1, "S");
    generator.increase_termpos();
    generator.index_text(text.body);
    index.add_document(document);
  }
  index.commit();
}

}  // namespace

int main() {
  const char* articles = std::getenv("BROADSHEET_BENCH_ARTICLES");
  const char* data = std::getenv("BROADSHEET_BENCH_DATA");
  if (articles == nullptr || data == nullptr) {
    std::cerr << "set BROADSHEET_BENCH_ARTICLES and BROADSHEET_BENCH_DATA; scripts/bench does\n";
    return 2;
  }
  const std::vector<Text> texts = read_texts(articles);
  const std::filesystem::path folder = std::filesystem::path(data).parent_path() / "bare-xapian";
  const auto started = std::chrono::steady_clock::now();
  index_plainly(texts, folder);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  std::filesystem::remove_all(folder);
  std::cout << "bare Xapian loop, same texts\t" << seconds.count() << "\ts\n";
  return 0;
}
