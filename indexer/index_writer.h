// IndexWriter brings an index directory up to date with sources. Nothing that readers see changes
// before publish(), which shows everything at once; a run that is killed leaves the index as it
// was.
//
//   auto writer = IndexWriter::open(dir, {.jobs = 4});
//   if (!writer->unchanged(paths, sha256)) ...  // for each input: read it, if the answer is no
//   writer->add(record);                        // or writer->reject(error)
//   writer->prune(paths);                       // only if asked for
//   writer->stale();                            // read these again and add() them
//   writer->publish();
//
// Rules
// - A content (sha256) that the index holds is not read again. A path where it is seen joins its
//   sources; a path of it that is gone from disk leaves them (a renamed file).
// - An assessment (id) may have several files. Its fields come from the best: workbook, PDF, HTML,
//   text; of equals the first path. A changed file replaces what it gave before.
// - prune() removes sources that lay under the paths, were not seen in this run and are gone; an
//   assessment that loses its last source goes. One that loses its best is read again (stale()).
// Not thread safe; uses threads inside.

#ifndef PIA_INDEXER_INDEX_WRITER_H_
#define PIA_INDEXER_INDEX_WRITER_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"

namespace pia {

struct WriterOptions {
  int jobs = 0;             // threads; 0: one a core
  bool read_again = false;  // nothing counts as unchanged
  // Assessments a shard: more are written to a further one, to bound the memory.
  std::uint32_t shard = 2500;
  std::size_t max_segments = 6;  // more are merged
};

struct WriterSummary {
  std::uint32_t added = 0;      // assessments that are new
  std::uint32_t replaced = 0;   // with new content, other sources or another path
  std::uint32_t joined = 0;     // further files of an assessment that has a better one
  std::uint32_t unchanged = 0;  // contents
  std::uint32_t rejected = 0;   // files
  std::uint32_t removed = 0;    // assessments pruned
  std::uint32_t total = 0;      // assessments in the index
  bool published = false;       // false: nothing changed on disk
};

class IndexWriter {
 public:
  // Opens or creates. Errors: IndexBusy, IndexVersion, IndexDamaged, IndexIo, Dictionary.
  static Result<IndexWriter> open(const std::filesystem::path& dir, const WriterOptions& options);
  IndexWriter(IndexWriter&&) noexcept;
  IndexWriter& operator=(IndexWriter&&) noexcept;
  ~IndexWriter();

  // Tells that these paths hold this content now. True if the index knows the content, so that it
  // need not be read; its paths are then brought up to date. `url`, if not empty, is where it came
  // from; content with another url counts as changed.
  bool unchanged(const std::vector<std::string>& paths, const std::string& sha256,
                 const std::string& url = {});

  // An assessment with its "sources" filled in. Errors: IndexIo; Internal if it has no id.
  Status add(nlohmann::ordered_json record);

  // A source that is no assessment. What the path held before stays.
  void reject(const Error& error);

  void prune(const std::vector<std::string>& paths);

  // Paths to read again because their assessment has lost a better source. A path that cannot be
  // read is dropped with lost(), which may make another one stale.
  std::vector<std::string> stale() const;
  void lost(const std::string& path);

  // Writes and publishes the next generation, if anything changed. Call it once, last.
  Result<WriterSummary> publish();

 private:
  struct Impl;
  explicit IndexWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_INDEXER_INDEX_WRITER_H_
