// Generations of an index directory: which one is current, publishing the next by one rename, and
// removing what nobody needs. The layout is in indexer/schema.h.

#ifndef PIA_INDEXER_GENERATIONS_H_
#define PIA_INDEXER_GENERATIONS_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dicts/result.h"

namespace pia {

struct SegmentRef {
  std::string name;                 // "seg-3"
  std::uint32_t assessments = 0;    // dead ones included
  std::vector<std::uint32_t> dead;  // ordinals, ascending
};

struct Generation {
  std::uint64_t number = 0;  // 0: none yet
  int extraction = 0;        // schema::kExtraction of the writer
  std::vector<SegmentRef> segments;
};

// The right to write to an index directory, for as long as it lives.
class IndexLock {
 public:
  // Creates the directory if need be. Errors: IndexBusy if another program writes to it, IndexIo.
  static Result<IndexLock> acquire(const std::filesystem::path& dir);
  IndexLock(IndexLock&& other) noexcept;
  IndexLock& operator=(IndexLock&& other) noexcept;
  ~IndexLock();

 private:
  explicit IndexLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

std::filesystem::path generation_dir(const std::filesystem::path& dir, std::uint64_t number);

// The published generation; number 0 if the directory holds none.
// Errors: IndexVersion with both numbers, IndexDamaged, IndexIo.
Result<Generation> current_generation(const std::filesystem::path& dir);

// A name for a new segment, beyond all that exist. REQUIRES: the lock is held.
std::string next_segment(const std::filesystem::path& dir);

// Writes generation.json into generation_dir (which holds the other files already), makes sure
// that everything is on disk, and points `current` to it. Readers see it from then on.
Status publish(const std::filesystem::path& dir, const Generation& generation);

// Removes generations other than the current one and the one before it unless a reader holds
// them, what killed runs left behind, and segments that no generation names.
// REQUIRES: the lock is held.
void remove_unused(const std::filesystem::path& dir);

}  // namespace pia

#endif  // PIA_INDEXER_GENERATIONS_H_
