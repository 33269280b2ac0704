// Text, units, cards and records are streamed to their files; pairs and columns are kept in memory
// until finish(), which is why large builds are cut into shards (index_writer.cc).

#include "indexer/segment_writer.h"

#include <fmt/format.h>
#include <xapian.h>

#include <optional>
#include <unordered_map>

#include "indexer/segment_files.h"

namespace pia {
namespace {

namespace fs = std::filesystem;
using schema::Table;

// 64 KB blocks took a tenth less CPU and space than Xapian's 8 KB for lists that are only read
// from front to back.
constexpr int kBlockSize = 65536;

Error xapian_error(const fs::path& path, const Xapian::Error& error) {
  return Error{ErrorCode::IndexIo, "Xapian: " + error.get_description(), path.string()};
}

// FNV-1a: fingerprint of a unit's text, so that repeats are recognised without reading them.
std::uint32_t fingerprint(std::string_view text) {
  if (text.size() < 60) return 0;  // twenty kanji: shorter texts say nothing by being equal
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash ? hash : 1;
}

class TableWriter {
 public:
  TableWriter(const fs::path& dir, Table table, const ReadingOf& reading)
      : dir_(dir),
        text_(dir / "text"),
        units_(dir / "units"),
        cards_(dir / "cards"),
        items_(dir / "items"),
        db_((dir / "db").string(),
            Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_TERMLIST |
                Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC,
            kBlockSize) {
    for (const auto& field : schema::kFields) {
      if (!schema::has_own(table, field.field)) continue;
      fields_.emplace_back(field, FieldWriter(field.reading ? reading : ReadingOf()));
    }
    if (table != Table::Assessments) parents_.emplace();
  }

  // Xapian's exceptions pass.
  void add(const BuiltDocument& document, std::uint32_t parent) {
    const auto ordinal = static_cast<std::uint32_t>(numbers_.size());
    add_units(document, ordinal);
    const std::uint32_t length = add_terms(document);
    for (auto& [info, writer] : fields_) {
      std::vector<std::string> values;
      for (const auto& [field, value] : document.values) {
        if (field == info.field) values.push_back(value);
      }
      writer.add(values);
    }
    cards_.add(document.card);
    if (parents_) parents_->push_back(parent);
    numbers_.push_back({document.date, document.row, length, document.words});
  }

  Status finish() {
    db_.commit();
    db_.close();
    for (const auto& [info, writer] : fields_) {
      if (auto done = writer.write(dir_ / (std::string("field-") + info.name)); !done) return done;
    }
    const auto documents = static_cast<std::uint32_t>(numbers_.size());
    if (auto done = pairs_.write(dir_ / "pairs", documents); !done) return done;
    if (auto done = text_.close(); !done) return done;
    if (auto done = units_.close(); !done) return done;
    if (auto done = cards_.close(); !done) return done;
    if (auto done = items_.close(); !done) return done;
    if (auto done = write("text.docs", text_starts_); !done) return done;
    if (auto done = write("units.docs", unit_starts_); !done) return done;
    if (parents_) {
      if (auto done = write("parents", *parents_); !done) return done;
    }
    return write("numbers", numbers_);
  }

 private:
  template <typename T>
  Status write(const char* name, const std::vector<T>& values) {
    OutputFile file(dir_ / name);
    file.write_array(std::span<const T>(values));
    return file.close();
  }

  void add_units(const BuiltDocument& document, std::uint32_t ordinal) {
    std::uint32_t offset = 0;
    for (const auto& unit : document.units) {
      const auto [item, fresh] =
          item_ids_.try_emplace(unit.item, static_cast<std::uint32_t>(item_ids_.size()));
      if (fresh) items_.add(unit.item);
      const schema::UnitEntry entry{offset, item->second & 0x7FFFFFFFU, unit.history,
                                    fingerprint(unit.folded)};
      units_.write({reinterpret_cast<const char*>(&entry), sizeof entry});
      text_.write(unit.folded);
      text_.write("\n");
      pairs_.add(ordinal, unit.folded);
      offset += static_cast<std::uint32_t>(unit.folded.size()) + 1;
    }
    text_starts_.push_back(text_.size());
    unit_starts_.push_back(unit_starts_.back() + static_cast<std::uint32_t>(document.units.size()));
  }

  std::uint32_t add_terms(const BuiltDocument& document) {
    Xapian::Document out;
    std::uint32_t length = 0;
    for (const auto& [term, wdf] : document.terms) {
      out.add_term(term, wdf);
      length += wdf;
    }
    db_.add_document(out);
    return length;
  }

