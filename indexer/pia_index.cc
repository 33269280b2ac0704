// pia-index: sources → index. Reads options, prints, chooses the exit code; everything else is in
// the room. One run: see which contents are there, read those that are new in worker processes,
// hand what they become to the writer, publish.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/index_writer.h"
#include "indexer/manifest.h"
#include "indexer/reader_pool.h"
#include "indexer/segment_files.h"

namespace {

using pia::Error;
using pia::ErrorCode;
using Json = nlohmann::ordered_json;

struct Options {
  std::string db, manifest, report;
  std::vector<std::string> paths;
  int jobs = 0;
  bool extract = false, explain = false, prune = false, ocr = false, reread = false;
};

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
    case ErrorCode::MalformedQuery:
      return 2;
    case ErrorCode::NotFound:
    case ErrorCode::SourceMissing:
    case ErrorCode::SourceEmpty:
    case ErrorCode::SourceNotText:
    case ErrorCode::SourceNotForm:
    case ErrorCode::SourceDamaged:
    case ErrorCode::SourceTooBig:
    case ErrorCode::SourceUnsupported:
      return 1;
    case ErrorCode::IndexMissing:
    case ErrorCode::IndexVersion:
    case ErrorCode::IndexDamaged:
    case ErrorCode::IndexBusy:
    case ErrorCode::IndexIo:
    case ErrorCode::Dictionary:
    case ErrorCode::Internal:
      return 3;
  }
  return 3;
}

std::string describe(const Error& error) {
  std::string place = error.file;
  if (error.line) place += fmt::format("{}{}", place.empty() ? "line " : ":", error.line);
  return place.empty() ? error.reason : place + ": " + error.reason;
}

int fail(const Error& error) {
  fmt::print(stderr, "pia-index: {}\n", describe(error));
  return exit_code(error.code);
}

// A bar on standard error, if that is a terminal; drawn ten times a second at most.
class Progress {
 public:
  explicit Progress(std::size_t total)
      : total_(total), shown_(::isatty(STDERR_FILENO) && total > 0) {}
  ~Progress() { clear(); }

  void step(const std::string& path) {
    ++done_;
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || (now - drawn_ < std::chrono::milliseconds(100) && done_ < total_)) return;
    drawn_ = now;
    constexpr std::size_t kWidth = 30;
    const std::size_t filled = kWidth * done_ / total_;
    fmt::print(stderr, "\r\033[K[{:=<{}}{: <{}}] {}/{} {}", "", filled, "", kWidth - filled, done_,
               total_, path.size() < 80 ? path : "");
    std::fflush(stderr);
  }
  // Before other lines are printed.
  void clear() const {
    if (shown_) fmt::print(stderr, "\r\033[K");
  }

 private:
  std::size_t total_, done_ = 0;
  bool shown_;
  std::chrono::steady_clock::time_point drawn_{};
};

std::vector<std::string> paths_of(const pia::Input& input) {
  std::vector<std::string> out = {input.path};
  out.insert(out.end(), input.also.begin(), input.also.end());
  return out;
}

// What --report writes about this run.
struct Report {
  Json rejected = Json::array(), warnings = Json::array();

  void reject(const Error& error) {
    Json row = {{"path", error.file}, {"reason", error.reason}};
    if (error.line) row["line"] = error.line;
    rejected.push_back(std::move(row));
  }
  void warn(const pia::Input& input, const pia::Assessment& assessment) {
    if (assessment.warnings.empty()) return;
    warnings.push_back(
        {{"path", input.path}, {"id", assessment.id}, {"warnings", assessment.warnings}});
  }
};

// One run over the paths. Everything that it owns lives as long as the run.
class Update {
 public:
  Update(const Options& options, pia::IndexWriter writer, pia::ReaderPool pool,
         const pia::Manifest* manifest)
      : options_(options),
        writer_(std::move(writer)),
        pool_(std::move(pool)),
        manifest_(manifest) {}

