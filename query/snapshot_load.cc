// Opening: lock the generation for reading, map its segments, join their columns, compute what
// depends on several documents (who lives, which publication is the latest). All of it is linear
// in the documents; words and texts are read when they are asked for.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <numeric>

#include "query/snapshot_data.h"

namespace pia {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;
using schema::kFields;
using schema::kTables;

Result<std::string> read_descriptor(const fs::path& path, int fd) {
  std::string out;
  char buffer[65536];
  while (true) {
    const auto got = ::read(fd, buffer, sizeof buffer);
    if (got == 0) return out;
    if (got < 0) {
      return Error{ErrorCode::IndexIo, fmt::format("cannot read: {}", std::strerror(errno)),
                   path.string()};
    }
    out.append(buffer, static_cast<std::size_t>(got));
  }
}

}  // namespace

Error damaged_index(const fs::path& path, std::string_view why) {
  return Error{ErrorCode::IndexDamaged, fmt::format("{}; build the index again", why),
               path.string()};
}

Result<std::string> read_index_file(const fs::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) {
    const auto code = errno == ENOENT ? ErrorCode::IndexMissing : ErrorCode::IndexIo;
    return Error{code, fmt::format("cannot read: {}", std::strerror(errno)), path.string()};
  }
  return read_descriptor(path, fd.get());
}

// --- which generation, and the whole of it

Result<std::string> SnapshotLoader::current(const fs::path& dir) {
  auto name = read_index_file(dir / "current");
  if (!name) {
    if (name.error().code != ErrorCode::IndexMissing) return name.error();
    return Error{ErrorCode::IndexMissing, "no index here; make one with pia-index --db",
                 dir.string()};
  }
  while (!name->empty() && name->back() == '\n') name->pop_back();
  if (!name->starts_with("gen-") || name->find('/') != std::string::npos) {
    return damaged_index(dir / "current", "does not name a generation");
  }
  return *name;
}

Result<std::shared_ptr<const Snapshot>> SnapshotLoader::load(const fs::path& dir,
                                                             const std::string& name) {
  std::shared_ptr<Snapshot> snapshot(new Snapshot());
  Snapshot::Impl& impl = *snapshot->impl_;
  impl.dir = dir;
  impl.home = dir / name;
  const fs::path path = impl.home / "generation.json";
  impl.held = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (impl.held.get() < 0) return damaged_index(path, "the current generation is missing");
  ::flock(impl.held.get(), LOCK_SH);  // a file system without locks only loses the protection
  auto text = read_descriptor(path, impl.held.get());
  if (!text) return text.error();
  if (auto done = impl.parse(path, *text); !done) return done.error();
  if (auto done = impl.load(); !done) return done.error();
  return std::shared_ptr<const Snapshot>(std::move(snapshot));
}

Status Snapshot::Impl::parse(const fs::path& path, const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("schema")) return damaged_index(path, "not a generation");
  if (json["schema"] != schema::kVersion) {
    return Error{ErrorCode::IndexVersion,
                 fmt::format("the index has format version {}, this program reads version {}; "
                             "index the sources again into a new directory",
                             json["schema"].dump(), schema::kVersion),
                 path.string()};
  }
  try {
    generation = json.at("number").get<std::uint64_t>();
    for (const auto& segment : json.at("segments")) {
      infos.push_back({segment.at("name").get<std::string>(),
                       segment.at("assessments").get<std::uint32_t>(),
                       segment.at("dead").get<std::vector<std::uint32_t>>()});
    }
  } catch (const Json::exception&) {
    return damaged_index(path, "not a generation");
  }
  return Done{};
}

Status Snapshot::Impl::load() {
  for (const Table t : kTables) {
    if (auto done = load_table(t); !done) return done;
  }
  for (const Table t : kTables) {
    if (auto done = load_columns(t); !done) return done;
  }
  for (const auto& info : infos) {
    const fs::path path = dir / info.name / "assessments";
    auto records = Blobs::open(path / "records");
    if (!records) return records.error();
    auto passages = Blobs::open(path / "passages");
    if (!passages) return passages.error();
    if (records->size() != std::size_t{info.assessments} * 2 ||
        passages->size() != info.assessments) {
      return damaged_index(path, "a segment has fewer records than assessments");
    }
    stores.push_back({std::move(*records), std::move(*passages)});
  }
  auto files = Blobs::open(home / "sources");
  if (!files) return files.error();
  sources = std::move(*files);
  if (sources.size() != table(Table::Assessments).numbers.size()) {
    return damaged_index(home, "the list of sources does not fit the segments");
  }
  find_latest();
  return Done{};
}

