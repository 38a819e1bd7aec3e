// The index as search sees it: plans in, numbers and scores out. The only door to the engine; a
// second engine would fit behind this header and catalog_reader.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "schema/index.h"
#include "schema/result.h"
#include "server/store/explained.h"
#include "server/store/facet_count.h"
#include "server/store/facet_seen.h"
#include "server/store/match.h"
#include "server/store/part_view.h"
#include "server/store/query_plan.h"
#include "server/store/term_counts.h"
#include "server/store/vocabulary.h"

namespace broadsheet::server {

struct RunRequest {
  const QueryNode& root;
  MatchMode match = MatchMode::automatic;
  const std::vector<QueryNode>& filters;
  TimeWindow window;
  DateRule dates;
  Sort sort = Sort::relevance;
  Recency recency;
  const ScoreLabels* score_labels = nullptr;  // lent; null: none
  std::size_t limit = 10;
  // Words that occur in no more articles than this together are walked, which counts them, too.
  std::uint64_t walk_up_to = 2000;
  // So many postings, about a millisecond's worth, are walked to count to the end.
  std::uint64_t count_up_to = 50'000;
  std::optional<TimePosition> after;  // time order alone
  // What an earlier page found best for MatchMode::automatic; empty: to be found out.
  std::optional<Relaxing> relaxing;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

struct RunResult {
  std::vector<FoundDoc> docs;  // best first, or in time order
  MatchCount count;            // the same for every limit
  Reading reading = Reading::all;
  Relaxing relaxing = Relaxing::none;
  bool partial = false;  // the deadline passed; of time order `docs` may lack some in the midst
};

// A plan as run() read it, whose matches are all to be gathered.
struct GatherPlan {
  const QueryNode& root;
  Reading reading = Reading::all;
  const std::vector<QueryNode>& filters;
  TimeWindow window;
  DateRule dates;
  const std::unordered_set<DocId>& left_out;  // taken down since the index was written
  std::uint64_t spared_steps = 0;             // see GatherRequest, as the next
  std::size_t most_kept = AllMatches::kMostKept;
};

// A weighted term of a bag query, as related links ask for them.
struct WeightedTerm {
  std::string term;
  double weight = 1;  // times the term's BM25 weight
};

// A stem of one article's text, as comparing articles weighs it.
struct StemCount {
  std::uint64_t hash = 0;  // fnv1a_64() of the stem
  std::uint32_t occurrences = 0;
  std::uint32_t articles = 0;  // as articles_with_about()
  bool in_title = false;
};

// Terms of the index that begin alike.
struct Expansion {
  std::vector<std::string> terms;  // the most frequent first, kMaxExpansion at most
  bool is_cut = false;             // there are more
};

inline constexpr std::size_t kMaxExpansion = 64;

// What near-duplicates share.
struct DuplicateKey {
  std::uint64_t group = 0;  // StoredArticle::duplicate_group; 0: in none
};

// A read-only view of the live index. One per session; one thread at a time.
class IndexReader {
 public:
  // Errors as read_stub() and open_part(). `cache` and `keeper` may be null; else they outlive the
  // reader and may serve several. Without a keeper there are no words to look up.
  [[nodiscard]] static Result<IndexReader> open(const std::filesystem::path& data_dir,
                                                PostingCache* cache = nullptr,
                                                VocabularyKeeper* keeper = nullptr);

  // Follows the stub and reopens what has moved on; cheap when nothing has.
  [[nodiscard]] Result<void> refresh();

  // corrupt: the index was made from another catalog than the one of this uuid.
  [[nodiscard]] Result<void> check_archive(const std::string& uuid) const;

  // Runs a plan. unavailable with kModifiedMessage: refresh and run again.
  [[nodiscard]] Result<RunResult> run(const RunRequest& request);
  // Why an article has the score that run() gives it, or why it is no match, of a plan as run()
  // read it: `root` and `reading` stand for those of the request. Empty when the index has no such
  // article.
  [[nodiscard]] Result<std::optional<Explained>> explain(const RunRequest& request,
                                                         const QueryNode& root,
                                                         Reading reading,
                                                         DocId doc);
  // The place of an article, from 1, in what run() would list with `root` and `reading` in place of
  // the request's own; empty when it is not among the first `limit`.
  [[nodiscard]] Result<std::optional<std::size_t>> rank_of(const RunRequest& request,
                                                           const QueryNode& root,
                                                           Reading reading,
                                                           DocId doc);
  // Ranks by a bag of weighted terms what was published in `window` (open: everything), until the
  // deadline passes.
  [[nodiscard]] Result<std::vector<FoundDoc>> run_bag(
      const std::vector<WeightedTerm>& terms,
      std::size_t limit,
      const TimeWindow& window = {},
      Deadline::Clock::time_point until = Deadline::Clock::time_point::max());

  // Visible articles that hold a term, over all parts; hidden versions may count once more.
  [[nodiscard]] std::uint64_t articles_with(const std::string& term);

  [[nodiscard]] CollectionStats stats() const { return stats_; }

  // The stems of an article's text, none when it is not in the index.
  [[nodiscard]] Result<void> stems_of(DocId doc, std::vector<StemCount>& stems);
  // As articles_with(), but remembered while the archive grows by up to 6 %: for weights. `hash`:
  // fnv1a_64() of the term. Low where the index cannot be read; the next read tells.
  [[nodiscard]] std::uint32_t articles_with_about(const std::string& term, std::uint64_t hash);