  int run() {
    auto list = pool_.expand(options_.paths);
    for (const auto& error : list.rejected) reject(error);
    std::erase_if(list.inputs, [&](const pia::Input& input) {  // it may lie among the sources
      std::error_code ignored;
      return !options_.manifest.empty() &&
             std::filesystem::equivalent(input.file, options_.manifest, ignored);
    });
    std::erase_if(list.inputs, [&](const pia::Input& input) {
      return writer_.unchanged(paths_of(input), input.sha256, url_of(input));
    });
    if (auto done = read(list.inputs, false); !done) return fail(done.error());
    if (options_.prune) writer_.prune(options_.paths);
    if (auto done = read_stale(); !done) return fail(done.error());
    auto summary = writer_.publish();
    if (!summary) return fail(summary.error());
    if (!options_.report.empty()) {
      if (auto done = write_report(*summary); !done) return fail(done.error());
    }
    print(*summary);
    return summary->rejected ? 1 : 0;
  }

 private:
  std::string url_of(const pia::Input& input) const {
    const auto* entry = manifest_ ? manifest_->find(input.path) : nullptr;
    return entry ? entry->url : std::string();
  }

  void reject(const Error& error) {
    fmt::print(stderr, "rejected {}\n", describe(error));
    writer_.reject(error);
    report_.reject(error);
  }

  // `again`: these were in the index before; one that cannot be read now loses its place.
  pia::Status read(const std::vector<pia::Input>& inputs, bool again) {
    pia::Status status = pia::Done{};
    Progress progress(inputs.size());
    pool_.read(inputs, [&](const pia::Input& input, pia::Result<pia::Assessment> result) {
      progress.step(input.path);
      if (result) {
        report_.warn(input, *result);
        status = writer_.add(pia::to_json(*result));
      } else if (!again) {
        Error error = result.error();
        if (error.file.empty()) error.file = input.path;
        progress.clear();
        reject(error);
      }
      return status.has_value();
    });
    return status;
  }

  // Assessments whose best file is gone are read from the next best.
  pia::Status read_stale() {
    for (auto stale = writer_.stale(); !stale.empty(); stale = writer_.stale()) {
      std::set<std::string> files;
      for (const auto& path : stale) files.insert(path.substr(0, path.find("!/")));
      auto inputs = pool_.expand({files.begin(), files.end()}).inputs;
      std::erase_if(inputs, [&](const pia::Input& input) {
        return std::ranges::none_of(paths_of(input), [&](const std::string& path) {
          return std::ranges::find(stale, path) != stale.end();
        });
      });
      if (auto done = read(inputs, true); !done) return done;
      for (const auto& path : stale) writer_.lost(path);  // only what is still stale
    }
    return pia::Done{};
  }

