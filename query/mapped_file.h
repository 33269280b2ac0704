// Files of a segment, mapped into memory read-only, and the blobs in them. Both may be read by any
// number of threads.

#ifndef PIA_QUERY_MAPPED_FILE_H_
#define PIA_QUERY_MAPPED_FILE_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "dicts/result.h"
#include "indexer/schema.h"

namespace pia {

class MappedFile {
 public:
  MappedFile() = default;
  // Errors: IndexDamaged if the file is missing, IndexIo.
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~MappedFile();

  std::string_view bytes() const { return {data_, size_}; }
  // The file as an array; what does not fill a last element is left out.
  template <typename T>
  std::span<const T> as() const {
    return {reinterpret_cast<const T*>(data_), size_ / sizeof(T)};
  }

 private:
  MappedFile(const char* data, std::size_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

// Strings in zstd frames (schema::BlobEntry). The last frame read is kept, because neighbours are
// mostly asked for one after another.
class Blobs {
 public:
  Blobs() = default;
  static Result<Blobs> open(const std::filesystem::path& path);
  std::size_t size() const { return entries_.empty() ? 0 : entries_.size() - 1; }
  // Errors: IndexDamaged. REQUIRES: index < size().
  Result<std::string> get(std::size_t index) const;

 private:
  struct Cache {
    std::mutex mutex;
    std::uint64_t frame = ~std::uint64_t{0};
    std::shared_ptr<const std::string> text;
  };
  std::shared_ptr<const std::string> frame(std::uint64_t offset) const;
  MappedFile frames_, directory_;
  std::span<const schema::BlobEntry> entries_;
  std::unique_ptr<Cache> cache_;
  std::string path_;
};

}  // namespace pia

#endif  // PIA_QUERY_MAPPED_FILE_H_
