// Numbers, names and quotes are found by the words of the one text analysis and what stands between
// them; capitals tell a name.
#include "server/search/additions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schema/text_unicode.h"
#include "schema/utf8.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kMostWordsOfName = 5;
constexpr std::size_t kLeastWordsOfQuote = 4;
// Of scripts without blanks: as many characters as four words are.
constexpr std::size_t kLeastCharactersOfQuote = 12;
constexpr std::size_t kMostBytesOfQuote = 400;
// What lies beyond in a text is not looked at.
constexpr std::size_t kMostBytesOfText = std::size_t{64} * 1024;

// What opens and closes a quote.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kQuoteMarks = {{
    {"“", "”"},
    {"\"", "\""},
    {"«", "»"},
    {"„", "“"},
    {"「", "」"},
}};

constexpr std::array<std::string_view, 4> kCurrencies = {"$", "€", "£", "¥"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_capital(std::string_view text, std::size_t at) {
  const std::size_t length = utf8_length(text, at);
  const std::string_view letter = text.substr(at, length);
  return length > 0 && !is_digit(letter.front()) && casefold_letters(letter) != letter;
}

// Bytes of the currency that a text ends in; 0 for none.
std::size_t currency_before(std::string_view text) {
  const auto currency =
      std::find_if(kCurrencies.begin(), kCurrencies.end(), [text](std::string_view sign) {
        return text.ends_with(sign);
      });
  return currency == kCurrencies.end() ? 0 : currency->size();
}

// Without any, a row of words is a heading or an acronym.
bool has_small_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(1, utf8_length(text, at));
    const std::string_view letter = text.substr(at, length);
    const bool is_ascii = length == 1;
    if (is_ascii ? letter[0] >= 'a' && letter[0] <= 'z' : casefold_letters(letter) == letter)
      return true;
    at += length;
  }
  return false;
}

// Two words of one name: "Jean-Luc Moreau", "J. Doe", "U.S. Treasury".
bool are_joined(std::string_view word, std::string_view between) {
  constexpr std::size_t kLongestShortForm = 3;
  return between == " " || between == "-" || (between == ". " && word.size() <= kLongestShortForm);
}

bool is_quote(std::string_view quote) {
  const auto blanks = static_cast<std::size_t>(std::count(quote.begin(), quote.end(), ' '));
  const auto characters =
      std::count_if(quote.begin(), quote.end(), [](char c) { return (c & '\xC0') != '\x80'; });
  const bool is_plain = static_cast<std::size_t>(characters) == quote.size();
  return blanks + 1 >= kLeastWordsOfQuote ||
         (!is_plain && blanks == 0 &&
          static_cast<std::size_t>(characters) >= kLeastCharactersOfQuote);
}

}  // namespace

Additions SaidSoFar::add(const Article& article) {
  Additions additions;
  look_through(article.title, article.language, additions);
  look_through(article.body, article.language, additions);
  return additions;
}

void SaidSoFar::look_through(std::string_view text,
                             std::string_view language,
                             Additions& additions) {
  text = text.substr(0, kMostBytesOfText);
  std::vector<Word> words;
  (void)analyzer_.analyze(text, language, [&](const Token& token) {
    words.push_back({token.begin, token.end, is_stop_word(token.term, language)});
  });
  take_numbers(text, words, additions);
  take_names(text, words, additions);
  take_quotes(text, additions);
  analyzer_.trim();
}

// With a currency before it; behind it a percent sign or the word it counts.
void SaidSoFar::take_numbers(std::string_view text,
                             const std::vector<Word>& words,
                             Additions& additions) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t begin = words[i].begin;
    std::size_t end = words[i].end;
    if (!is_digit(text[begin])) continue;
    begin -= currency_before(text.substr(0, begin));
    const std::string_view rest = text.substr(end);
    if (rest.starts_with("%") || rest.starts_with(" %")) {
      end += rest.find('%') + 1;
    } else if (i + 1 < words.size() && !words[i + 1].is_stop_word &&
               text.substr(end, words[i + 1].begin - end) == " ") {
      end = words[i + 1].end;
    }
    // A number alone tells nothing.
    const bool is_bare = begin == words[i].begin && end == words[i].end;
    if (!is_bare) take('#', text.substr(begin, end - begin), additions.numbers);
  }
}

// Words with capitals in a row. What merely begins a sentence is a stop word as a rule. In
// headlines that give every word a capital they tell nothing.
void SaidSoFar::take_names(std::string_view text,
                           const std::vector<Word>& words,
                           Additions& additions) {
  const auto is_part = [&](std::size_t at) {
    return !words[at].is_stop_word && is_capital(text, words[at].begin);
  };
  const bool has_others = std::any_of(words.begin(), words.end(), [&](const Word& word) {
    return !word.is_stop_word &&
           has_small_letter(text.substr(word.begin, utf8_length(text, word.begin)));
  });
  if (!has_others) return;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t last = i;
    if (!is_part(i)) {
      ++i;
      continue;
    }
    while (last + 1 < words.size() && is_part(last + 1) &&
           are_joined(text.substr(words[last].begin, words[last].end - words[last].begin),
                      text.substr(words[last].end, words[last + 1].begin - words[last].end))) {
      ++last;
    }
    const std::string_view row = text.substr(words[i].begin, words[last].end - words[i].begin);
    if (last > i && last - i < kMostWordsOfName && has_small_letter(row))
      take('n', row, additions.names);
    i = last + 1;
  }
}

void SaidSoFar::take_quotes(std::string_view text, Additions& additions) {
  for (std::size_t at = 0; at < text.size();) {
    const auto marks = std::find_if(kQuoteMarks.begin(), kQuoteMarks.end(), [&](const auto& pair) {
      return text.substr(at).starts_with(pair.first);
    });
    if (marks == kQuoteMarks.end()) {
      ++at;
      continue;
    }
    const std::size_t begin = at + marks->first.size();
    const std::string_view ahead = text.substr(begin, kMostBytesOfQuote);
    const std::string_view quote = ahead.substr(0, ahead.find(marks->second));
    // Not closed soon, or an apostrophe of another kind: what follows may be a quote.
    if (quote.size() == ahead.size() || quote.find('\n') != std::string_view::npos) {
      at = begin;
      continue;
    }
    // The comma behind it belongs to the sentence around it.
    if (is_quote(quote))
      take('q', quote.substr(0, quote.size() - (quote.ends_with(',') ? 1 : 0)), additions.quotes);
    at = begin + quote.size() + marks->second.size();
  }
}

void SaidSoFar::take(char kind, std::string_view said, std::vector<std::string>& additions) {
  std::string key = kind + fold(said);
  if (key.ends_with('.')) key.pop_back();
  if (said_.insert(std::move(key)).second && additions.size() < kMostAdditions)
    additions.emplace_back(said);
}

}  // namespace broadsheet::server
