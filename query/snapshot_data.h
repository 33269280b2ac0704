// What a Snapshot holds in memory: shared by snapshot_load.cc, which fills it, and snapshot.cc,
// which answers from it. Nobody else includes this.

#ifndef PIA_QUERY_SNAPSHOT_DATA_H_
#define PIA_QUERY_SNAPSHOT_DATA_H_

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/database_pool.h"
#include "query/index_reader.h"
#include "query/mapped_file.h"

namespace pia {

// IndexDamaged, with the advice to build the index again.
Error damaged_index(const std::filesystem::path& path, std::string_view why);

// A whole file. Errors: IndexMissing if there is none, IndexIo.
Result<std::string> read_index_file(const std::filesystem::path& path);

// A descriptor that is closed at the end; a lock on it goes with it.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

struct SegmentTable {
  std::unique_ptr<DatabasePool> words;
  Blobs cards;
  DocId base = 0;
  std::uint32_t documents = 0;
};

struct TableData {
  std::vector<SegmentTable> segments;
  std::vector<schema::NumberEntry> numbers;
  std::array<std::optional<Column>, schema::kFields.size()> columns;
  std::shared_ptr<const Parents> parents;  // null for assessments
  std::optional<LiteralIndex> literal;
  DocSet live, latest;
  double average_length = 1;

  const SegmentTable& segment_of(DocId doc) const {
    return *std::prev(std::ranges::upper_bound(segments, doc, {}, &SegmentTable::base));
  }
};

struct SegmentStore {
  Blobs records, passages;
};

struct SegmentInfo {
  std::string name;
  std::uint32_t assessments = 0;
  std::vector<std::uint32_t> dead;
};

struct Snapshot::Impl {
  std::filesystem::path dir, home;
  Descriptor held;  // shared lock on generation.json
  std::uint64_t generation = 0;
  std::vector<SegmentInfo> infos;
  std::vector<MappedFile> mapped;  // what columns point into
  std::array<TableData, schema::kTables.size()> tables;
  std::vector<SegmentStore> stores;
  Blobs sources;
  std::vector<std::uint32_t> series;             // of an assessment
  std::vector<std::vector<DocId>> publications;  // of a series: live, newest first
  mutable std::once_flag words_read;
  mutable std::vector<Word> vocabulary;

  TableData& table(Table t) { return tables[static_cast<std::size_t>(t)]; }
  const TableData& table(Table t) const { return tables[static_cast<std::size_t>(t)]; }

  Status parse(const std::filesystem::path& path, const std::string& generation_json);
  Status load();
  Status load_table(Table t);
  Status load_columns(Table t);
  Status load_parents(Table t);
  void find_latest();

  // Calls use(database, base) for the database of each segment; Xapian's errors become ours.
  template <typename Use>
  Status each_database(Table t, Use&& use) const {
    try {
      for (const auto& segment : table(t).segments) {
        segment.words->with([&](Xapian::Database& database) {
          use(database, segment.base);
          return 0;
        });
      }
      return Done{};
    } catch (const Xapian::Error& error) {
      return damaged_index(dir, "Xapian: " + error.get_description());
    }
  }
};

// Loads generations; a friend of Snapshot.
class SnapshotLoader {
 public:
  // The name of the current generation. Errors: IndexMissing, IndexDamaged, IndexIo.
  static Result<std::string> current(const std::filesystem::path& dir);
  static Result<std::shared_ptr<const Snapshot>> load(const std::filesystem::path& dir,
                                                      const std::string& name);
};

}  // namespace pia

#endif  // PIA_QUERY_SNAPSHOT_DATA_H_
