// From files to a catalog that an index follows: counts, order, refusals, interrupts, live input.
#include "indexer/import.h"

#include <fstream>
#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <zlib.h>

#include "indexer/readers/field_map.h"
#include "indexer/write/writer_lock.h"
#include "schema/catalog.h"
#include "schema/index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

std::string line(const std::string& id, const std::string& title = "A title") {
  return "{\"id\":\"" + id + "\",\"title\":\"" + title + "\",\"language\":\"en\"}\n";
}

class ImportTest : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) {
    const auto path = dir_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  ImportOptions options_for(const std::vector<std::string>& files) {
    ImportOptions options;
    options.data_dir = data_;
    for (const std::string& path : files)
      options.files.push_back({path, false});
    return options;
  }

  ImportOutcome run(const ImportOptions& options) {
    StopSignal stop;
    return import_articles(options, stop, {});
  }

  ImportReport add(const std::vector<std::string>& files) {
    const ImportOutcome outcome = run(options_for(files));
    EXPECT_FALSE(outcome.error) << outcome.error->message;
    return outcome.report;
  }

  // The first line of the run's quarantine file.
  static std::string first_kept(const ImportReport& report) {
    std::ifstream quarantine(report.quarantine);
    std::string kept;
    EXPECT_TRUE(std::getline(quarantine, kept));
    return kept;
  }

  std::int64_t number(const std::string& sql) {
    auto catalog = open_catalog_for_reading(data_);
    return catalog ? catalog->query_integer(sql).value().value_or(-1) : -1;
  }

  std::uint64_t documents() {
    auto live = read_stub(data_);
    if (!live) return 0;
    std::uint64_t count = 0;
    for (const auto& part : live->parts)
      count += open_part(part)->get_doccount();
    return count;
  }

  tests::TempDir dir_;
  std::filesystem::path data_ = dir_.path() / "data";
};

TEST_F(ImportTest, articles_come_into_catalog_and_index) {
  const ImportReport report = add({file("a", line("a") + line("b")), file("b", line("c"))});
  EXPECT_EQ(report.read, 3U);
  EXPECT_EQ(report.added, 3U);
  EXPECT_EQ(report.committed, 3U);
  EXPECT_EQ(number("SELECT count(*) FROM article"), 3);
  EXPECT_EQ(documents(), 3U);
  EXPECT_FALSE(std::filesystem::exists(data_ / "quarantine"));
}

TEST_F(ImportTest, a_map_says_what_columns_mean) {
  ImportOptions options = options_for({file("a", "kop,tekst\nOne,Two\nragged\n")});
  options.format = "csv";
  options.map = std::make_shared<const FieldMap>(parse_field_map("title=kop,body=tekst").value());
  const ImportReport report = run(options).report;
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.refused, 1U);
  EXPECT_EQ(number("SELECT count(*) FROM article WHERE title = 'One'"), 1);
}

TEST_F(ImportTest, what_is_passed_over_is_counted_and_no_fault) {
  const std::string request =
      "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 3\r\n\r\nGET\r\n\r\n";
  const ImportReport report = add({file("a", request + request), file("b", line("b"))});
  EXPECT_EQ(report.passed_over, 2U);
  EXPECT_EQ(report.read, 1U);
  EXPECT_EQ(report.refused, 0U);
}

TEST_F(ImportTest, the_same_file_again_changes_nothing) {
  const std::string path = file("a", line("a") + line("b"));
  add({path});
  const ImportReport report = add({path});
  EXPECT_EQ(report.unchanged, 2U);
  EXPECT_EQ(report.added + report.updated, 0U);
}

TEST_F(ImportTest, of_two_records_with_one_id_the_later_wins) {
  std::string text;
  for (int i = 0; i < 2000; ++i)
    text += line("id" + std::to_string(i % 100), std::to_string(i));
  const ImportReport report = add({file("a", text)});
  EXPECT_EQ(report.added, 100U);
  EXPECT_EQ(report.updated, 1900U);
  EXPECT_EQ(number("SELECT count(*) FROM article WHERE CAST(title AS INTEGER) >= 1900"), 100);
}