Status Snapshot::Impl::load_table(Table t) {
  TableData& data = table(t);
  std::vector<fs::path> paths;
  for (const auto& info : infos) {
    const fs::path path = dir / info.name / schema::kTableNames[static_cast<std::size_t>(t)];
    paths.push_back(path);
    auto numbers = MappedFile::open(path / "numbers");
    if (!numbers) return numbers.error();
    const auto entries = numbers->as<schema::NumberEntry>();
    auto cards = Blobs::open(path / "cards");
    if (!cards) return cards.error();
    if (cards->size() != entries.size())
      return damaged_index(path, "cards and numbers do not fit together");
    if (t == Table::Assessments && entries.size() != info.assessments) {
      return damaged_index(path, "a segment has another size than its generation says");
    }
    SegmentTable segment;
    segment.words = std::make_unique<DatabasePool>((path / "db").string());
    segment.cards = std::move(*cards);
    segment.base = static_cast<DocId>(data.numbers.size());
    segment.documents = static_cast<std::uint32_t>(entries.size());
    try {
      segment.words->warm();
    } catch (const Xapian::Error& error) {
      return damaged_index(path, "Xapian: " + error.get_description());
    }
    data.numbers.insert(data.numbers.end(), entries.begin(), entries.end());
    data.segments.push_back(std::move(segment));
  }
  auto literal = LiteralIndex::load(paths);
  if (!literal) return literal.error();
  data.literal = std::move(*literal);
  double sum = 0;
  for (const auto& entry : data.numbers) sum += entry.length;
  if (!data.numbers.empty())
    data.average_length = std::max(1.0, sum / static_cast<double>(data.numbers.size()));
  return t == Table::Assessments ? Status(Done{}) : load_parents(t);
}

Status Snapshot::Impl::load_parents(Table t) {
  auto parents = std::make_shared<Parents>();
  const std::size_t assessments = table(Table::Assessments).numbers.size();
  for (std::size_t s = 0; s < infos.size(); ++s) {
    const fs::path path =
        dir / infos[s].name / schema::kTableNames[static_cast<std::size_t>(t)] / "parents";
    auto mapped_parents = MappedFile::open(path);
    if (!mapped_parents) return mapped_parents.error();
    const DocId base = table(Table::Assessments).segments[s].base;
    for (const std::uint32_t parent : mapped_parents->as<std::uint32_t>()) {
      const DocId assessment = base + parent;
      if (parent >= infos[s].assessments ||
          (!parents->assessment.empty() && parents->assessment.back() > assessment)) {
        return damaged_index(path, "rows and assessments do not fit together");
      }
      parents->assessment.push_back(assessment);
    }
  }
  if (parents->assessment.size() != table(t).numbers.size()) {
    return damaged_index(dir, "rows and their numbers do not fit together");
  }
  parents->first_row.assign(assessments + 1, 0);
  for (const DocId assessment : parents->assessment) ++parents->first_row[assessment + 1];
  std::partial_sum(parents->first_row.begin(), parents->first_row.end(),
                   parents->first_row.begin());
  table(t).parents = std::move(parents);
  return Done{};
}

Status Snapshot::Impl::load_columns(Table t) {
  TableData& data = table(t);
  for (std::size_t f = 0; f < kFields.size(); ++f) {
    const auto& field = kFields[f];
    if (schema::inherits(t, field.field)) {
      data.columns[f] = table(Table::Assessments).columns[f];
      data.columns[f]->inherit(data.parents);
      continue;
    }
    if (!schema::has_own(t, field.field)) continue;
    std::vector<std::string_view> files;
    for (const auto& info : infos) {
      auto file =
          MappedFile::open(dir / info.name / schema::kTableNames[static_cast<std::size_t>(t)] /
                           (std::string("field-") + field.name));
      if (!file) return file.error();
      files.push_back(file->bytes());
      mapped.push_back(std::move(*file));
    }
    auto column = load_column(files);
    if (!column || column->starts.size() != data.numbers.size() + 1) {
      return damaged_index(dir, fmt::format("the column {} is broken", field.name));
    }
    data.columns[f].emplace(std::move(column));
  }
  return Done{};
}

// Which assessments live, and of each series the newest publication. Without a date an assessment
// is older than any with one; the same date twice: the later id.
void Snapshot::Impl::find_latest() {
  TableData& main = table(Table::Assessments);
  const std::size_t n = main.numbers.size();
  main.live = DocSet(n, true);
  for (std::size_t s = 0; s < infos.size(); ++s) {
    for (const std::uint32_t dead : infos[s].dead) {
      if (dead < infos[s].assessments) main.live.remove(main.segments[s].base + dead);
    }
  }
  const Column& column = *main.columns[static_cast<std::size_t>(Field::Series)];
  const Column& ids = *main.columns[static_cast<std::size_t>(Field::Id)];
  publications.resize(column.distinct());
  series.resize(n);
  for (DocId doc = 0; doc < n; ++doc) {
    const auto values = column.values_of(doc);
    series[doc] = values.empty() ? static_cast<std::uint32_t>(publications.size()) : values[0];
    if (values.empty()) publications.emplace_back();
    if (main.live.has(doc)) publications[series[doc]].push_back(doc);
  }
  const auto id_of = [&](DocId doc) {
    const auto values = ids.values_of(doc);
    return values.empty() ? ~ValueId{0} : values[0];
  };
  main.latest = DocSet(n);
  for (auto& docs : publications) {
    std::ranges::sort(docs, [&](DocId a, DocId b) {
      return std::pair(main.numbers[a].date, id_of(a)) > std::pair(main.numbers[b].date, id_of(b));
    });
    if (!docs.empty()) main.latest.add(docs.front());
  }
  for (const Table t : {Table::Contracts, Table::Revisions}) {
    TableData& rows = table(t);
    rows.live = rows.latest = DocSet(rows.numbers.size());
    for (DocId row = 0; row < rows.numbers.size(); ++row) {
      if (main.live.has(rows.parents->assessment[row])) rows.live.add(row);
      if (main.latest.has(rows.parents->assessment[row])) rows.latest.add(row);
    }
  }
}

}  // namespace pia
