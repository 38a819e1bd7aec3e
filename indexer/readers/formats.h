// The table of input formats: their names, how their first bytes look, how to open them.
// To add a format: one row in kFormats and one file beside it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

enum class TakesMap { no, yes };  // of ReaderOptions

struct Format {
  std::string_view name;                      // as --format takes it
  bool (*looks_like)(std::string_view head);  // the first bytes that are not blank
  std::string_view suffixes;  // of file names, when the bytes do not tell; each ends in a blank
  TakesMap takes_map;
  std::unique_ptr<ArticleReader> (*open)(std::unique_ptr<PeekedSource> source,
                                         const ReaderOptions& options);
};

// Every format's name, for messages and --format.
[[nodiscard]] std::vector<std::string> format_names();

// Whether a map can be given with a format; it can with "auto", which then knows no others.
// invalid_argument: it cannot, and with which it can.
[[nodiscard]] Result<void> check_takes_map(std::string_view format);

// Opens an unpacked input in the named format; "auto" goes by its first bytes, then by the name of
// the file (".gz" and ".zst" behind it do not count), so that one bad record in front does not hide
// the others. invalid_argument: no such format, one that cannot be told, or none for the map given.
// Standard input ("-") and an empty file are JSONL unless they look like something else.
[[nodiscard]] Result<std::unique_ptr<ArticleReader>> open_reader(
    std::string_view format, const ReaderOptions& options, std::unique_ptr<ByteSource> source);

}  // namespace broadsheet::indexer
