// The scan itself. Its inner loop is the hottest of a search after matching: keep it a table
// look-up a byte.
#include "server/search/snippets_scan.h"

#include <algorithm>
#include <bit>

namespace broadsheet::server {
namespace {

constexpr std::size_t kMaxTerms = 64;

// What is written together is a word and its punctuation; the analyser, too, cuts longer runs.
constexpr std::size_t kMaxTogether = 4096;

// Between two words of a phrase there is punctuation at most.
constexpr std::size_t kMaxGap = 256;

constexpr std::size_t kCjkBytes = 3;

std::uint64_t bit_of(std::size_t number) {
  return std::uint64_t{1} << number;
}

bool is_continuation(char byte) {
  return (byte & '\xC0') == '\x80';
}

// Where the run of bytes without white space or CJK characters begins that `at` is in.
std::size_t begin_of_run(std::string_view text, std::size_t at, std::size_t floor) {
  while (at > floor && kind_of_byte(text[at - 1]) != ByteKind::space) {
    std::size_t lead = at - 1;
    while (lead > floor && is_continuation(text[lead]))
      --lead;
    if (kind_of_byte(text[lead]) == ByteKind::cjk) break;
    at = lead;
  }
  return at;
}

std::size_t end_of_run(std::string_view text, std::size_t at, std::size_t limit) {
  while (at < limit && kind_of_byte(text[at]) != ByteKind::space &&
         kind_of_byte(text[at]) != ByteKind::cjk) {
    ++at;
  }
  return at;
}

// Half-width kana, whose voicing marks are characters of their own.
bool is_half_width_kana(std::string_view character) {
  return character >= "\uFF66" && character.substr(0, kCjkBytes) <= "\uFF9D";
}

}  // namespace

void TermScanner::look_for(const std::vector<MarkedTerm>& terms) {
  starts_.clear();
  uses_.clear();
  phrases_.clear();
  weights_.clear();
  body_terms_ = 0;
  for (const MarkedTerm& term : terms) {
    const std::size_t bit = weights_.size();
    if (bit == kMaxTerms) break;
    weights_.push_back(term.weight);
    if (term.field != Field::title) body_terms_ |= bit_of(bit);
    if (term.offsets.empty()) {
      add_word(term, bit);
    } else {
      add_phrase(term, bit);
    }
    for (const std::string& text : term.terms)
      starts_.add(text);
  }
}

TermScanner::Use& TermScanner::use_of(const std::string& term) {
  const auto number = static_cast<std::uint32_t>(uses_.size());
  const auto [place, is_new] = uses_.try_emplace(term);
  if (is_new) place->second.number = number;
  return place->second;
}

void TermScanner::add_word(const MarkedTerm& term, std::size_t bit) {
  for (const std::string& text : term.terms)
    use_of(text).words |= bit_of(bit);
}

void TermScanner::add_phrase(const MarkedTerm& term, std::size_t bit) {
  Phrase phrase;
  phrase.bit = bit;
  phrase.offsets = term.offsets;
  for (const std::string& text : term.terms) {
    Use& use = use_of(text);
    use.is_in_phrase = true;
    phrase.numbers.push_back(use.number);
  }
  if (phrase.numbers.empty() || phrase.numbers.size() != phrase.offsets.size()) return;
  use_of(term.terms.back()).phrases |= bit_of(phrases_.size());
  phrases_.push_back(std::move(phrase));
}

double TermScanner::worth(std::uint64_t terms) const {
  double sum = 0;
  for (std::size_t bit = 0; bit < weights_.size(); ++bit) {
    if ((terms & bit_of(bit)) != 0) sum += weights_[bit];
  }
  return sum;
}

void TermScanner::scan(std::string_view text,
                       std::string_view language,
                       const ScanRange& range,
                       std::vector<Mark>& marks) {
  if (uses_.empty()) return;
  recent_.clear();
  Scan scan{text.substr(0, range.end), language, range, marks};
  scan.trust = stem_start_of(language);
  scan.done = range.begin;
  std::uint64_t carry = 0;
  for (std::size_t at = range.begin; at < scan.text.size() && !scan.is_done;
       at += BlockStarts::kBytes) {
    scan_block(scan, at, carry);
  }
}

// Looks at every place in 64 bytes where a word may begin. `carry`: whether the byte before is an
// ASCII letter or digit.
void TermScanner::scan_block(Scan& scan, std::size_t begin, std::uint64_t& carry) {
  BlockStarts starts;
  if (scan.text.size() - begin >= BlockStarts::kBytes) {
    starts = block_starts(scan.text.data() + begin);
  } else {
    std::array<char, BlockStarts::kBytes> padded{};
    std::copy(
        scan.text.begin() + static_cast<std::ptrdiff_t>(begin), scan.text.end(), padded.begin());
    starts = block_starts(padded.data());
  }
  std::uint64_t places = (starts.plain & ~(starts.plain << 1U | carry)) | starts.wide;
  carry = starts.plain >> 63U;
  for (; places != 0 && !scan.is_done; places &= places - 1) {
    check_start(scan, begin + static_cast<std::size_t>(std::countr_zero(places)));
  }
}

void TermScanner::check_start(Scan& scan, std::size_t at) {
  const ByteKind kind = kind_of_byte(scan.text[at]);
  if (kind == ByteKind::plain) {
    if (!starts_.may_match_plain(scan.text.substr(at), scan.trust)) return;
  } else if (kind == ByteKind::cjk || is_half_width_kana(scan.text.substr(at, kCjkBytes))) {
    return check_pair(scan, at);
  } else {
    const bool may_match =
        scan.trust == StemStart::changed || starts_.may_match_wide(scan.text.substr(at, 4), kind);
    if (!may_match) return;
  }
  if (at >= scan.done) check_together(scan, at);
}

// Analyses all that is written together around the word that begins here.
void TermScanner::check_together(Scan& scan, std::size_t at) {
  const std::size_t floor = std::max(scan.done, at - std::min(at, kMaxTogether));
  const std::size_t begin = begin_of_run(scan.text, at, floor);
  const std::size_t end = end_of_run(scan.text, at, std::min(scan.text.size(), at + kMaxTogether));
  analyze(scan, begin, end, Keep::all);
  scan.done = end;
}

// Characters written without spaces: each begins a pair with the next, which mostly takes as many
// bytes; where other characters are about, a voicing mark or something invisible may be among them.
void TermScanner::check_pair(Scan& scan, std::size_t at) {
  const std::string_view rest = scan.text.substr(at);
  if (!starts_.may_match_wide(rest.substr(0, kCjkBytes), kind_of_byte(rest[0]))) return;
  const auto is_cjk_at = [&](std::size_t offset) {
    return rest.size() > offset && kind_of_byte(rest[offset]) == ByteKind::cjk;
  };
  const bool is_plain_pair = is_cjk_at(0) && is_cjk_at(kCjkBytes) &&
                             (is_cjk_at(2 * kCjkBytes) || rest.size() == 2 * kCjkBytes);
  const std::size_t bytes = is_plain_pair ? 2 * kCjkBytes : 4 * kCjkBytes;
  analyze(scan, at, std::min(at + bytes, scan.text.size()), Keep::at_start);
}

void TermScanner::analyze(Scan& scan, std::size_t begin, std::size_t end, Keep keep) {
  found_.clear();
  const auto base = static_cast<std::uint32_t>(begin);
  const auto look_up = [&](const Token& token) {
    if (keep == Keep::at_start && token.begin != 0) return;
    Found found{base + token.begin, base + token.end};
    if (const auto use = uses_.find(token.term); use != uses_.end()) {
      found.words = use->second.words;
      found.phrases = use->second.phrases;
      found.number = use->second.number;
      found.is_in_phrase = use->second.is_in_phrase;
    }
    if (token.stem_word != token.word) {
      const auto use = uses_.find(token.stem);
      if (use != uses_.end()) found.words |= use->second.words;
    }
    if (found.words != 0 || found.is_in_phrase) found_.push_back(found);
  };
  const Singles singles = keep == Keep::at_start ? Singles::add : Singles::skip;
  analyzer_.analyze(scan.text.substr(begin, end - begin), scan.language, look_up, singles);
  for (const Found& found : found_)
    take(scan, found);
}

void TermScanner::take(Scan& scan, const Found& found) {
  Mark mark{found.begin, found.end, found.words};
  if (found.is_in_phrase) recent_.push_back(found);
  for (std::size_t i = 0; i < phrases_.size() && found.phrases >> i != 0; ++i) {
    if ((found.phrases & bit_of(i)) == 0) continue;
    const Found* start = start_of(phrases_[i], scan);
    if (start != nullptr) add_mark(scan, {start->begin, found.end, bit_of(phrases_[i].bit)});
  }
  if (mark.terms != 0) add_mark(scan, mark);
}

void TermScanner::add_mark(Scan& scan, const Mark& mark) {
  scan.marks.push_back(mark);
  const std::uint64_t wanted = scan.range.wanted;
  if (wanted == 0) return;
  scan.seen |= mark.terms;
  std::uint32_t earliest = mark.begin;
  for (std::size_t bit = 0; bit < weights_.size(); ++bit) {
    if ((mark.terms & bit_of(bit)) != 0) scan.last[bit] = mark.begin;
    if ((wanted & bit_of(bit)) != 0) earliest = std::min(earliest, scan.last[bit]);
  }
  const bool has_all = (scan.seen & wanted) == wanted && mark.end - earliest <= scan.range.span;
  scan.is_done = has_all || scan.marks.size() >= kEnoughMarks;
}

// Where the phrase that ends in the last of `recent_` begins; null when the words before are
// others.
const TermScanner::Found* TermScanner::start_of(const Phrase& phrase, const Scan& scan) {
  const std::size_t size = phrase.numbers.size();
  if (recent_.size() < size) return nullptr;
  const Found* const first = recent_.data() + (recent_.size() - size);
  for (std::size_t i = 0; i < size; ++i) {
    if (first[i].number != phrase.numbers[i]) return nullptr;
  }
  for (std::size_t i = 1; i < size; ++i) {
    const std::uint32_t distance = phrase.offsets[i] - phrase.offsets[i - 1];
    if (!are_adjacent(first[i - 1], first[i], distance, scan)) return nullptr;
  }
  return first;
}

// Whether two words stand `distance` positions apart in the text.
bool TermScanner::are_adjacent(const Found& left,
                               const Found& right,
                               std::uint32_t distance,
                               const Scan& scan) {
  if (right.begin < left.end) return distance == 1 && right.begin > left.begin;
  if (right.begin - left.end > kMaxGap) return false;
  if (right.begin - left.end == 1 && scan.text[left.end] == ' ') return distance == 1;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  const std::string_view both = scan.text.substr(left.begin, right.end - left.begin);
  analyzer_.analyze(both, scan.language, [&](const Token& token) {
    if (first == 0) first = token.position;
    last = token.position;
  });
  return last - first == distance;
}

}  // namespace broadsheet::server