  fs::path dir_;
  OutputFile text_, units_;
  BlobWriter cards_, items_;
  Xapian::WritableDatabase db_;
  PairWriter pairs_;
  std::vector<std::pair<schema::FieldInfo, FieldWriter>> fields_;
  std::unordered_map<std::string, std::uint32_t> item_ids_;
  std::vector<std::uint64_t> text_starts_ = {0};
  std::vector<std::uint32_t> unit_starts_ = {0};
  std::optional<std::vector<std::uint32_t>> parents_;
  std::vector<schema::NumberEntry> numbers_;
};

fs::path table_dir(const fs::path& segment, Table table) {
  return segment / schema::kTableNames[static_cast<std::size_t>(table)];
}

Status make_dirs(const fs::path& dir) {
  std::error_code error;
  for (const Table table : schema::kTables) {
    fs::create_directories(table_dir(dir, table), error);
    if (error) return Error{ErrorCode::IndexIo, "cannot create: " + error.message(), dir.string()};
  }
  return Done{};
}

}  // namespace

struct SegmentWriter::Impl {
  Impl(const fs::path& d, const ReadingOf& reading)
      : dir(d),
        assessments(table_dir(d, Table::Assessments), Table::Assessments, reading),
        contracts(table_dir(d, Table::Contracts), Table::Contracts, reading),
        revisions(table_dir(d, Table::Revisions), Table::Revisions, reading),
        records(table_dir(d, Table::Assessments) / "records"),
        passages(table_dir(d, Table::Assessments) / "passages") {}

