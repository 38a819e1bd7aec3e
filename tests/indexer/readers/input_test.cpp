// Inputs by name, and bytes out of plain and packed files, sound and damaged ones.
#include "indexer/readers/input.h"

#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <unistd.h>
#include <zstd.h>

#include "tests/support/byte_sources.h"
#include "tests/support/packed.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using testing::HasSubstr;
using tests::gzip;

std::string zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

// Text that does not pack away to nothing.
std::string long_text() {
  std::string text;
  for (std::uint32_t i = 0; i < 200'000; ++i)
    text += std::to_string(i * 2654435761U) + "\n";
  return text;
}

struct Unpacked {
  std::string text;
  std::string error;
};

Unpacked read_all(ByteSource& source, std::size_t buffer_size = 1000) {
  Unpacked result;
  std::string buffer(buffer_size, '\0');
  while (true) {
    auto got = source.read(buffer.data(), buffer.size());
    if (!got) {
      result.error = got.error().message;
      return result;
    }
    if (*got == 0) return result;
    result.text.append(buffer, 0, *got);
  }
}

Unpacked unpacked(std::string bytes, std::size_t piece = 4096, std::size_t buffer_size = 1000) {
  auto source = unpack(tests::source_of(std::move(bytes), piece));
  EXPECT_TRUE(source);
  return read_all(**source, buffer_size);
}

TEST(unpack, gives_plain_bytes_as_they_are) {
  for (const std::string text : {"", "a", "abc", "{\"title\":\"t\"}\n"}) {
    EXPECT_EQ(unpacked(text).text, text);
  }
}

TEST(unpack, opens_gzip_and_zstd_whatever_the_size_of_the_pieces) {
  const std::string text = long_text();
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    for (const std::size_t piece : {1U, 100U, 1U << 20U}) {
      for (const std::size_t buffer : {100U, 1U << 20U}) {
        const Unpacked result = unpacked(packed, piece, buffer);
        EXPECT_EQ(result.error, "");
        EXPECT_TRUE(result.text == text) << "piece " << piece << " buffer " << buffer;
      }
    }
  }
}

TEST(unpack, goes_on_with_what_was_packed_in_several_parts) {
  EXPECT_EQ(unpacked(gzip("one\n") + gzip("") + gzip("two\n")).text, "one\ntwo\n");
  EXPECT_EQ(unpacked(zstd("one\n") + zstd("two\n")).text, "one\ntwo\n");
}

TEST(unpack, leaves_padding_behind_gzip_out) {
  const Unpacked result = unpacked(gzip("one\n") + std::string(512, '\0'));
  EXPECT_EQ(result.text, "one\n");
  EXPECT_EQ(result.error, "");
}

TEST(unpack, keeps_what_came_before_the_end_of_a_cut_file) {
  const std::string text = long_text();
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    const Unpacked result = unpacked(packed.substr(0, packed.size() / 2));
    EXPECT_THAT(result.error, testing::HasSubstr("ends too early"));
    EXPECT_GT(result.text.size(), text.size() / 4);
    EXPECT_TRUE(text.starts_with(result.text));
  }
}

TEST(unpack, keeps_what_came_before_damage) {
  const std::string text = long_text();
  for (std::string packed : {gzip(text), zstd(text)}) {
    packed.replace(packed.size() / 2, 40, std::string(40, '\xA5'));
    const Unpacked result = unpacked(packed);
    EXPECT_NE(result.error, "");
    EXPECT_LT(result.text.size(), text.size() * 2);
  }
}

TEST(peeked_source, shows_the_text_and_gives_all_bytes_afterwards) {
  const std::string bytes = "\xEF\xBB\xBF \r\n\t{\"a\":1}";
  for (const std::size_t piece : {1U, 2U, 100U}) {
    auto source = tests::source_of(bytes, piece);
    EXPECT_TRUE(source->peek_text().value().starts_with("{"));
    EXPECT_EQ(read_all(*source).text, bytes);
  }
  EXPECT_EQ(tests::source_of("")->peek_text().value(), "");
  EXPECT_EQ(tests::source_of("\xEF\xBB\xBF\n")->peek_text().value(), "");
}

class ExpandInputs : public testing::Test {
 protected:
  void make(const std::string& name) {
    const auto path = dir_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "{}\n";
  }

  std::vector<std::string> names(const std::string& named) {
    std::vector<std::string> names;
    const auto files = expand_inputs({(dir_.path() / named).string()}).value();
    for (const InputFile& file : files) {
      names.push_back(std::filesystem::relative(file.path, dir_.path()).string());
    }
    return names;
  }

  tests::TempDir dir_;
};

TEST_F(ExpandInputs, takes_a_folder_with_all_below_it_in_order) {
  for (const char* name : {"b.jsonl", "a.jsonl", "sub/c.jsonl", ".hidden/d.jsonl", ".e.jsonl"})
    make(name);
  EXPECT_THAT(names("."), testing::ElementsAre("a.jsonl", "b.jsonl", "sub/c.jsonl"));
}

