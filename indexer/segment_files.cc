#include "indexer/segment_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <numeric>
#include <utility>

#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

constexpr std::size_t kFrameBytes = 32 * 1024;
constexpr int kLevel = 3;  // a fifth of the size at 200 MB/s; higher levels win a few per cent

Error io_error(const std::filesystem::path& path, std::string_view what, int error) {
  return Error{ErrorCode::IndexIo, fmt::format("{}: {}", what, std::strerror(error)),
               path.string()};
}

Error damaged(const std::filesystem::path& path) {
  return Error{ErrorCode::IndexDamaged, "the file is cut off or broken; build the index again",
               path.string()};
}

std::filesystem::path dir_of(const std::filesystem::path& path) { return path.string() + ".dir"; }

}  // namespace

OutputFile::OutputFile(const std::filesystem::path& path)
    : path_(path), file_(std::fopen(path.c_str(), "wb")) {
  if (!file_) error_ = errno;
}

OutputFile::OutputFile(OutputFile&& other) noexcept { *this = std::move(other); }

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  std::swap(error_, other.error_);
  return *this;
}

OutputFile::~OutputFile() {
  if (file_) std::fclose(file_);
}

void OutputFile::write(std::string_view bytes) {
  if (error_ || bytes.empty()) return;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size())
    error_ = errno ? errno : EIO;
  size_ += bytes.size();
}

Status OutputFile::append(const std::filesystem::path& path) {
  std::FILE* from = std::fopen(path.c_str(), "rb");
  if (!from) return io_error(path, "cannot read", errno);
  std::string buffer(1 << 20, '\0');
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), from)) {
    write(std::string_view(buffer).substr(0, got));
  }
  const bool failed = std::ferror(from) != 0;
  std::fclose(from);
  if (failed) return io_error(path, "cannot read", EIO);
  return Done{};
}

Status OutputFile::close() {
  if (file_ && std::fclose(std::exchange(file_, nullptr)) != 0 && !error_) error_ = errno;
  if (error_) return io_error(path_, "cannot write", error_);
  return Done{};
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return io_error(path, "cannot read", errno);
  std::string out;
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  out.resize(ignored ? 0 : size);
  const std::size_t got = std::fread(out.data(), 1, out.size(), file);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed || got != out.size()) return io_error(path, "cannot read", EIO);
  return out;
}

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
  OutputFile file(path);
  file.write(bytes);
  return file.close();
}

BlobWriter::BlobWriter(const std::filesystem::path& path) : path_(path), file_(path) {}

void BlobWriter::add(std::string_view blob) {
  entries_.push_back({file_.size(), static_cast<std::uint32_t>(frame_.size()),
                      static_cast<std::uint32_t>(blob.size())});
  frame_.append(blob);
  if (frame_.size() >= kFrameBytes) flush();
}

void BlobWriter::flush() {
  if (frame_.empty()) return;
  std::string packed(ZSTD_compressBound(frame_.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), frame_.data(), frame_.size(), kLevel));
  file_.write(packed);
  frame_.clear();
}

Status BlobWriter::append(const std::filesystem::path& path) {
  flush();
  auto entries = read_array<schema::BlobEntry>(dir_of(path));
  if (!entries) return entries.error();
  const std::uint64_t base = file_.size();
  if (auto done = file_.append(path); !done) return done;
  if (entries->empty() || entries->back().frame != file_.size() - base) return damaged(path);
  for (auto entry : std::span(*entries).first(entries->size() - 1)) {
    entry.frame += base;
    entries_.push_back(entry);
  }
  return Done{};
}

Status BlobWriter::close() {
  flush();
  entries_.push_back({file_.size(), 0, 0});
  if (auto closed = file_.close(); !closed) return closed;
  OutputFile directory(dir_of(path_));
  directory.write_array(std::span<const schema::BlobEntry>(entries_));
  return directory.close();
}

