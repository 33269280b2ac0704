// Writers of the files that a segment consists of; their layouts are in indexer/schema.h. Each
// writer remembers a failed write and tells it when it is closed, so that callers check once.

#ifndef PIA_INDEXER_SEGMENT_FILES_H_
#define PIA_INDEXER_SEGMENT_FILES_H_

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dicts/result.h"
#include "indexer/schema.h"

namespace pia {

// A file that is written once, from front to back.
class OutputFile {
 public:
  OutputFile() = default;
  explicit OutputFile(const std::filesystem::path& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile();

  void write(std::string_view bytes);
  template <typename T>
  void write_array(std::span<const T> values) {
    write({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  // Everything in another file, a megabyte at a time. Errors: IndexIo if that cannot be read.
  Status append(const std::filesystem::path& path);
  std::uint64_t size() const { return size_; }
  // Errors: IndexIo if any write failed (disk full), with the system's words.
  Status close();

 private:
  std::filesystem::path path_;
  std::FILE* file_ = nullptr;
  std::uint64_t size_ = 0;
  int error_ = 0;
};

// Errors of both: IndexIo.
Result<std::string> read_file(const std::filesystem::path& path);
Status write_file(const std::filesystem::path& path, std::string_view bytes);

template <typename T>
Result<std::vector<T>> read_array(const std::filesystem::path& path) {
  auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  std::vector<T> out(bytes->size() / sizeof(T));
  if (!out.empty()) std::memcpy(out.data(), bytes->data(), out.size() * sizeof(T));
  return out;
}

// Blobs: strings in zstd frames of about 32 KB.
class BlobWriter {
 public:
  BlobWriter() = default;
  explicit BlobWriter(const std::filesystem::path& path);
  void add(std::string_view blob);
  // All blobs of another file, without recompressing them.
  Status append(const std::filesystem::path& path);
  Status close();

 private:
  void flush();
  std::filesystem::path path_;
  OutputFile file_;
  std::string frame_;
  std::vector<schema::BlobEntry> entries_;
};

// Calls visit(index, blob) for each, in order, with one frame in memory at a time, until it returns
// an error. Errors: IndexDamaged, IndexIo, the visitor's.
Status for_each_blob(const std::filesystem::path& path,
                     const std::function<Status(std::size_t, std::string_view)>& visit);
Result<std::vector<std::string>> read_blobs(const std::filesystem::path& path);

// Which documents hold which pairs of characters.
class PairWriter {
 public:
  // Pairs and single characters of a text; documents come in ascending order.
  void add(std::uint32_t document, std::string_view folded);
  Status write(const std::filesystem::path& path, std::uint32_t documents) const;

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t next = 0;  // last document + 1; 0: the slot is free
    std::uint32_t list = 0;
  };
  struct List {
    std::uint64_t key = 0;
    std::uint32_t last = 0, count = 0;
    std::string gaps;
  };
  void add_pair(std::uint32_t document, std::uint64_t key);
  void grow();
  std::vector<Slot> slots_;
  std::vector<List> lists_;
};

// Pair files of tables that are joined: the documents of each follow those before.
struct PairSource {
  std::filesystem::path path;
  std::uint32_t documents = 0;
};
Status merge_pairs(const std::vector<PairSource>& from, const std::filesystem::path& to);

// The kana of a value; empty if unknown.
using ReadingOf = std::function<std::string(std::string_view)>;

// A column: values of one field.
class FieldWriter {
 public:
  // `reading` may be empty: then values have none, except those that come by append().
  explicit FieldWriter(ReadingOf reading = {}) : reading_(std::move(reading)) {}
  // One call a document, in order.
  void add(const std::vector<std::string>& values);
  Status write(const std::filesystem::path& path) const;
  // The documents of another column, after those that are here.
  Status append(const std::filesystem::path& path);

 private:
  struct Value {
    std::string text, folded, reading;
  };
  std::uint32_t id_of(const std::string& text);
  ReadingOf reading_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<Value> values_;
  std::vector<std::uint32_t> starts_ = {0}, docs_;
};

}  // namespace pia

#endif  // PIA_INDEXER_SEGMENT_FILES_H_