TEST_F(ExpandInputs, takes_patterns_and_names_that_look_like_patterns) {
  for (const char* name : {"a1.jsonl", "a2.jsonl", "a[1].jsonl"})
    make(name);
  EXPECT_THAT(names("a?.jsonl"), testing::ElementsAre("a1.jsonl", "a2.jsonl"));
  EXPECT_THAT(names("a[1].jsonl"), testing::ElementsAre("a[1].jsonl"));
}

TEST_F(ExpandInputs, says_what_does_not_exist) {
  for (const char* name : {"none.jsonl", "none*.jsonl"}) {
    const auto files = expand_inputs({(dir_.path() / name).string()});
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(files.error().message, testing::HasSubstr(name));
  }
}

TEST_F(ExpandInputs, takes_standard_input_by_its_sign) {
  EXPECT_EQ(expand_inputs({"-"}).value().front().path, "-");
}

TEST(open_input, that_cannot_be_opened_is_an_error) {
  EXPECT_FALSE(open_input("/nonexistent/file", nullptr));
}

// A pipe that stays open and silent: only the signal can end the reading.
TEST(open_input, stops_waiting_when_the_signal_is_raised) {
  int ends[2] = {};
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "abcdef", 6), 6);
  StopSignal stop;
  std::string text;
  std::thread reader([&] {
    auto source = open_input("/dev/fd/" + std::to_string(ends[0]), &stop);
    ASSERT_TRUE(source);
    text = read_all(**source).text;
  });
  stop.raise(15);
  reader.join();
  EXPECT_TRUE(text.empty() || text == "abcdef");
  EXPECT_EQ(stop.number(), 15);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(unpack, refuses_bytes_behind_gzip_that_are_not_gzip) {
  const Unpacked result = unpacked(gzip("one\n") + "X" + gzip("two\n"));
  EXPECT_EQ(result.text, "one\n");
  EXPECT_THAT(result.error, HasSubstr("not gzip"));
}

TEST(unpack, goes_on_behind_padding_between_members) {
  const Unpacked result = unpacked(gzip("one\n") + std::string(9000, '\0') + gzip("two\n"));
  EXPECT_EQ(result.text, "one\ntwo\n");
  EXPECT_EQ(result.error, "");
}

TEST(expand_inputs, refuses_a_path_that_cannot_be_looked_at) {
  const tests::TempDir dir;
  const auto loop = dir.path() / "loop";
  std::filesystem::create_symlink(loop, loop);
  const auto files = expand_inputs({loop.string()});
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(files.error().message, HasSubstr("loop"));
  EXPECT_NE(files.error().hint, "");
}

// What comes out until nothing follows any more, damage as "[...]".
std::string read_over_damage(const std::string& packed, std::size_t piece) {
  auto source = unpack(tests::source_of(packed, piece));
  std::string text;
  while (source) {
    Unpacked some = read_all(**source);
    text += some.text;
    if (some.error.empty()) break;
    text += "[" + some.error + "]";
    if (!(*source)->skip_damage().value_or(false)) break;
  }
  return text;
}

TEST(skip_damage, goes_on_with_the_next_whole_piece) {
  const std::string before = gzip("before\n");
  std::string damaged = gzip(long_text().substr(0, 5000));
  damaged.replace(40, 8, 8, '\xFF');
  const std::string after = gzip("after\n");
  for (const std::size_t piece : {std::size_t{1} << 16U, std::size_t{3}}) {
    const std::string text = read_over_damage(before + damaged + after, piece);
    EXPECT_TRUE(text.starts_with("before\n")) << text.substr(0, 100);
    EXPECT_TRUE(text.ends_with("[the gzip data is damaged]after\n")) << text.substr(0, 100);
  }
}

TEST(skip_damage, finds_a_piece_that_the_damaged_one_ran_into) {
  const std::string cut = gzip(long_text().substr(0, 5000)).substr(0, 1500);
  for (const std::size_t piece : {std::size_t{1} << 16U, std::size_t{1}}) {
    EXPECT_TRUE(read_over_damage(cut + gzip("after\n"), piece).ends_with("]after\n"));
    EXPECT_TRUE(
        read_over_damage(zstd("a\n") + zstd(long_text()).substr(0, 900) + zstd("z\n"), piece)
            .ends_with("]z\n"));
  }
}

TEST(skip_damage, ends_where_nothing_whole_follows) {
  EXPECT_TRUE(read_over_damage(gzip(long_text()).substr(0, 1500), 7).ends_with("too early]"));
  EXPECT_FALSE(tests::source_of("plain")->skip_damage().value());
}

TEST(skip_damage, costs_no_more_than_it_may_where_pieces_lie_within_each_other) {
  std::string nested;
  for (int i = 0; i < 200'000; ++i)
    nested += std::string("\x1F\x8B\x08\0\0\0\0\0\0\0\0\xFF\xFF\0\0", 15);
  auto source = unpack(tests::source_of(nested));
  ASSERT_TRUE(source);
  std::size_t damages = 0;
  while (read_all(**source, 1U << 16U).error != "" && (*source)->skip_damage().value())
    ++damages;
  EXPECT_GT(damages, 100U);
}

}  // namespace
}  // namespace broadsheet::indexer