namespace {

// The frame between two offsets of a file, unpacked.
Result<std::string> read_frame(std::FILE* file, std::uint64_t begin, std::uint64_t end,
                               const std::filesystem::path& path) {
  std::string packed(end - begin, '\0');
  if (::fseeko(file, static_cast<off_t>(begin), SEEK_SET) != 0 ||
      std::fread(packed.data(), 1, packed.size(), file) != packed.size()) {
    return damaged(path);
  }
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size >= ZSTD_CONTENTSIZE_ERROR) return damaged(path);
  std::string raw(size, '\0');
  const auto got = ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) || got != size) return damaged(path);
  return raw;
}

}  // namespace

Status for_each_blob(const std::filesystem::path& path,
                     const std::function<Status(std::size_t, std::string_view)>& visit) {
  auto entries = read_array<schema::BlobEntry>(dir_of(path));
  if (!entries) return entries.error();
  if (entries->empty()) return damaged(path);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) return io_error(path, "cannot read", errno);
  std::string frame;
  std::uint64_t open = ~std::uint64_t{0};
  for (std::size_t i = 0; i + 1 < entries->size(); ++i) {
    const auto& entry = (*entries)[i];
    if (entry.size && entry.frame != open) {
      const auto next =
          std::ranges::upper_bound(*entries, entry.frame, {}, &schema::BlobEntry::frame);
      if (next == entries->end()) return damaged(path);
      auto read = read_frame(file.get(), entry.frame, next->frame, path);
      if (!read) return read.error();
      frame = std::move(*read);
      open = entry.frame;
    }
    if (entry.size && std::uint64_t{entry.offset} + entry.size > frame.size()) return damaged(path);
    const auto blob =
        entry.size ? std::string_view(frame).substr(entry.offset, entry.size) : std::string_view();
    if (auto done = visit(i, blob); !done) return done;
  }
  return Done{};
}

Result<std::vector<std::string>> read_blobs(const std::filesystem::path& path) {
  std::vector<std::string> out;
  auto done = for_each_blob(path, [&](std::size_t, std::string_view blob) -> Status {
    out.emplace_back(blob);
    return Done{};
  });
  if (!done) return done.error();
  return out;
}

// --- pairs: an open hash table from key to a growing list of gaps.

void PairWriter::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(std::max<std::size_t>(old.size() * 2, 1 << 14), Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (!slot.next) continue;
    std::size_t i = (slot.key * 0x9E3779B97F4A7C15ull >> 20) & mask;
    while (slots_[i].next) i = (i + 1) & mask;
    slots_[i] = slot;
  }
}

void PairWriter::add_pair(std::uint32_t document, std::uint64_t key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = (key * 0x9E3779B97F4A7C15ull >> 20) & mask;
  while (slots_[i].next && slots_[i].key != key) i = (i + 1) & mask;
  Slot& slot = slots_[i];
  if (slot.next == document + 1) return;
  const bool fresh = slot.next == 0;
  if (fresh) {
    slot.key = key;
    slot.list = static_cast<std::uint32_t>(lists_.size());
    lists_.push_back({key, 0, 0, {}});
  }
  slot.next = document + 1;
  List& list = lists_[slot.list];
  schema::put_varint(list.gaps, document - list.last);
  list.last = document;
  ++list.count;
  if (fresh && lists_.size() * 2 > slots_.size()) grow();
}

void PairWriter::add(std::uint32_t document, std::string_view folded) {
  if (slots_.empty()) grow();
  char32_t before = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = utf8::next(folded, at);
    add_pair(document, schema::pair_key(0, c));
    if (before) add_pair(document, schema::pair_key(before, c));
    before = c;
  }
}

namespace {

// Writes lists in the order of their keys.
class PairFile {
 public:
  PairFile(const std::filesystem::path& path, std::uint32_t documents)
      : bits_(path), directory_(dir_of(path)), documents_(documents) {}

