// ReaderPool turns paths into assessments. It is the one way in which pia-index reads files:
//
//   if (auto code = run_as_reader(argc, argv)) return *code;      // first line of main()
//   ...
//   auto pool = ReaderPool::create({.jobs = 4, .manifest = manifest_or_nullptr});
//   InputList list = pool->expand({"downloads/", "-"});           // list.rejected is reported
//   pool->read(list.inputs, [&](const Input& input, Result<Assessment> result) { ... });
//
// Files are untrusted and the libraries that parse them are large. So each file is read and
// extracted in a worker process (this program again, started with a hidden first argument) that
// has limits on memory, processor time and file size and cannot open a network connection. A
// crash, a hang or a bomb loses that one file, with its reason; the worker is replaced. Results
// come back through a pipe in a checked framing, and what arrives is decoded without trust.
//
// Not thread safe: one pool, one thread. No threads are started.

#ifndef PIA_INDEXER_READER_POOL_H_
#define PIA_INDEXER_READER_POOL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dicts/result.h"
#include "indexer/assessment.h"
#include "indexer/source_reader.h"

namespace pia {

class Manifest;  // indexer/manifest.h

struct PoolOptions {
  int jobs = 0;                             // worker processes; 0 means one a core
  bool ocr = false;                         // read scans with tesseract, if it is installed
  const Manifest* manifest = nullptr;       // where files came from; must outlive the pool
  std::string program;                      // what workers run; empty means this program
  int seconds_per_file = 120;               // wall clock; ten times that with ocr
  std::uint64_t memory_bytes = 2ull << 30;  // of address space, one worker
  ReadLimits limits;
};

// One content to read. Files with the same bytes are one input.
struct Input {
  std::string path;               // as it is shown: "dir/a.pdf", "a.zip!/b.pdf", "-"
  std::vector<std::string> also;  // other paths with the same content, in order
  std::string sha256;             // of the content, lower-case hexadecimal
  std::uint64_t bytes = 0;
  std::string file;    // what is opened: a path
  std::string member;  // its name inside that archive; empty if file is the content
};

struct InputList {
  std::vector<Input> inputs;    // in the order of the paths given; a folder's are sorted
  std::vector<Error> rejected;  // paths that are missing, unreadable, nested archives ...
};

class ReaderPool {
 public:
  // Called once an input, in the order of the inputs, on the calling thread. The assessment's
  // `sources` names every path of the input. Return false to stop early (nothing more is read).
  using Callback = std::function<bool(const Input&, Result<Assessment>)>;

  // Errors: Dictionary if poppler-data is missing or if OCR is asked for and tesseract with its
  // Japanese data is not installed; Internal if no worker can be started.
  static Result<ReaderPool> create(const PoolOptions& options);

  ReaderPool(ReaderPool&&) noexcept;
  ReaderPool& operator=(ReaderPool&&) noexcept;
  ~ReaderPool();  // ends the workers

  // Which contents lie under these paths: folders recursively (hidden files, and what an office
  // program or a browser leaves behind, are passed over), .zip archives (an archive inside an
  // archive is refused), "-" for standard input. Reads every file once for its hash, so that a
  // caller can skip what it already holds before read().
  InputList expand(const std::vector<std::string>& paths);

  // Reads and extracts all inputs. Errors of single files go to the callback.
  void read(const std::vector<Input>& inputs, const Callback& callback);

  // Processes that were lost and replaced so far, for the report.
  int lost_workers() const;

 private:
  struct Impl;
  explicit ReaderPool(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Call it first in main(): if this process was started as a worker it serves until its pool goes
// away and returns the exit code; otherwise nullopt at once.
std::optional<int> run_as_reader(int argc, char** argv);

}  // namespace pia

#endif  // PIA_INDEXER_READER_POOL_H_
