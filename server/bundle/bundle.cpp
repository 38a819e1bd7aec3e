// Takedowns first, then all lists, then once more those that name what was taken down meanwhile.
#include "server/bundle/bundle.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>
#include <sys/file.h>
#include <unistd.h>

#include "schema/hash.h"
#include "server/api/handlers.h"
#include "server/bundle/manifest.h"

namespace broadsheet::server {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kPage = 1000;          // changes read at a time
constexpr std::size_t kProgressEvery = 500;  // articles
constexpr const char* kPattern = "/v1/articles/{id}/read_next";

// One export in a folder at a time. The file stays; the lock goes with the process.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : descriptor_(::open((folder / kBundleMark).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)),
        is_held_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {}

  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  [[nodiscard]] bool is_held() const { return is_held_; }

 private:
  int descriptor_;
  bool is_held_;
};

// One list as it is to be shown.
struct List {
  std::string text;
  std::vector<std::string> links;
};

// Nothing: the article may not be shown.
Result<std::optional<List>> list_of(const Backend& backend, const std::string& id) {
  Request request;
  request.method = "GET";
  request.path = kPattern;
  request.pattern = kPattern;
  request.captures = {{"id", id}};
  request.id = id;  // what a failure is logged with
  const Response response = read_next(backend, request);
  if (response.status == 404 || response.status == 410 || response.status == 451)
    return std::optional<List>();
  Json json = Json::parse(response.body, nullptr, false);
  if (response.status != 200 || json.is_discarded())
    return fail(ErrorCode::unavailable, "the list of an article cannot be made");
  // It changes with every commit, and the list does not.
  json.erase("index");
  List list{json.dump() + "\n", {}};
  for (const Json& item : json["items"])
    list.links.push_back(item["id"].get<std::string>());
  return std::optional(std::move(list));
}

std::string hash_of(std::string_view text) {
  return fmt::format("{:016x}", fnv1a_64(text));
}

class BundleWriter {
 public:
  BundleWriter(const Backend& backend, const BundleOptions& options)
      : backend_(backend), options_(options) {}

  Result<BundleReport> run() {
    if (const auto index = backend_.index_state(); !index) return pass_on(index.error());
    // Nothing is put into a folder of other things.
    if (const auto ours = read_manifest(options_.folder); !ours) return pass_on(ours.error());
    std::error_code failed;
    fs::create_directories(options_.folder / "read_next", failed);
    const FolderLock lock(options_.folder);
    if (failed || !lock.is_held()) {
      return fail(ErrorCode::unavailable,
                  "cannot write to " + options_.folder.string(),
                  "another export may be writing there; else see to its rights");
    }
    auto before = read_manifest(options_.folder);
    if (!before) return pass_on(before.error());
    before_ = std::move(*before);
    if (auto read = read_changes(); !read) return pass_on(read.error());
    remove_strangers();
    if (auto made = make_lists({visible_.begin(), visible_.end()}); !made)
      return pass_on(made.error());
    if (auto caught_up = catch_up(); !caught_up) return pass_on(caught_up.error());
    remove_stale();
    remember_gone();
    report_changes();
    if (auto kept = keep(); !kept) return pass_on(kept.error());
    return std::move(report_);
  }

 private:
  // Follows what has changed since the last time; what of it may not be shown. Articles that are
  // new later on wait for the next export.
  Result<std::set<std::string>> read_changes() {
    std::set<std::string> taken_down;
    while (true) {
      const auto page = backend_.changes(since_, kPage);
      if (!page) return pass_on(page.error());
      if (!before_.archive.empty() && before_.archive != page->archive) {
        return fail(ErrorCode::invalid_argument,
                    options_.folder.string() + " has the bundle of another archive",
                    "name another folder");
      }
      after_.archive = page->archive;
      if (page->articles.empty()) return taken_down;
      since_ = page->next_since;
      note_visible(page->articles, taken_down);
    }
  }

  void note_visible(const std::vector<StoredArticle>& changed, std::set<std::string>& taken_down) {
    const std::int64_t clock = backend_.clock();
    for (const StoredArticle& stored : changed) {
      const std::string& id = stored.article.id;
      if (is_visible(stored.article, clock)) {
        visible_.insert(id);
      } else {
        visible_.erase(id);
        taken_down.insert(id);
      }
    }
  }

  // Files of articles that are not to be shown, and what a run that was ended has left.
  void remove_strangers() {
    std::set<std::string> wanted;
    for (const std::string& id : visible_)
      wanted.insert(bundle_file(id));
    std::error_code failed;
    std::vector<fs::path> strangers;
    for (const auto& entry : fs::directory_iterator(options_.folder / "read_next", failed)) {
      const std::string file = "read_next/" + entry.path().filename().string();
      if (!wanted.contains(file)) strangers.push_back(entry.path());
    }
    for (const fs::path& file : strangers)
      fs::remove(file, failed);
  }

