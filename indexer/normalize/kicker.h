// The kicker: two or three words above a headline that say what it is about.
#pragma once

#include <string>

#include "schema/article.h"

namespace broadsheet::indexer {

// Sets the kicker of an article that came without one, and where it was taken from: a tag that the
// headline names, a section that is more than the name of a desk, the places it is about
// ("Japan-U.S."), a tag, a name it repeats, the section whatever it is. Places and names are read
// in English alone; other languages have tags and sections. Thread-safe.
void set_kicker(Article& article);

}  // namespace broadsheet::indexer