  void add(std::uint64_t key, std::uint32_t count, const std::string& gaps) {
    const std::size_t bitset = (documents_ + 7) / 8;
    schema::PairEntry entry{key, bits_.size(), 0, count};
    if (gaps.size() < bitset) {
      bits_.write(gaps);
      entry.size = static_cast<std::uint32_t>(gaps.size());
    } else {
      bits_.write(to_bitset(gaps, bitset));
      entry.size = static_cast<std::uint32_t>(bitset);
    }
    directory_.write({reinterpret_cast<const char*>(&entry), sizeof entry});
  }

  Status close() {
    if (auto closed = bits_.close(); !closed) return closed;
    return directory_.close();
  }

 private:
  static std::string to_bitset(const std::string& gaps, std::size_t bytes) {
    std::string out(bytes, '\0');
    std::uint32_t document = 0;
    for (const char *at = gaps.data(), *end = at + gaps.size(); at < end;) {
      document += schema::get_varint(at, end);
      out[document / 8] = static_cast<char>(out[document / 8] | 1 << (document % 8));
    }
    return out;
  }
  OutputFile bits_, directory_;
  std::uint32_t documents_;
};

}  // namespace

Status PairWriter::write(const std::filesystem::path& path, std::uint32_t documents) const {
  std::vector<const List*> order(lists_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = &lists_[i];
  std::ranges::sort(order, {}, [](const List* list) { return list->key; });
  PairFile file(path, documents);
  for (const List* list : order) file.add(list->key, list->count, list->gaps);
  return file.close();
}

namespace {

struct LoadedPairs {
  std::string bits;
  std::vector<schema::PairEntry> entries;
  std::uint32_t documents = 0, base = 0;
  std::size_t next = 0;
};

// Appends the documents of one entry, moved by the source's base, as gaps after `last`.
void append_gaps(const LoadedPairs& from, const schema::PairEntry& entry, std::uint32_t& last,
                 std::string& gaps) {
  const auto add = [&](std::uint32_t document) {
    document += from.base;
    schema::put_varint(gaps, document - last);
    last = document;
  };
  const char* at = from.bits.data() + entry.offset;
  if (entry.size == (from.documents + 7) / 8) {
    for (std::uint32_t d = 0; d < from.documents; ++d) {
      if (static_cast<unsigned char>(at[d / 8]) >> (d % 8) & 1) add(d);
    }
    return;
  }
  std::uint32_t document = 0;
  for (const char* end = at + entry.size; at < end;) {
    document += schema::get_varint(at, end);
    add(document);
  }
}

Result<std::vector<LoadedPairs>> load_pairs(const std::vector<PairSource>& from) {
  std::vector<LoadedPairs> out;
  std::uint32_t base = 0;
  for (const auto& source : from) {
    auto bits = read_file(source.path);
    if (!bits) return bits.error();
    auto entries = read_array<schema::PairEntry>(dir_of(source.path));
    if (!entries) return entries.error();
    for (const auto& entry : *entries) {
      if (entry.offset + entry.size > bits->size()) return damaged(source.path);
    }
    out.push_back({std::move(*bits), std::move(*entries), source.documents, base, 0});
    base += source.documents;
  }
  return out;
}

}  // namespace

Status merge_pairs(const std::vector<PairSource>& from, const std::filesystem::path& to) {
  auto loaded = load_pairs(from);
  if (!loaded) return loaded.error();
  const std::uint32_t documents =
      loaded->empty() ? 0 : loaded->back().base + loaded->back().documents;
  PairFile file(to, documents);
  while (true) {
    std::uint64_t key = ~std::uint64_t{0};
    for (const auto& source : *loaded) {
      if (source.next < source.entries.size()) key = std::min(key, source.entries[source.next].key);
    }
    if (key == ~std::uint64_t{0}) break;
    std::string gaps;
    std::uint32_t last = 0, count = 0;
    for (auto& source : *loaded) {
      if (source.next == source.entries.size() || source.entries[source.next].key != key) continue;
      const auto& entry = source.entries[source.next++];
      append_gaps(source, entry, last, gaps);
      count += entry.count;
    }
    file.add(key, count, gaps);
  }
  return file.close();
}

// --- columns

std::uint32_t FieldWriter::id_of(const std::string& text) {
  const auto [at, fresh] = ids_.try_emplace(text, static_cast<std::uint32_t>(values_.size()));
  if (fresh) {
    values_.push_back({text, fold_literal_text(text), reading_ ? reading_(text) : std::string()});
  }
  return at->second;
}

void FieldWriter::add(const std::vector<std::string>& values) {
  for (const auto& value : values) docs_.push_back(id_of(value));
  const auto begin = docs_.begin() + starts_.back();
  std::sort(begin, docs_.end());
  docs_.erase(std::unique(begin, docs_.end()), docs_.end());
  starts_.push_back(static_cast<std::uint32_t>(docs_.size()));
}

Status FieldWriter::write(const std::filesystem::path& path) const {
  std::vector<std::uint32_t> order(values_.size()), rank(values_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {},
                    [&](std::uint32_t id) -> const std::string& { return values_[id].text; });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  std::vector<std::uint32_t> ids(docs_.size()), ends;
  std::ranges::transform(docs_, ids.begin(), [&](std::uint32_t id) { return rank[id]; });
  for (std::size_t d = 0; d + 1 < starts_.size(); ++d) {
    std::sort(ids.begin() + starts_[d], ids.begin() + starts_[d + 1]);
  }
  std::string heap;
  for (const std::uint32_t id : order) {
    for (const std::string* text : {&values_[id].text, &values_[id].folded, &values_[id].reading}) {
      heap += *text;
      ends.push_back(static_cast<std::uint32_t>(heap.size()));
    }
  }
  const schema::FieldHeader header{
      static_cast<std::uint32_t>(starts_.size() - 1), static_cast<std::uint32_t>(ids.size()),
      static_cast<std::uint32_t>(values_.size()), static_cast<std::uint32_t>(heap.size())};
  OutputFile file(path);
  file.write({reinterpret_cast<const char*>(&header), sizeof header});
  file.write_array(std::span<const std::uint32_t>(starts_));
  file.write_array(std::span<const std::uint32_t>(ids));
  file.write_array(std::span<const std::uint32_t>(ends));
  file.write(heap);
  return file.close();
}

Status FieldWriter::append(const std::filesystem::path& path) {
  auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  schema::FieldHeader header{};
  if (bytes->size() < sizeof header) return damaged(path);
  std::memcpy(&header, bytes->data(), sizeof header);
  const std::size_t numbers =
      std::size_t{header.documents} + 1 + header.ids + std::size_t{header.values} * 3;
  if (bytes->size() != sizeof header + numbers * 4 + header.heap) return damaged(path);
  std::vector<std::uint32_t> u32(numbers);
  std::memcpy(u32.data(), bytes->data() + sizeof header, numbers * 4);
  const auto starts = std::span(u32).first(header.documents + 1);
  const auto ids = std::span(u32).subspan(starts.size(), header.ids);
  const auto ends = std::span(u32).subspan(starts.size() + ids.size());
  const std::string_view heap = std::string_view(*bytes).substr(bytes->size() - header.heap);

  std::vector<std::uint32_t> mine(header.values);
  std::uint32_t at = 0;
  for (std::uint32_t v = 0; v < header.values; ++v) {
    std::string part[3];
    for (std::uint32_t k = 0; k < 3; ++k) {
      part[k] = heap.substr(at, ends[v * 3 + k] - at);
      at = ends[v * 3 + k];
    }
    const auto [found, fresh] =
        ids_.try_emplace(part[0], static_cast<std::uint32_t>(values_.size()));
    if (fresh) values_.push_back({part[0], part[1], part[2]});
    mine[v] = found->second;
  }
  for (std::uint32_t d = 0; d < header.documents; ++d) {
    for (std::uint32_t i = starts[d]; i < starts[d + 1]; ++i) docs_.push_back(mine[ids[i]]);
    starts_.push_back(static_cast<std::uint32_t>(docs_.size()));
  }
  return Done{};
}

}  // namespace pia