  fs::path dir;
  TableWriter assessments, contracts, revisions;
  BlobWriter records, passages;
  std::uint32_t size = 0;
};

SegmentWriter::SegmentWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SegmentWriter::SegmentWriter(SegmentWriter&&) noexcept = default;
SegmentWriter& SegmentWriter::operator=(SegmentWriter&&) noexcept = default;
SegmentWriter::~SegmentWriter() = default;

Result<SegmentWriter> SegmentWriter::create(const fs::path& dir, const ReadingOf& reading) {
  if (auto made = make_dirs(dir); !made) return made.error();
  try {
    return SegmentWriter(std::make_unique<Impl>(dir, reading));
  } catch (const Xapian::Error& error) {
    return xapian_error(dir, error);
  }
}

Result<std::uint32_t> SegmentWriter::add(const BuiltAssessment& built) {
  try {
    const std::uint32_t ordinal = impl_->size++;
    impl_->assessments.add(built.assessment, ordinal);
    for (const auto& row : built.contracts) impl_->contracts.add(row, ordinal);
    for (const auto& row : built.revisions) impl_->revisions.add(row, ordinal);
    impl_->records.add(built.record_before);
    impl_->records.add(built.record_after);
    impl_->passages.add(built.passages);
    return ordinal;
  } catch (const Xapian::Error& error) {
    return xapian_error(impl_->dir, error);
  }
}

Status SegmentWriter::finish() {
  try {
    for (TableWriter* table : {&impl_->assessments, &impl_->contracts, &impl_->revisions}) {
      if (auto done = table->finish(); !done) return done;
    }
    if (auto done = impl_->records.close(); !done) return done;
    return impl_->passages.close();
  } catch (const Xapian::Error& error) {
    return xapian_error(impl_->dir, error);
  }
}

// --- merging

namespace {

Status merge_blobs(const std::vector<fs::path>& from, const fs::path& to, const char* name) {
  BlobWriter out(to / name);
  for (const auto& dir : from) {
    if (auto done = out.append(dir / name); !done) return done;
  }
  return out.close();
}

// Offsets that begin with 0: each file goes on where the one before ended.
template <typename T>
Status merge_starts(const std::vector<fs::path>& from, const fs::path& to, const char* name) {
  std::vector<T> out = {0};
  for (const auto& dir : from) {
    auto starts = read_array<T>(dir / name);
    if (!starts) return starts.error();
    const T base = out.back();
    for (std::size_t i = 1; i < starts->size(); ++i) out.push_back(base + (*starts)[i]);
  }
  OutputFile file(to / name);
  file.write_array(std::span<const T>(out));
  return file.close();
}

Status merge_units(const std::vector<fs::path>& from, const fs::path& to) {
  OutputFile units(to / "units");
  BlobWriter items(to / "items");
  std::unordered_map<std::string, std::uint32_t> ids;
  for (const auto& dir : from) {
    auto paths = read_blobs(dir / "items");
    if (!paths) return paths.error();
    std::vector<std::uint32_t> mine;
    for (const auto& path : *paths) {
      const auto [at, fresh] = ids.try_emplace(path, static_cast<std::uint32_t>(ids.size()));
      if (fresh) items.add(path);
      mine.push_back(at->second);
    }
    auto entries = read_array<schema::UnitEntry>(dir / "units");
    if (!entries) return entries.error();
    for (auto& entry : *entries) {
      if (entry.item >= mine.size()) {
        return Error{ErrorCode::IndexDamaged, "units and items do not fit together", dir.string()};
      }
      entry.item = mine[entry.item] & 0x7FFFFFFFU;
    }
    units.write_array(std::span<const schema::UnitEntry>(*entries));
  }
  if (auto done = units.close(); !done) return done;
  return items.close();
}

Status merge_columns(const std::vector<fs::path>& from, const fs::path& to, Table table) {
  for (const auto& field : schema::kFields) {
    if (!schema::has_own(table, field.field)) continue;
    const std::string name = std::string("field-") + field.name;
    FieldWriter out;
    for (const auto& dir : from) {
      if (auto done = out.append(dir / name); !done) return done;
    }
    if (auto done = out.write(to / name); !done) return done;
  }
  return Done{};
}

Status merge_databases(const std::vector<fs::path>& from, const fs::path& to) {
  try {
    Xapian::Database all;
    for (const auto& dir : from) all.add_database(Xapian::Database((dir / "db").string()));
    all.compact((to / "db").string(), Xapian::Compactor::FULL, kBlockSize);
    return Done{};
  } catch (const Xapian::Error& error) {
    return xapian_error(to, error);
  }
}

Status merge_tables(const std::vector<fs::path>& from, const fs::path& to, Table table,
                    const std::vector<std::uint32_t>& assessments) {
  std::vector<PairSource> pairs;
  OutputFile text(to / "text"), numbers(to / "numbers");
  std::vector<std::uint32_t> parents;
  std::uint32_t base = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (auto done = text.append(from[i] / "text"); !done) return done;
    if (auto done = numbers.append(from[i] / "numbers"); !done) return done;
    std::error_code error;
    const auto bytes = fs::file_size(from[i] / "numbers", error);
    if (error) return Error{ErrorCode::IndexIo, error.message(), from[i].string()};
    pairs.push_back(
        {from[i] / "pairs", static_cast<std::uint32_t>(bytes / sizeof(schema::NumberEntry))});
    if (table != Table::Assessments) {
      auto mine = read_array<std::uint32_t>(from[i] / "parents");
      if (!mine) return mine.error();
      for (const std::uint32_t parent : *mine) parents.push_back(parent + base);
    }
    base += assessments[i];
  }
  if (auto done = text.close(); !done) return done;
  if (auto done = numbers.close(); !done) return done;
  if (table != Table::Assessments) {
    OutputFile file(to / "parents");
    file.write_array(std::span<const std::uint32_t>(parents));
    if (auto done = file.close(); !done) return done;
  }
  if (auto done = merge_starts<std::uint64_t>(from, to, "text.docs"); !done) return done;
  if (auto done = merge_starts<std::uint32_t>(from, to, "units.docs"); !done) return done;
  if (auto done = merge_units(from, to); !done) return done;
  if (auto done = merge_pairs(pairs, to / "pairs"); !done) return done;
  if (auto done = merge_blobs(from, to, "cards"); !done) return done;
  if (auto done = merge_columns(from, to, table); !done) return done;
  return merge_databases(from, to);
}

}  // namespace

Result<std::uint32_t> segment_size(const fs::path& dir, Table table) {
  std::error_code error;
  const auto bytes = fs::file_size(table_dir(dir, table) / "numbers", error);
  if (error) return Error{ErrorCode::IndexDamaged, "a segment is missing", dir.string()};
  return static_cast<std::uint32_t>(bytes / sizeof(schema::NumberEntry));
}

Status merge_segments(const std::vector<fs::path>& from, const fs::path& to) {
  if (auto made = make_dirs(to); !made) return made;
  std::vector<std::uint32_t> assessments;
  for (const auto& dir : from) {
    auto size = segment_size(dir, Table::Assessments);
    if (!size) return size.error();
    assessments.push_back(*size);
  }
  for (const Table table : schema::kTables) {
    std::vector<fs::path> dirs;
    for (const auto& dir : from) dirs.push_back(table_dir(dir, table));
    const fs::path out = table_dir(to, table);
    if (auto done = merge_tables(dirs, out, table, assessments); !done) return done;
    if (table != Table::Assessments) continue;
    for (const char* name : {"records", "passages"}) {
      if (auto done = merge_blobs(dirs, out, name); !done) return done;
    }
  }
  return Done{};
}

}  // namespace pia