  pia::Status write_report(const pia::WriterSummary& summary) const {
    const Json json = {{"added", summary.added},
                       {"replaced", summary.replaced},
                       {"joined", summary.joined},
                       {"unchanged", summary.unchanged},
                       {"removed", summary.removed},
                       {"total", summary.total},
                       {"lost_workers", pool_.lost_workers()},
                       {"rejected", report_.rejected},
                       {"warnings", report_.warnings}};
    return pia::write_file(options_.report,
                           json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  }

  void print(const pia::WriterSummary& summary) const {
    std::string line =
        fmt::format("added {}, replaced {}, unchanged {}, rejected {}", summary.added,
                    summary.replaced, summary.unchanged, summary.rejected);
    if (summary.joined) line += fmt::format(", further files of an assessment {}", summary.joined);
    if (options_.prune) line += fmt::format(", removed {}", summary.removed);
    fmt::print(stderr, "{}; {} assessments in {}\n", line, summary.total, options_.db);
  }

  const Options& options_;
  pia::IndexWriter writer_;
  pia::ReaderPool pool_;
  const pia::Manifest* manifest_;
  Report report_;
};

pia::Result<pia::Manifest> read_manifest(const std::string& path) {
  auto text = pia::read_file(path);
  if (!text) return Error{ErrorCode::Usage, text.error().reason, path};
  auto manifest = pia::Manifest::parse(*text, std::filesystem::path(path).parent_path().string());
  if (manifest) return manifest;
  Error error = manifest.error();
  if (error.file.empty()) error.file = path;
  error.code = ErrorCode::Usage;
  return error;
}

int update(const Options& options) {
  std::optional<pia::Manifest> manifest;
  if (!options.manifest.empty()) {
    auto read = read_manifest(options.manifest);
    if (!read) return fail(read.error());
    manifest = std::move(*read);
  }
  auto writer =
      pia::IndexWriter::open(options.db, {.jobs = options.jobs, .read_again = options.reread});
  if (!writer) return fail(writer.error());
  pia::PoolOptions pool_options;
  pool_options.jobs = options.jobs;
  pool_options.ocr = options.ocr;
  pool_options.manifest = manifest ? &*manifest : nullptr;
  auto pool = pia::ReaderPool::create(pool_options);
  if (!pool) return fail(pool.error());
  return Update(options, std::move(*writer), std::move(*pool), manifest ? &*manifest : nullptr)
      .run();
}

int extract(const Options& options) {
  pia::PoolOptions pool_options;
  pool_options.jobs = 1;
  pool_options.ocr = options.ocr;
  auto pool = pia::ReaderPool::create(pool_options);
  if (!pool) return fail(pool.error());
  const auto list = pool->expand(options.paths);
  if (!list.rejected.empty()) return fail(list.rejected.front());
  if (list.inputs.size() != 1) {
    return fail({ErrorCode::Usage,
                 fmt::format("--extract takes one file; here are {}", list.inputs.size()),
                 options.paths.front()});
  }
  int code = 0;
  pool->read(list.inputs, [&](const pia::Input& input, pia::Result<pia::Assessment> result) {
    if (result) {
      fmt::print("{}\n", pia::to_json(*result, options.explain)
                             .dump(1, ' ', false, Json::error_handler_t::replace));
      return true;
    }
    Error error = result.error();
    if (error.file.empty()) error.file = input.path;
    code = fail(error);
    return true;
  });
  return code;
}

constexpr const char* kFooter =
    "PATH is a file, a folder, a .zip archive, or - for standard input: PDF, workbook (.xlsx), "
    "HTML\n"
    "or text of privacy impact assessments. Exit codes: 0 done; 1 some input was rejected, all "
    "the\n"
    "rest is in; 2 wrong usage; 3 the index cannot be read or written and is left as it was.\n\n"
    "Examples:\n"
    "  pia-index --db index --prune downloads/\n"
    "  pia-index --extract downloads/12_kokuho.pdf";

}  // namespace

int main(int argc, char** argv) {
  if (const auto code = pia::run_as_reader(argc, argv)) return *code;
  Options options;
  CLI::App app("Reads privacy impact assessments (特定個人情報保護評価書) into an index.",
               "pia-index");
  app.footer(kFooter);
  app.set_version_flag("--version", std::string("pia-index ") + PIA_VERSION);
  app.add_option("--db", options.db, "index directory; created if it is not there")
      ->type_name("DIR");
  app.add_option("--jobs", options.jobs, "processes and threads (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(0, 1024));
  app.add_option("--manifest", options.manifest,
                 "where each file came from: path,url,municipality,published_on,note")
      ->type_name("CSV");
  app.add_flag("--prune", options.prune, "remove what lay under the given paths and is gone");
  app.add_option("--report", options.report, "write what happened, with all warnings")
      ->type_name("FILE.json");
  app.add_flag("--ocr", options.ocr, "read scans with tesseract (package tesseract-ocr-jpn)");
  app.add_flag("--reread", options.reread, "read unchanged files again as well");
  app.add_flag("--extract", options.extract, "print the assessment in one file as JSON; no index");
  app.add_flag("--explain", options.explain, "with --extract: also what decided each value");
  app.add_option("PATH", options.paths, "what to add or update");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : 2;
  }
  if (options.extract) {
    if (options.db.empty() && options.paths.size() == 1) return extract(options);
    return fail({ErrorCode::Usage, "--extract takes one file and no --db; see --help"});
  }
  if (options.db.empty() || options.paths.empty()) {
    return fail({ErrorCode::Usage, "--db DIR and at least one PATH are needed; see --help"});
  }
  return update(options);
}
