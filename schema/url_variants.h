// The addresses that one article has besides its own: for phones, as AMP, through a cache of AMP
// pages. They are keys to find an article by, never links.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet {

// Of a canonical URL in the dress of a phone or of AMP ("m." and "amp." hosts, "/amp" at the ends
// of a path, "outputType=amp", google.com/amp/s/..., *.cdn.ampproject.org): the canonical URLs that
// the article may have without it, with and without "www.". Empty for other URLs. The catalog keeps
// them beside the URL, so a change here is worth a migration.
[[nodiscard]] std::vector<std::string> plain_urls(std::string_view canonical_url);

// All canonical URLs to look for when somebody asks for this one, the likeliest first: itself,
// those of plain_urls(), and the same with "www." or without.
[[nodiscard]] std::vector<std::string> urls_to_try(std::string_view canonical_url);

}  // namespace broadsheet
