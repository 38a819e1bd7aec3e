// One state machine over quotes. Where it finds that a quote was never meant to open, it goes back
// to the end of that line: no quote can take more than its own line along.
#include "indexer/readers/csv_rows.h"

#include <algorithm>
#include <array>

namespace broadsheet::indexer {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::size_t kFirstLineBytes = std::size_t{64} * 1024;
constexpr const char* kOpenQuote = "a quote opens on this line that is never closed";

std::string longer_than(std::size_t bytes) {
  return "it is longer than " + std::to_string(bytes >> 20U) + " MiB";
}

std::string_view without_line_end(std::string_view row) {
  if (row.ends_with('\n')) row.remove_suffix(1);
  if (row.ends_with('\r')) row.remove_suffix(1);
  return row;
}

bool is_blank(std::string_view row) {
  return row.find_first_not_of(" \r\n") == std::string_view::npos;
}

// A line that spreadsheets put in front: `sep=;`.
bool names_delimiter(std::string_view line) {
  return line.size() == 5 && line.starts_with("sep=");
}

// Takes the quoted cell at the front of `row` away. Quotes within it come in pairs, its line ends
// as \n.
std::string take_quoted(std::string_view& row, char delimiter) {
  std::string cell;
  std::size_t at = 1;
  for (; at < row.size(); ++at) {
    const bool is_quote = row[at] == '"';
    if (is_quote && (at + 1 == row.size() || row[at + 1] == delimiter)) break;
    if (is_quote && row[at + 1] == '"') ++at;
    if (row.substr(at, 2) != "\r\n") cell += row[at];
  }
  row.remove_prefix(std::min(at + 1, row.size()));
  return cell;
}

std::string take_plain(std::string_view& row, char delimiter) {
  std::string cell(row.substr(0, row.find(delimiter)));
  row.remove_prefix(cell.size());
  return cell;
}

}  // namespace

