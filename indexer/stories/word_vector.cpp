// Sorted vectors: products and sums are one walk over both.
#include "indexer/stories/word_vector.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "indexer/stories/bytes.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kHeadBytes = 4;
constexpr std::size_t kWordBytes = 5;
constexpr float kSteps = 255;

bool is_heavier(const WordWeight& a, const WordWeight& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.word < b.word;
}

bool is_before(const WordWeight& a, const WordWeight& b) {
  return a.word < b.word;
}

}  // namespace

double length_of(const WordVector& vector) {
  double sum = 0;
  for (const WordWeight& each : vector)
    sum += double{each.weight} * double{each.weight};
  return std::sqrt(sum);
}

double product_of(const WordVector& a, const WordVector& b) {
  double sum = 0;
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() && right != b.end()) {
    const std::uint32_t mine = left->word;
    const std::uint32_t theirs = right->word;
    if (mine == theirs) sum += double{left->weight} * double{right->weight};
    left += mine <= theirs ? 1 : 0;
    right += theirs <= mine ? 1 : 0;
  }
  return sum;
}

void make_unit(WordVector& vector) {
  const double length = length_of(vector);
  if (length == 0) return;
  for (WordWeight& each : vector)
    each.weight = static_cast<float>(double{each.weight} / length);
}

WordVector added(const WordVector& sum, const WordVector& vector, float factor) {
  constexpr float kNothing = 1e-6F;
  WordVector result;
  result.reserve(sum.size() + vector.size());
  auto left = sum.begin();
  auto right = vector.begin();
  while (left != sum.end() || right != vector.end()) {
    const bool takes_left =
        right == vector.end() || (left != sum.end() && left->word <= right->word);
    const bool takes_right =
        left == sum.end() || (right != vector.end() && right->word <= left->word);
    WordWeight next{takes_left ? left->word : right->word, 0};
    if (takes_left) next.weight += (left++)->weight;
    if (takes_right) next.weight += factor * (right++)->weight;
    if (next.weight > kNothing) result.push_back(next);
  }
  return result;
}

void keep_strongest(WordVector& vector, std::size_t most) {
  if (vector.size() <= most) return;
  const auto end = vector.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(vector.begin(), end, vector.end(), is_heavier);
  vector.erase(end, vector.end());
  std::sort(vector.begin(), vector.end(), is_before);
}

std::vector<std::uint32_t> strongest_words(const WordVector& vector, std::size_t most) {
  WordVector sorted = vector;
  const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(std::min(most, sorted.size()));
  std::partial_sort(sorted.begin(), end, sorted.end(), is_heavier);
  std::vector<std::uint32_t> words;
  std::transform(sorted.begin(), end, std::back_inserter(words), [](const WordWeight& each) {
    return each.word;
  });
  return words;
}

std::string to_bytes(const WordVector& vector) {
  float largest = 0;
  for (const WordWeight& each : vector)
    largest = std::max(largest, each.weight);
  std::string bytes;
  bytes.reserve(kHeadBytes + kWordBytes * vector.size());
  append_u32(bytes, std::bit_cast<std::uint32_t>(largest));
  for (const WordWeight& each : vector) {
    const float steps = largest > 0 ? each.weight / largest * kSteps : 0;
    append_u32(bytes, each.word);
    bytes += static_cast<char>(static_cast<unsigned char>(std::lround(std::max(steps, 1.0F))));
  }
  return bytes;
}

WordVector word_vector_from(std::string_view bytes) {
  WordVector vector;
  if (bytes.size() < kHeadBytes) return vector;
  const auto largest = std::bit_cast<float>(read_u32(bytes, 0));
  if (!std::isfinite(largest)) return vector;
  vector.reserve((bytes.size() - kHeadBytes) / kWordBytes);
  for (std::size_t at = kHeadBytes; at + kWordBytes <= bytes.size(); at += kWordBytes) {
    const auto steps = static_cast<float>(static_cast<unsigned char>(bytes[at + 4]));
    vector.push_back({read_u32(bytes, at), steps / kSteps * largest});
  }
  return vector;
}

}  // namespace broadsheet::indexer
