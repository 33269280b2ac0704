// A zip archive in memory (an .xlsx is one too), read without trust: sizes are counted while
// unpacking, whatever the archive's list says.

#ifndef PIA_INDEXER_ARCHIVE_H_
#define PIA_INDEXER_ARCHIVE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"

namespace pia {

struct ArchiveMember {
  std::string name;         // UTF-8; names in CP932 (Windows) are converted
  std::uint64_t index = 0;  // in the archive
  std::uint64_t bytes = 0;  // as the archive's list says
};

class Archive {
 public:
  // `bytes` must outlive it. `limit` is for all that is unpacked through this object.
  // Errors: SourceDamaged (cut off, no archive), SourceTooBig (too many members).
  static Result<Archive> open(std::string_view bytes, std::uint64_t limit);

  Archive(Archive&&) noexcept;
  ~Archive();

  // Files only, in the archive's order.
  const std::vector<ArchiveMember>& members() const;
  const ArchiveMember* find(std::string_view name) const;

  // Errors: SourceDamaged (checksum, password), SourceTooBig: over the limit, or more than 250
  // times its packed size and over 8 MB, which only bombs are.
  Result<std::string> read(const ArchiveMember& member);

 private:
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_INDEXER_ARCHIVE_H_