char csv_delimiter(std::string_view line) {
  constexpr std::string_view kDelimiters = ",;\t|";
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool in_quotes = false;
  for (const char c : line) {
    if (c == '"') in_quotes = !in_quotes;
    const std::size_t which = kDelimiters.find(c);
    if (which != std::string_view::npos && !in_quotes) ++counts[which];
  }
  const auto* most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? '\0' : kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

std::vector<std::string> csv_cells(std::string_view row, char delimiter, std::size_t most) {
  std::vector<std::string> cells;
  row = without_line_end(row);
  while (cells.size() < most) {
    cells.push_back(row.starts_with('"') ? take_quoted(row, delimiter)
                                         : take_plain(row, delimiter));
    if (row.empty()) return cells;
    row.remove_prefix(1);
  }
  cells.emplace_back(row);
  return cells;
}

Result<bool> CsvCutter::next(RawRecord& record) {
  record = {};
  auto begun = has_begun_ ? Result<void>() : begin();
  if (!begun) return pass_on(begun.error());
  auto found = find_row();
  if (!found) return pass_on(found.error());
  if (*found == Cut::need_input && at_end_) return false;
  record.number = line_;
  record.offset = offset_ + begin_;
  const bool is_too_long = at_ - begin_ > max_bytes_;
  if (*found == Cut::row) {
    if (is_too_long) record.refusal = longer_than(max_bytes_);
    give(record, is_too_long ? kShownOfRefused : at_ - begin_);
    return true;
  }
  if (line_end_ > 0) {
    refuse_first_line(record);
    return true;
  }
  auto dropped = drop_line(record);
  if (!dropped) return pass_on(dropped.error());
  return true;
}

// Goes on until a row is whole, broken or too long, or until the end.
Result<CsvCutter::Cut> CsvCutter::find_row() {
  while (true) {
    const Cut found = scan();
    if (found == Cut::blank) continue;
    const bool may_go_on = !at_end_ && at_ - begin_ <= max_bytes_;
    if (found != Cut::need_input || !may_go_on) return found;
    if (auto done = refill(); !done) return pass_on(done.error());
  }
}

// Looks at the first line, which names the columns.
Result<void> CsvCutter::begin() {
  has_begun_ = true;
  while (buffer_.find('\n') == std::string::npos && buffer_.size() < kFirstLineBytes && !at_end_) {
    if (auto done = refill(); !done) return done;
  }
  if (std::string_view(buffer_).starts_with(kMark)) begin_ = at_ = kMark.size();
  const std::size_t end = buffer_.find('\n', begin_);
  const std::string_view line =
      without_line_end(std::string_view(buffer_).substr(begin_, end - begin_));
  if (names_delimiter(line) && end != std::string::npos) {
    delimiter_ = line.back();
    begin_ = at_ = end + 1;
    ++line_;
  } else {
    delimiter_ = csv_delimiter(line);
  }
  return {};
}

// Looks on from at_, to behind the end of the row.
CsvCutter::Cut CsvCutter::scan() {
  for (; at_ < buffer_.size(); ++at_) {
    const char c = buffer_[at_];
    const bool ends_row = c == '\n' && state_ != State::quoted;
    if (ends_row) {
      ++at_;
      state_ = State::cell_begins;
      if (!is_blank(std::string_view(buffer_).substr(begin_, at_ - begin_))) return Cut::row;
      line_ += 1;
      begin_ = at_;
      return Cut::blank;
    }
    if (!step(c)) return Cut::broken;
  }
  if (!at_end_) return Cut::need_input;
  if (state_ == State::quoted) return Cut::broken;
  if (is_blank(std::string_view(buffer_).substr(begin_))) begin_ = at_;
  return at_ > begin_ ? Cut::row : Cut::need_input;
}

// Takes a byte that does not end the row; false where no quoted cell can go on so.
bool CsvCutter::step(char c) {
  if (c == '\n' && line_end_ == 0) line_end_ = at_ + 1;
  if (c == '\n') ++cell_line_;
  switch (state_) {
    case State::cell_begins:
      cell_line_ = 0;
      state_ = c == '"' ? State::quoted : c == delimiter_ ? State::cell_begins : State::plain;
      return true;
    case State::plain:
      if (c == delimiter_) state_ = State::cell_begins;
      return true;
    case State::quoted:
      if (c == '"') state_ = State::quote_in_quoted;
      return true;
    case State::quote_in_quoted:
      return step_behind_quote(c);
  }
  return true;
}

// Within one line a quote that closes nothing is one of the text, as careless writers leave them.
bool CsvCutter::step_behind_quote(char c) {
  if (c == '\r') return true;
  state_ = c == delimiter_ ? State::cell_begins : State::quoted;
  return c == delimiter_ || c == '"' || cell_line_ == 0;
}

void CsvCutter::refuse_first_line(RawRecord& record) {
  const std::size_t end = line_end_;
  record.refusal = kOpenQuote;
  at_ = end;
  give(record, std::min(end - begin_, kShownOfRefused));
}

// Passes over a line that is too long to be kept, whatever its quotes say.
Result<void> CsvCutter::drop_line(RawRecord& record) {
  record.refusal = at_ - begin_ > max_bytes_ ? longer_than(max_bytes_) : kOpenQuote;
  std::size_t end = buffer_.find('\n', begin_);
  const std::string shown = buffer_.substr(begin_, std::min(end - begin_, kShownOfRefused));
  while (end == std::string::npos && !at_end_) {
    begin_ = at_ = buffer_.size();
    if (auto done = refill(); !done) return done;
    end = buffer_.find('\n');
  }
  at_ = end == std::string::npos ? buffer_.size() : end + 1;
  give(record, at_ - begin_);
  record.text = shown;
  return {};
}

// Gives out the first `size` bytes of the row; what follows at_ is the next one.
void CsvCutter::give(RawRecord& record, std::size_t size) {
  const std::string_view row = std::string_view(buffer_).substr(begin_, at_ - begin_);
  line_ += static_cast<std::uint64_t>(std::count(row.begin(), row.end(), '\n'));
  record.text = row.substr(0, size);
  begin_ = at_;
  line_end_ = 0;
  state_ = State::cell_begins;
}

Result<void> CsvCutter::refill() {
  buffer_.erase(0, begin_);
  offset_ += begin_;
  at_ -= begin_;
  line_end_ -= std::min(line_end_, begin_);
  begin_ = 0;
  auto more = read_more(*source_, buffer_);
  if (!more) return pass_on(more.error());
  at_end_ = !*more;
  return {};
}

}  // namespace broadsheet::indexer
