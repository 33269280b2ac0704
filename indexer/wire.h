// What crosses the pipe between a pool and its workers: values as bytes, in frames with a length
// and a checksum. A worker has handled hostile files, so decoding trusts nothing: every length
// is checked against what is left, and a frame that is wrong in any way is an error.
//
// Each struct lists its members in a structured binding; one that gains a member does not
// compile until it is listed here too.

#ifndef PIA_INDEXER_WIRE_H_
#define PIA_INDEXER_WIRE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "dicts/result.h"
#include "indexer/assessment.h"
#include "indexer/manifest.h"
#include "indexer/reader_pool.h"

namespace pia::wire {

// From the pool to a worker.
struct Task {
  bool hash_only = false;  // what is in this file: its hash, or its members'
  std::string path, file, member;
  ManifestEntry origin;  // path empty if the manifest does not name it
  bool ocr = false;
  ReadLimits limits;
};

// One content found by a task with hash_only.
struct Found {
  std::string member, sha256;
  std::uint64_t bytes = 0;
  Error error;  // of this member; code Usage and no reason if none
};

// And back.
struct Answer {
  bool failed = false;
  Error error;               // if failed
  std::vector<Found> found;  // of a task with hash_only
  Assessment assessment;
};

std::string encode(const Task& task);
std::string encode(const Answer& answer);
bool decode(std::string_view bytes, Task& task);
bool decode(std::string_view bytes, Answer& answer);

// Frames: 4 letters, 8 bytes length, 8 bytes checksum (FNV-1a), payload. Blocking; false at the
// end of the pipe, on a wrong frame, or if the payload is longer than `most`.
bool write_frame(int fd, std::string_view payload);
bool read_frame(int fd, std::string& payload, std::uint64_t most);

// For a reader that must not block: what has arrived so far.
enum class FrameState { Partial, Whole, Wrong };
FrameState take_frame(std::string& arrived, std::string& payload, std::uint64_t most);

}  // namespace pia::wire

#endif  // PIA_INDEXER_WIRE_H_
