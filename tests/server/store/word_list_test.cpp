// Words by beginning and by likeness; the distance against one computed in the plainest way.
#include "server/store/word_list.h"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts(const std::vector<CountedWord>& words) {
  std::vector<std::string> texts;
  for (const CountedWord& word : words)
    texts.push_back(word.word);
  return texts;
}

WordList sample() {
  WordList list;
  list.add("japan", 40);
  list.add("jar", 3);
  list.add("new york", 9);
  list.add("tarif", 2);
  list.add("tariff", 30);
  list.add("tariffs", 30);
  list.add("z\u00fcrich", 5);
  return list;
}

TEST(WordList, finds_words_by_their_beginning_most_frequent_first) {
  const WordList list = sample();
  EXPECT_THAT(texts(list.beginning_with("tar", 9)), ElementsAre("tariff", "tariffs", "tarif"));
  EXPECT_THAT(texts(list.beginning_with("ja", 1)), ElementsAre("japan"));
  EXPECT_THAT(list.beginning_with("zz", 9), IsEmpty());
  EXPECT_EQ(list.beginning_with("", 99).size(), list.size());
  EXPECT_THAT(WordList().beginning_with("a", 9), IsEmpty());
}

TEST(WordList, finds_labels_by_any_of_their_words) {
  EXPECT_THAT(texts(sample().with_word("yo", 9)), ElementsAre("new york"));
  EXPECT_THAT(texts(sample().with_word("new y", 9)), ElementsAre("new york"));
  EXPECT_THAT(sample().with_word("ork", 9), IsEmpty());
}

TEST(WordList, finds_what_is_like_a_word_and_not_itself) {
  EXPECT_THAT(texts(sample().alike("tarif", 1, 9)), ElementsAre("tariff"));
  EXPECT_THAT(texts(sample().alike("japna", 1, 9)), ElementsAre("japan"));
  EXPECT_THAT(texts(sample().alike("zurich", 1, 9)), ElementsAre("z\u00fcrich"));
  EXPECT_THAT(texts(sample().alike("tarrifs", 2, 9)), ElementsAre("tariff", "tariffs", "tarif"));
}

// Every word that one step leads to.
std::vector<std::string> one_step_from(const std::string& word) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    for (const char letter : {'a', 'b', 'c'}) {
      words.push_back(word.substr(0, i) + letter + word.substr(i));
      if (i < word.size()) words.push_back(word.substr(0, i) + letter + word.substr(i + 1));
    }
    if (i < word.size()) words.push_back(word.substr(0, i) + word.substr(i + 1));
    if (i + 1 < word.size()) {
      std::string swapped = word;
      std::swap(swapped[i], swapped[i + 1]);
      words.push_back(swapped);
    }
  }
  return words;
}

TEST(WordList, one_step_is_what_one_step_leads_to) {
  std::minstd_rand random(7);
  const auto made = [&random] {
    std::string word;
    for (std::size_t left = 1 + random() % 5; left > 0; --left)
      word += static_cast<char>('a' + random() % 3);
    return word;
  };
  for (int i = 0; i < 2000; ++i) {
    const std::string left = made();
    const std::string right = made();
    const auto reached = one_step_from(left);
    const bool expected =
        left == right || std::find(reached.begin(), reached.end(), right) != reached.end();
    EXPECT_EQ(are_alike(left, right, 1), expected) << left << ' ' << right;
  }
}

}  // namespace
}  // namespace broadsheet::server