  // The terms that begin with `start`. Takes what it reads from `may_read`; where that does not
  // suffice, the last ones in the order of their bytes are left out.
  [[nodiscard]] Result<Expansion> terms_starting_with(const std::string& start,
                                                      std::size_t& may_read);
  // All that a plan matches, to be counted by the functions below while the view stays the same.
  [[nodiscard]] Result<AllMatches> gather(const GatherPlan& plan, Deadline& deadline);
  [[nodiscard]] Result<LabelCounts> count_labels(const AllMatches& matches, Field field);
  [[nodiscard]] Result<TimeExtent> extent_of(const AllMatches& matches, DateField field);
  [[nodiscard]] Result<std::vector<double>> count_times(const AllMatches& matches,
                                                        DateField field,
                                                        const TimeBounds& bounds);
  // The same of every article there is.
  [[nodiscard]] Result<std::vector<double>> count_all_times(DateField field,
                                                            const TimeBounds& bounds);
  // The first `limit` matches after a position, last seen first.
  [[nodiscard]] Result<std::vector<SeenPosition>> last_seen(
      const GatherPlan& plan,
      std::size_t limit,
      const std::optional<SeenPosition>& after,
      Deadline& deadline);
  // The labels of one article, folded as terms have them.
  [[nodiscard]] Result<std::vector<std::string>> labels_of(DocId doc, Field field);
  // Some articles that hold a term: all of a part that has no more than `most`, else about so many,
  // spread over it.
  [[nodiscard]] Result<std::vector<DocId>> some_with(const std::string& term, std::size_t most);

  // The duplicate key of each article, in the same order.
  [[nodiscard]] Result<std::vector<DuplicateKey>> duplicate_keys(const std::vector<DocId>& docs);
  // The articles that share a key.
  [[nodiscard]] Result<std::vector<DocId>> duplicates(DuplicateKey key);

  // Words of titles and bodies, stems of titles, or labels, of most articles first; a failed read
  // gives fewer. `field`: body, title, kicker, author or tag; others have none. Words must be
  // folded as the index has them.
  [[nodiscard]] std::vector<CountedWord> words_beginning_with(Field field,
                                                              std::string_view begin,
                                                              std::size_t limit);
  // Labels of which a word begins so.
  [[nodiscard]] std::vector<CountedWord> labels_with_word(Field field,
                                                          std::string_view begin,
                                                          std::size_t limit);
  // As are_alike(); what came in lately is not looked at.
  [[nodiscard]] std::vector<CountedWord> words_alike(Field field,
                                                     std::string_view word,
                                                     int edits,
                                                     std::size_t limit);
  // Whether a text has the word as it is; else it is a stem alone.
  [[nodiscard]] bool is_written(const std::string& term);
  // The newest article with a term.
  [[nodiscard]] Result<std::optional<DocId>> newest_with(const std::string& term);

  // Languages of the archive to read queries in, most articles first; "" stands for texts whose
  // language has no stemmer or is not known.
  [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }

  [[nodiscard]] int generation() const { return live_.generation; }

  [[nodiscard]] std::int64_t applied_seq() const { return applied_seq_; }

  // A sentence about weak version stamps; empty when all is well.
  [[nodiscard]] const std::string& warning() const { return warning_; }

 private:
  IndexReader(std::filesystem::path data_dir, PostingCache* cache, VocabularyKeeper* keeper)
      : data_dir_(std::move(data_dir)), cache_(cache), keeper_(keeper) {}

  // Tells one writing of the stub from another.
  struct StubStamp {
    std::uint64_t inode = 0;
    std::int64_t modified_ns = 0;
    friend bool operator==(const StubStamp&, const StubStamp&) = default;
  };

  // One way to read a request: by its own tree or by that with runs apart.
  struct Attempt {
    const RunRequest& request;
    const QueryNode& root;
    Reading reading;
  };

  Result<void> open_parts();
  Result<void> open_live();
  void look_at_parts();
  void look_at_languages();
  void forget_old_counts();
  StubStamp stub_stamp() const;
  Expansion scan_terms(const std::string& start, std::size_t& may_read) const;
  const PartView* part_with(DocId doc) const;
  std::size_t largest_part() const;
  std::shared_ptr<const Vocabulary> vocabulary() const;
  void add_of_small_parts(Field field,
                          const std::string& begin,
                          const std::function<bool(std::string_view)>& wanted,
                          std::vector<CountedWord>& words);
  // Over all parts.
  TermFacts facts(const std::string& term);
  CompileContext context_for(const PartView& part);
  void run_automatic(const RunRequest& request, RunResult& result);
  bool run_relaxed(const RunRequest& request, Relaxing relaxing, RunResult& result);
  void run_parts(const Attempt& attempt, RunResult& result);
  std::optional<MatchCount> list_part(const PartView& part,
                                      const Attempt& attempt,
                                      Deadline& deadline,
                                      std::vector<FoundDoc>& docs,
                                      BestDocs& best);
  MatchCount count_part(const PartView& part, const Attempt& attempt, Deadline& deadline);
  CompiledQuery compile_bag(const PartView& part, const std::vector<WeightedTerm>& terms);

  std::filesystem::path data_dir_;
  PostingCache* cache_;
  VocabularyKeeper* keeper_;
  LiveIndex live_;
  StubStamp stub_;
  std::vector<PartView> parts_;  // newest first
  CollectionStats stats_;
  std::int64_t displacement_ = 0;
  std::int64_t applied_seq_ = 0;
  std::vector<std::string> languages_;
  std::string warning_;
  std::unordered_map<std::string, TermFacts> facts_;       // forgotten when the index moves
  std::unordered_map<std::string, Expansion> expansions_;  // and these
  TermCounts counts_about_;
  std::uint64_t counts_about_at_ = 0;  // articles there were when counts_about_ was begun
};

}  // namespace broadsheet::server
