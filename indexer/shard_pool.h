// ShardPool builds documents and writes them to segments on several threads, each with segments
// of its own. Assessments go to the threads in turn, after the first few that one thread takes (a
// small update then is one segment), so that the same input gives the same segments; the place of
// an assessment is known when it is handed in.

#ifndef PIA_INDEXER_SHARD_POOL_H_
#define PIA_INDEXER_SHARD_POOL_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "dicts/result.h"
#include "dicts/tokenizer.h"

namespace pia {

struct ShardPlace {
  std::uint32_t shard = 0;    // index into finish()'s list
  std::uint32_t ordinal = 0;  // within it
};

class ShardPool {
 public:
  // `name` makes the path of each further segment. The tokenizer must outlive the pool.
  ShardPool(const Tokenizer& tokenizer, std::filesystem::path dir, std::uint32_t first_number,
            int threads, std::uint32_t shard_size);
  ShardPool(const ShardPool&) = delete;
  ~ShardPool();

  // Waits while too much is in flight. Errors of writing come with finish().
  ShardPlace add(nlohmann::ordered_json record);

  struct Shard {
    std::string name;  // of its directory
    std::uint32_t assessments = 0;
  };
  // Ends the threads; the finished segments in the order of ShardPlace::shard.
  Result<std::vector<Shard>> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_INDEXER_SHARD_POOL_H_
