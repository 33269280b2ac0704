// SegmentWriter writes one segment: three tables of documents and the records. merge_segments()
// joins finished ones. A segment is never changed after finish().

#ifndef PIA_INDEXER_SEGMENT_WRITER_H_
#define PIA_INDEXER_SEGMENT_WRITER_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "dicts/result.h"
#include "indexer/document_builder.h"
#include "indexer/segment_files.h"

namespace pia {

// Not thread safe; different segments may be written by different threads.
class SegmentWriter {
 public:
  // `dir` must not exist; it is created. `reading` gives the kana of field values. Errors: IndexIo.
  static Result<SegmentWriter> create(const std::filesystem::path& dir, const ReadingOf& reading);
  SegmentWriter(SegmentWriter&&) noexcept;
  SegmentWriter& operator=(SegmentWriter&&) noexcept;
  ~SegmentWriter();

  // The ordinal of the assessment in this segment: 0, 1, 2 ... Errors: IndexIo.
  Result<std::uint32_t> add(const BuiltAssessment& built);

  // Writes out what is still in memory and closes everything. Errors: IndexIo.
  Status finish();

 private:
  struct Impl;
  explicit SegmentWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// One segment with the documents of all, in order; `to` must not exist. Errors: IndexIo,
// IndexDamaged.
Status merge_segments(const std::vector<std::filesystem::path>& from,
                      const std::filesystem::path& to);

// Documents of a table of a finished segment.
Result<std::uint32_t> segment_size(const std::filesystem::path& dir, schema::Table table);

}  // namespace pia

#endif  // PIA_INDEXER_SEGMENT_WRITER_H_