  Result<void> make_lists(const std::vector<std::string>& ids) {
    done_ = 0;
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    threads.reserve(static_cast<std::size_t>(options_.threads));
    for (int i = 0; i < options_.threads; ++i) {
      threads.emplace_back([&] {
        for (std::size_t at = next++; at < ids.size() && !is_over(); at = next++)
          make_list(ids[at], ids.size());
      });
    }
    threads.clear();
    if (failure_) return pass_on(*failure_);
    return {};
  }

  bool is_over() {
    const std::scoped_lock lock(mutex_);
    return failure_.has_value();
  }

  void make_list(const std::string& id, std::size_t all) {
    auto list = list_of(backend_, id);
    Result<void> kept;
    if (list) kept = keep_list(bundle_file(id), *list);
    const std::scoped_lock lock(mutex_);
    if (++done_ % kProgressEvery == 0 && options_.on_progress) options_.on_progress(done_, all);
    if (!kept) failure_ = kept.error();
    failed_.erase(id);
    const auto known = before_.articles.find(id);
    if (list && *list) {
      after_.articles[id] = {bundle_file(id), hash_of((*list)->text), std::move((*list)->links)};
    } else if (list) {
      after_.articles.erase(id);
    } else if (failed_.insert(id); known != before_.articles.end()) {
      after_.articles[id] = known->second;
    }
  }

  Result<void> keep_list(const std::string& file, const std::optional<List>& list) {
    const fs::path place = options_.folder / file;
    std::error_code failed;
    if (!list) fs::remove(place, failed);
    if (!list || bytes_of(place) == list->text) return {};
    return replace_file(place, list->text);
  }

  // Until nothing that a list names was taken down since the list was made.
  Result<void> catch_up() {
    while (true) {
      const auto taken_down = read_changes();
      if (!taken_down) return pass_on(taken_down.error());
      if (taken_down->empty()) return {};
      if (auto made = make_lists(to_make_again(*taken_down)); !made) return made;
    }
  }

  // What was taken down, and whose lists name it; these are remembered.
  std::vector<std::string> to_make_again(const std::set<std::string>& taken_down) {
    std::set<std::string> again = taken_down;
    for (const auto& [id, article] : after_.articles) {
      for (const std::string& other : article.links) {
        if (!taken_down.contains(other)) continue;
        after_.gone[other].push_back(id);
        again.insert(id);
      }
    }
    return {again.begin(), again.end()};
  }

  // Lists of before that could not be made again and name what may not be shown: better none.
  void remove_stale() {
    const auto is_gone = [this](const std::string& other) { return !visible_.contains(other); };
    for (const std::string& id : failed_) {
      const auto kept = after_.articles.find(id);
      if (kept == after_.articles.end()) continue;
      const std::vector<std::string>& links = kept->second.links;
      if (std::none_of(links.begin(), links.end(), is_gone)) continue;
      std::error_code failed;
      fs::remove(options_.folder / kept->second.file, failed);
      after_.articles.erase(kept);
    }
  }

  // What the last bundle named, or had lost, and this one may not show.
  void remember_gone() {
    const auto is_gone = [this](const std::string& id) { return !visible_.contains(id); };
    for (const auto& [id, by] : before_.gone) {
      if (is_gone(id)) after_.gone[id].insert(after_.gone[id].end(), by.begin(), by.end());
    }
    for (const auto& [id, article] : before_.articles) {
      for (const std::string& other : article.links) {
        if (is_gone(other)) after_.gone[other].push_back(id);
      }
    }
    for (auto& [id, by] : after_.gone) {
      std::sort(by.begin(), by.end());
      by.erase(std::unique(by.begin(), by.end()), by.end());
    }
  }

  void report_changes() {
    report_.articles = after_.articles.size();
    report_.failed = failed_.size();
    for (const auto& [id, article] : after_.articles) {
      const auto known = before_.articles.find(id);
      if (known == before_.articles.end() || known->second.hash != article.hash)
        report_.written.push_back(article.file);
    }
    for (const auto& [id, article] : before_.articles) {
      if (!after_.articles.contains(id)) report_.removed.push_back(article.file);
    }
  }

  Result<void> keep() {
    const Json changed = {{"written", report_.written}, {"removed", report_.removed}};
    auto kept = replace_file(options_.folder / "changed.json", changed.dump(1) + "\n");
    if (!kept) return kept;
    return write_manifest(options_.folder, after_);
  }

  const Backend& backend_;
  const BundleOptions& options_;
  Manifest before_;
  Manifest after_;
  std::set<std::string> visible_;
  std::int64_t since_ = 0;
  std::mutex mutex_;  // of all below, and of after_ while lists are made
  BundleReport report_;
  std::set<std::string> failed_;  // ids
  std::size_t done_ = 0;
  std::optional<Error> failure_;
};

}  // namespace

Result<BundleReport> write_bundle(const Backend& backend, const BundleOptions& options) {
  return BundleWriter(backend, options).run();
}

}  // namespace broadsheet::server
