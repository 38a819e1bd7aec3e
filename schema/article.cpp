// The names of what an article's parts were taken from.
#include "schema/article.h"

#include <array>

namespace broadsheet {
namespace {

// By number.
constexpr std::array<std::string_view, 3> kSummaryOrigins = {"", "source", "sentence"};
constexpr std::array<std::string_view, 6> kKickerOrigins = {
    "", "source", "tag", "section", "place", "name"};

template <std::size_t size>
std::string_view name_in(const std::array<std::string_view, size>& names, std::size_t number) {
  return number < size ? names[number] : std::string_view();
}

}  // namespace

std::string_view name_of(SummaryOrigin origin) {
  return name_in(kSummaryOrigins, static_cast<std::size_t>(origin));
}

std::string_view name_of(KickerOrigin origin) {
  return name_in(kKickerOrigins, static_cast<std::size_t>(origin));
}

}  // namespace broadsheet
