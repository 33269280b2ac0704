// What an IndexWriter holds: shared by index_writer.cc (which files and assessments there are) and
// index_publish.cc (the next generation). Nobody else includes this.

#ifndef PIA_INDEXER_INDEX_WRITER_DATA_H_
#define PIA_INDEXER_INDEX_WRITER_DATA_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dicts/tokenizer.h"
#include "indexer/generations.h"
#include "indexer/index_writer.h"
#include "indexer/shard_pool.h"
#include "indexer/source_list.h"

namespace pia {

struct IndexedAssessment {
  std::string id;
  std::vector<SourceRecord> sources;  // best first; empty: the assessment is gone
  std::string record_sha;             // of the file that its documents were made from
  std::uint32_t segment = 0;          // index into Impl::segments
  std::uint32_t ordinal = 0;
  bool fresh = false;    // not in the index when the run began
  bool counted = false;  // as replaced
};

struct WrittenSegment {
  std::string name;
  std::uint32_t assessments = 0;
  bool kept = true;
};

struct IndexWriter::Impl {
  Impl(std::filesystem::path d, const WriterOptions& o, IndexLock l, Tokenizer t)
      : dir(std::move(d)), options(o), lock(std::move(l)), tokenizer(std::move(t)) {}
  ~Impl() {
    pool.reset();
    remove_unused(dir);
  }

  Status load();
  ShardPool& shards();
  void place(IndexedAssessment& entry, nlohmann::ordered_json record);
  IndexedAssessment* by_content(const std::string& sha256);
  void count_replaced(IndexedAssessment& entry);
  bool is_gone(const SourceRecord& source) const;
  bool path_is_gone(const std::string& path) const;
  Status rewrite_wasteful_segments();
  Status collect_shards();
  Status merge_small_segments();
  Status merge(const std::vector<std::uint32_t>& which);
  std::vector<std::vector<const IndexedAssessment*>> living() const;
  Status write_generation();

  std::filesystem::path dir;
  WriterOptions options;
  IndexLock lock;
  Tokenizer tokenizer;
  Generation before;
  std::vector<WrittenSegment> segments;
  std::uint32_t first_shard = 0;   // index into segments of the pool's first shard
  std::uint32_t first_number = 0;  // of a new segment's name
  std::vector<IndexedAssessment> entries;
  std::unordered_map<std::string, std::size_t> ids, contents;
  std::map<std::string, std::string> seen;  // path -> sha256 of what it holds; "" if rejected
  std::map<std::string, nlohmann::ordered_json> rejected, rejected_before;
  std::unique_ptr<ShardPool> pool;
  bool changed = false;
  WriterSummary summary;
};

}  // namespace pia

#endif  // PIA_INDEXER_INDEX_WRITER_DATA_H_