TEST_F(ImportTest, a_refused_record_stops_nothing_and_is_kept) {
  const ImportReport report = add({file("a", line("a") + "{\"title\":\n" + line("b"))});
  EXPECT_EQ(report.read, 3U);
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.refused, 1U);
  const std::string kept = first_kept(report);
  EXPECT_THAT(kept, testing::HasSubstr("\"record\":2"));
  EXPECT_THAT(kept, testing::HasSubstr("not JSON"));
}

TEST_F(ImportTest, a_repaired_record_is_counted_as_such) {
  const ImportReport report =
      add({file("a", "{\"id\":\"a\",\"title\":\"caf\xE9\"}\n" + line("b"))});
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.repaired, 1U);
}

TEST_F(ImportTest, a_damaged_file_keeps_what_was_read_and_counts_one_refusal) {
  const ImportReport report =
      add({file("a", line("a")), file("b", std::string("\x1F\x8B\x08", 3) + "junk")});
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.refused, 1U);
}

TEST_F(ImportTest, a_file_in_no_known_format_is_refused_but_left_out_of_a_folder) {
  ImportOptions options = options_for({file("a", "no format"), file("b", line("b"))});
  EXPECT_EQ(run(options).report.refused, 1U);
  options.files[0].from_folder = true;
  EXPECT_EQ(run(options).report.refused, 0U);
}

TEST_F(ImportTest, abort_ends_at_the_first_refusal_and_keeps_what_came_before) {
  ImportOptions options = options_for({file("a", line("a") + "x\n" + line("b"))});
  options.on_error = OnError::abort;
  const ImportOutcome outcome = run(options);
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(outcome.report.read, 2U);
  EXPECT_EQ(outcome.report.committed, 1U);
  EXPECT_EQ(number("SELECT count(*) FROM article"), 1);
}

TEST_F(ImportTest, a_dry_run_writes_nothing) {
  ImportOptions options = options_for({file("a", line("a") + "x\n")});
  options.dry_run = true;
  const ImportOutcome outcome = run(options);
  EXPECT_EQ(outcome.report.read, 2U);
  EXPECT_EQ(outcome.report.refused, 1U);
  EXPECT_EQ(outcome.report.added, 1U);
  EXPECT_EQ(outcome.report.committed, 0U);
  EXPECT_FALSE(std::filesystem::exists(data_));
}

TEST_F(ImportTest, an_interrupt_before_the_start_reads_nothing) {
  StopSignal stop;
  stop.raise(2);
  const ImportOutcome outcome = import_articles(options_for({file("a", line("a"))}), stop, {});
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(outcome.report.read, 0U);
}

TEST_F(ImportTest, a_path_that_cannot_be_looked_at_is_refused) {
  const auto loop = dir_.path() / "loop";
  std::filesystem::create_symlink(loop, loop);
  const ImportReport report = add({loop.string(), file("a", line("a"))});
  EXPECT_EQ(report.refused, 1U);
  EXPECT_EQ(report.added, 1U);
}

TEST_F(ImportTest, a_refusal_of_the_rest_of_a_file_tells_where_that_begins) {
  const std::string path = (dir_.path() / "a.gz").string();
  const std::string text = line("a") + line("b");
  gzFile packed = gzopen(path.c_str(), "wb");
  gzwrite(packed, text.data(), static_cast<unsigned>(text.size()));
  gzclose(packed);
  std::ofstream(path, std::ios::binary | std::ios::app) << "X";
  EXPECT_THAT(first_kept(add({path})),
              testing::HasSubstr("\"offset\":" + std::to_string(text.size() - 1)));
}

TEST_F(ImportTest, the_refusal_of_an_unknown_format_says_what_is_read) {
  EXPECT_THAT(first_kept(add({file("a", "plain words")})),
              testing::HasSubstr("known are newsml, nitf, rss, sitemap, ninjs"));
}

TEST_F(ImportTest, articles_wait_for_a_rebuild_that_makes_the_first_index) {
  const auto rebuilding = WriterLock::take_for_rebuild(data_, std::chrono::milliseconds(0));
  ASSERT_TRUE(rebuilding);
  EXPECT_EQ(add({file("a", line("a"))}).committed, 1U);
  EXPECT_EQ(documents(), 0U);
}

