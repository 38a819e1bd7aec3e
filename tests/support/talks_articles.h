// Articles on tariff talks, for tests of links: the opening, its copy, and news on other matters.
#pragma once

#include <string>
#include <vector>

#include "schema/article.h"

namespace broadsheet::tests {

inline constexpr std::int64_t kDay = 86400;
inline constexpr std::int64_t kTalks = 1'745'000'000;  // 18 April 2025, 18:13 UTC

inline constexpr const char* kTalksBody =
    "Envoys of Japan and the United States met in Washington for tariff talks on cars. Minister "
    "Akazawa said the tariff on vehicles hurt both. A second round of tariff talks is planned.";

// `published`: seconds since 1970 UTC; 0: undated.
inline Article english_article(std::string id,
                               std::string title,
                               std::string body,
                               std::int64_t published) {
  Article made;
  made.id = std::move(id);
  made.title = std::move(title);
  made.body = std::move(body);
  made.language = "en";
  if (published != 0) made.published = Timestamp{.seconds = published};
  return made;
}

// "talks" and "copy".
inline std::vector<Article> opening_of_talks() {
  return {english_article("talks", "Japan and U.S. open tariff talks", kTalksBody, kTalks),
          english_article("copy",
                          "Japan, U.S. begin tariff talks",
                          std::string(kTalksBody) + " More follows.",
                          kTalks + 3600)};
}

// "other0" to "other19", a day apart from the talks on, as like one another as they are unlike
// them.
inline void add_other_news(std::vector<Article>& articles) {
  for (int i = 0; i < 20; ++i) {
    const std::string n = std::to_string(i);
    articles.push_back(english_article("other" + n,
                                       "Council " + n + " votes on a library",
                                       "The council said on Monday that the library number " + n +
                                           " opens in May. Readers asked for longer hours.",
                                       kTalks + i * kDay));
  }
}

}  // namespace broadsheet::tests
