#include "query/mapped_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>

namespace pia {

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const bool missing = errno == ENOENT;
    return Error{missing ? ErrorCode::IndexDamaged : ErrorCode::IndexIo,
                 fmt::format("cannot open a file of the index: {}", std::strerror(errno)),
                 path.string()};
  }
  struct stat info {};
  const bool known = ::fstat(fd, &info) == 0;
  const auto size = static_cast<std::size_t>(info.st_size);
  void* data = known && size ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0) : nullptr;
  const int error = errno;
  ::close(fd);
  if (!known || data == MAP_FAILED) {
    return Error{ErrorCode::IndexIo, fmt::format("cannot map: {}", std::strerror(error)),
                 path.string()};
  }
  return MappedFile(static_cast<const char*>(data), size);
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

Result<Blobs> Blobs::open(const std::filesystem::path& path) {
  Blobs out;
  auto frames = MappedFile::open(path);
  if (!frames) return frames.error();
  auto directory = MappedFile::open(path.string() + ".dir");
  if (!directory) return directory.error();
  out.frames_ = std::move(*frames);
  out.directory_ = std::move(*directory);
  out.entries_ = out.directory_.as<schema::BlobEntry>();
  out.cache_ = std::make_unique<Cache>();
  out.path_ = path.string();
  if (out.entries_.empty() || out.entries_.back().frame != out.frames_.bytes().size()) {
    return Error{ErrorCode::IndexDamaged, "the file is cut off; build the index again",
                 path.string()};
  }
  return out;
}

// The frame at the offset, unpacked; null if it is broken.
std::shared_ptr<const std::string> Blobs::frame(std::uint64_t offset) const {
  {
    const std::lock_guard lock(cache_->mutex);
    if (cache_->frame == offset) return cache_->text;
  }
  const std::string_view packed =
      frames_.bytes().substr(std::min(offset, std::uint64_t{frames_.bytes().size()}));
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  const auto length = ZSTD_findFrameCompressedSize(packed.data(), packed.size());
  if (size >= ZSTD_CONTENTSIZE_ERROR || ZSTD_isError(length)) return nullptr;
  auto text = std::make_shared<std::string>(size, '\0');
  const auto got = ZSTD_decompress(text->data(), text->size(), packed.data(), length);
  if (ZSTD_isError(got) || got != size) return nullptr;
  const std::lock_guard lock(cache_->mutex);
  cache_->frame = offset;
  cache_->text = text;
  return text;
}

Result<std::string> Blobs::get(std::size_t index) const {
  const auto& entry = entries_[index];
  if (entry.size == 0) return std::string();
  const auto text = frame(entry.frame);
  if (!text || std::uint64_t{entry.offset} + entry.size > text->size()) {
    return Error{ErrorCode::IndexDamaged, "a stored text is broken; build the index again", path_};
  }
  return text->substr(entry.offset, entry.size);
}

}  // namespace pia