TEST_F(ImportTest, another_writer_of_the_index_is_an_error) {
  add({file("a", line("a"))});
  add({file("b", line("b"))});
  const Xapian::WritableDatabase front(read_stub(data_)->parts.front().string());
  const ImportOutcome outcome = run(options_for({file("c", line("c"))}));
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->code, ErrorCode::unavailable);
  EXPECT_EQ(outcome.report.committed, 1U);
}

// A pipe that never falls quiet still shows what it brought.
TEST_F(ImportTest, what_comes_through_a_steady_pipe_is_searchable) {
  const std::string pipe = (dir_.path() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  StopSignal stop;
  const ImportOptions options = options_for({pipe});
  auto importing =
      std::async(std::launch::async, [&] { return import_articles(options, stop, {}); });
  std::ofstream writer(pipe);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  for (int i = 0; documents() == 0 && std::chrono::steady_clock::now() < limit; ++i) {
    writer << line("a" + std::to_string(i)) << std::flush;
    // The pace of the source, not a wait for anything.
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_GT(documents(), 0U);
  stop.raise(15);
  EXPECT_FALSE(importing.get().error);
}

// A pipe that stays open: articles are searchable though no further line comes, on an empty archive
// and on one that has an index.
TEST_F(ImportTest, what_comes_through_a_silent_pipe_is_searchable_soon) {
  const std::string pipe = (dir_.path() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  StopSignal stop;
  const ImportOptions options = options_for({pipe});
  auto importing =
      std::async(std::launch::async, [&] { return import_articles(options, stop, {}); });
  std::ofstream writer(pipe);
  for (std::uint64_t i = 1; i <= 3; ++i) {
    writer << line("a" + std::to_string(i)) << std::flush;
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (documents() < i && std::chrono::steady_clock::now() < limit)
      std::this_thread::yield();
    ASSERT_EQ(documents(), i);
  }
  stop.raise(15);
  const ImportOutcome outcome = importing.get();
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(outcome.report.committed, 3U);
}

TEST_F(ImportTest, articles_of_4_mib_pass) {
  std::string text;
  for (int i = 0; i < 8; ++i) {
    text += "{\"id\":\"" + std::to_string(i) + "\",\"body\":\"" +
            std::string(std::size_t{4} << 20U, 'x') + "\"}\n";
  }
  ImportOptions options = options_for({file("a", text)});
  options.dry_run = true;
  EXPECT_EQ(run(options).report.refused, 0U);
}

TEST_F(ImportTest, the_last_run_is_kept) {
  add({file("a", line("a"))});
  EXPECT_EQ(
      number("SELECT count(*) FROM meta WHERE key = 'last_run' AND value LIKE '%\"added\":1,%'"),
      1);
}

TEST_F(ImportTest, an_embargo_that_ends_shows_the_article_at_the_next_run) {
  add({file("a",
            "{\"id\":\"a\",\"title\":\"t\",\"embargoed_until\":\"2099-01-01\"}\n" + line("b"))});
  EXPECT_EQ(documents(), 1U);
}

TEST_F(ImportTest, a_catalog_of_somebody_else_is_an_error_and_nothing_is_read) {
  std::filesystem::create_directories(data_);
  std::ofstream(catalog_path(data_)) << std::string(8192, 'x');
  const ImportOutcome outcome = run(options_for({file("a", line("a"))}));
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->code, ErrorCode::corrupt);
  EXPECT_EQ(outcome.report.read, 0U);
}

TEST(import_report, sums_up_in_one_line) {
  ImportReport report;
  report.read = 10;
  report.added = 4;
  report.updated = 3;
  report.unchanged = 2;
  report.refused = 1;
  report.passed_over = 2;
  report.seconds = 1.5;
  EXPECT_EQ(report.summary(),
            "read 10, added 4, updated 3, unchanged 2, refused 1 in 1.5 s (6 articles/s)");
  EXPECT_EQ(
      report.to_json(),
      R"({"read":10,"added":4,"updated":3,"unchanged":2,"refused":1,"passed_over":2,"repaired":0,"seconds":1.5,"rate":6.0})");
}

}  // namespace
}  // namespace broadsheet::indexer
