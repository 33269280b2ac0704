// Opening: read `current`, lock the generation for reading, map its segments, join their columns,
// compute what depends on several documents (who lives, which publication is the latest). All of
// it is linear in the documents; words and texts are read when they are asked for.

#include "query/index_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "query/mapped_file.h"

namespace pia {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;
using schema::kFields;
using schema::kTables;

// BM25's usual values; documents' lengths differ a hundredfold, mostly by their kind and not by
// what they say, so length counts less than usual.
constexpr double kK1 = 1.2;
constexpr double kB = 0.5;

Error damaged(const fs::path& path, std::string_view why) {
  return Error{ErrorCode::IndexDamaged, fmt::format("{}; build the index again", why),
               path.string()};
}

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

Result<std::string> read_text(const fs::path& path, int fd) {
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

Result<std::string> read_text(const fs::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) {
    const auto code = errno == ENOENT ? ErrorCode::IndexMissing : ErrorCode::IndexIo;
    return Error{code, fmt::format("cannot read: {}", std::strerror(errno)), path.string()};
  }
  return read_text(path, fd.get());
}

// Xapian databases of one table of one segment: each is lent to one caller at a time.
class DatabasePool {
 public:
  explicit DatabasePool(std::string path) : path_(std::move(path)) {}

  // Opens one ahead, so that a missing or broken database is noticed when the index is opened.
  void warm() { give_back(std::make_unique<Xapian::Database>(path_)); }

  template <typename Use>
  auto with(Use&& use) {
    auto database = take();
    auto result = use(*database);
    give_back(std::move(database));  // not reached after an exception: that one is thrown away
    return result;
  }

 private:
  std::unique_ptr<Xapian::Database> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto database = std::move(free_.back());
        free_.pop_back();
        return database;
      }
    }
    return std::make_unique<Xapian::Database>(path_);
  }
  void give_back(std::unique_ptr<Xapian::Database> database) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(database));
  }

  std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Xapian::Database>> free_;
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
  std::array<std::optional<Column>, kFields.size()> columns;
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

}  // namespace

struct Snapshot::Impl {
  fs::path dir, home;
  Descriptor held;  // shared lock on generation.json
  std::uint64_t generation = 0;
  std::vector<SegmentInfo> infos;
  std::vector<MappedFile> mapped;  // what columns point into
  std::array<TableData, kTables.size()> tables;
  std::vector<SegmentStore> stores;
  Blobs sources;
  std::vector<std::uint32_t> series;              // of an assessment
  std::vector<std::vector<DocId>> publications;   // of a series: live, newest first
  mutable std::once_flag words_read;
  mutable std::vector<Word> vocabulary;

  TableData& table(Table t) { return tables[static_cast<std::size_t>(t)]; }
  const TableData& table(Table t) const { return tables[static_cast<std::size_t>(t)]; }

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
      return damaged(dir, "Xapian: " + error.get_description());
    }
  }
};

// --- loading

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
    if (records->size() != std::size_t{info.assessments} * 2 || passages->size() != info.assessments) {
      return damaged(path, "a segment has fewer records than assessments");
    }
    stores.push_back({std::move(*records), std::move(*passages)});
  }
  auto files = Blobs::open(home / "sources");
  if (!files) return files.error();
  sources = std::move(*files);
  if (sources.size() != table(Table::Assessments).numbers.size()) {
    return damaged(home, "the list of sources does not fit the segments");
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
    if (cards->size() != entries.size()) return damaged(path, "cards and numbers do not fit together");
    if (t == Table::Assessments && entries.size() != info.assessments) {
      return damaged(path, "a segment has another size than its generation says");
    }
    SegmentTable segment;
    segment.words = std::make_unique<DatabasePool>((path / "db").string());
    segment.cards = std::move(*cards);
    segment.base = static_cast<DocId>(data.numbers.size());
    segment.documents = static_cast<std::uint32_t>(entries.size());
    try {
      segment.words->warm();
    } catch (const Xapian::Error& error) {
      return damaged(path, "Xapian: " + error.get_description());
    }
    data.numbers.insert(data.numbers.end(), entries.begin(), entries.end());
    data.segments.push_back(std::move(segment));
  }
  auto literal = LiteralIndex::load(paths);
  if (!literal) return literal.error();
  data.literal = std::move(*literal);
  double sum = 0;
  for (const auto& entry : data.numbers) sum += entry.length;
  if (!data.numbers.empty()) data.average_length = std::max(1.0, sum / static_cast<double>(data.numbers.size()));
  return t == Table::Assessments ? Status(Done{}) : load_parents(t);
}

Status Snapshot::Impl::load_parents(Table t) {
  auto parents = std::make_shared<Parents>();
  const std::size_t assessments = table(Table::Assessments).numbers.size();
  for (std::size_t s = 0; s < infos.size(); ++s) {
    const fs::path path = dir / infos[s].name / schema::kTableNames[static_cast<std::size_t>(t)] / "parents";
    auto mapped_parents = MappedFile::open(path);
    if (!mapped_parents) return mapped_parents.error();
    const DocId base = table(Table::Assessments).segments[s].base;
    for (const std::uint32_t parent : mapped_parents->as<std::uint32_t>()) {
      const DocId assessment = base + parent;
      if (parent >= infos[s].assessments ||
          (!parents->assessment.empty() && parents->assessment.back() > assessment)) {
        return damaged(path, "rows and assessments do not fit together");
      }
      parents->assessment.push_back(assessment);
    }
  }
  if (parents->assessment.size() != table(t).numbers.size()) {
    return damaged(dir, "rows and their numbers do not fit together");
  }
  parents->first_row.assign(assessments + 1, 0);
  for (const DocId assessment : parents->assessment) ++parents->first_row[assessment + 1];
  std::partial_sum(parents->first_row.begin(), parents->first_row.end(), parents->first_row.begin());
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
      auto file = MappedFile::open(dir / info.name / schema::kTableNames[static_cast<std::size_t>(t)] /
                                   (std::string("field-") + field.name));
      if (!file) return file.error();
      files.push_back(file->bytes());
      mapped.push_back(std::move(*file));
    }
    auto column = load_column(files);
    if (!column || column->starts.size() != data.numbers.size() + 1) {
      return damaged(dir, fmt::format("the column {} is broken", field.name));
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

// --- Snapshot

Snapshot::Snapshot() : impl_(std::make_unique<Impl>()) {}
Snapshot::~Snapshot() = default;

std::uint64_t Snapshot::generation() const { return impl_->generation; }
std::size_t Snapshot::size(Table table) const { return impl_->table(table).numbers.size(); }

const DocSet& Snapshot::scope(Table table, Versions versions) const {
  const TableData& data = impl_->table(table);
  return versions == Versions::Latest ? data.latest : data.live;
}

Result<std::vector<Posting>> Snapshot::postings(Table table, Zone zone,
                                                std::string_view word) const {
  const std::string term = schema::word_term(zone, word);
  std::vector<Posting> out;
  auto done = impl_->each_database(table, [&](Xapian::Database& database, DocId base) {
    for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
      out.push_back({base + *at - 1, at.get_wdf()});
    }
  });
  if (!done) return done.error();
  return out;
}

Result<DocSet> Snapshot::docs_with_word(Table table, std::string_view word,
                                        std::string_view zones) const {
  DocSet out(size(table));
  auto done = impl_->each_database(table, [&](Xapian::Database& database, DocId base) {
    for (const char zone : zones) {
      const std::string term = schema::word_term(static_cast<Zone>(zone), word);
      for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
        out.add(base + *at - 1);
      }
    }
  });
  if (!done) return done.error();
  return out;
}

std::uint32_t Snapshot::document_frequency(Table table, Zone zone, std::string_view word) const {
  const std::string term = schema::word_term(zone, word);
  std::uint32_t total = 0;
  auto done = impl_->each_database(table, [&](Xapian::Database& database, DocId) {
    total += database.get_termfreq(term);
  });
  return done ? total : 0;
}

Status Snapshot::add_scores(Table table, Zone zone, std::string_view word, double weight,
                            const DocSet* within, std::span<float> scores) const {
  auto found = postings(table, zone, word);
  if (!found) return found.error();
  const TableData& data = impl_->table(table);
  const double n = static_cast<double>(data.numbers.size());
  const double df = static_cast<double>(found->size());
  const double idf = std::log(1 + (n - df + 0.5) / (df + 0.5));
  for (const Posting& posting : *found) {
    if (within && !within->has(posting.doc)) continue;
    const double length = data.numbers[posting.doc].length / data.average_length;
    const double wdf = posting.wdf;
    const double score = idf * wdf * (kK1 + 1) / (wdf + kK1 * (1 - kB + kB * length));
    scores[posting.doc] += static_cast<float>(weight * score);
  }
  return Done{};
}

Result<std::vector<Word>> Snapshot::words_beginning(Table table, Zone zone,
                                                    std::string_view prefix,
                                                    std::size_t limit) const {
  const std::string start = schema::word_term(zone, prefix);
  std::map<std::string, std::uint32_t> words;
  auto done = impl_->each_database(table, [&](Xapian::Database& database, DocId) {
    std::size_t taken = 0;
    for (auto at = database.allterms_begin(start); at != database.allterms_end(start); ++at) {
      if (taken++ == limit) break;
      words[(*at).substr(1)] += at.get_termfreq();
    }
  });
  if (!done) return done.error();
  std::vector<Word> out;
  for (const auto& [word, documents] : words) {
    if (out.size() == limit) break;
    out.push_back({word, documents});
  }
  return out;
}

const std::vector<Word>& Snapshot::vocabulary() const {
  std::call_once(impl_->words_read, [&] {
    constexpr auto kAll = ~std::size_t{0};
    std::map<std::string, std::uint32_t> words;
    for (const Zone zone : {Zone::Body, Zone::History}) {
      const auto found = words_beginning(Table::Assessments, zone, "", kAll);
      if (!found) continue;
      for (const auto& [word, documents] : *found) words[word] = std::max(words[word], documents);
    }
    for (const auto& [word, documents] : words) impl_->vocabulary.push_back({word, documents});
  });
  return impl_->vocabulary;
}

const Column* Snapshot::column(Table table, Field field) const {
  const auto& column = impl_->table(table).columns[static_cast<std::size_t>(field)];
  return column ? &*column : nullptr;
}

std::int32_t Snapshot::date(Table table, DocId doc) const {
  return impl_->table(table).numbers[doc].date;
}
std::int32_t Snapshot::published(Table table, DocId doc) const {
  return date(Table::Assessments, assessment_of(table, doc));
}
std::int32_t Snapshot::row_number(Table table, DocId doc) const {
  return impl_->table(table).numbers[doc].row;
}
std::uint32_t Snapshot::length(Table table, DocId doc) const {
  return impl_->table(table).numbers[doc].length;
}

namespace {

// The last day of what a date leaves open: 20240400 -> 20240499, 20240000 -> 20249999.
std::int32_t last_of(std::int32_t date) {
  if (date % 10000 == 0) return date + 9999;
  return date % 100 == 0 ? date + 99 : date;
}

}  // namespace

DocSet Snapshot::published_between(Table table, std::int32_t from, std::int32_t to) const {
  const auto& numbers = impl_->table(Table::Assessments).numbers;
  DocSet out(numbers.size());
  for (DocId doc = 0; doc < numbers.size(); ++doc) {
    const std::int32_t date = numbers[doc].date;
    if (date != 0 && date >= from && (to == 0 || last_of(date) <= last_of(to))) out.add(doc);
  }
  return to_rows(table, out);
}

DocId Snapshot::assessment_of(Table table, DocId doc) const {
  const auto& parents = impl_->table(table).parents;
  return parents ? parents->assessment[doc] : doc;
}

std::pair<DocId, DocId> Snapshot::rows_of(Table table, DocId assessment) const {
  const auto& parents = impl_->table(table).parents;
  if (!parents) return {assessment, assessment + 1};
  return {parents->first_row[assessment], parents->first_row[assessment + 1]};
}

DocSet Snapshot::to_assessments(Table table, const DocSet& rows) const {
  const auto& parents = impl_->table(table).parents;
  if (!parents) return rows;
  DocSet out(size(Table::Assessments));
  rows.for_each([&](DocId row) { out.add(parents->assessment[row]); });
  return out;
}

DocSet Snapshot::to_rows(Table table, const DocSet& assessments) const {
  const auto& parents = impl_->table(table).parents;
  if (!parents) return assessments;
  DocSet out(size(table));
  assessments.for_each([&](DocId doc) {
    out.add_range(parents->first_row[doc], parents->first_row[doc + 1]);
  });
  return out;
}

bool Snapshot::latest(DocId assessment) const {
  return impl_->table(Table::Assessments).latest.has(assessment);
}
std::vector<DocId> Snapshot::versions(DocId assessment) const {
  return impl_->publications[impl_->series[assessment]];
}
std::uint32_t Snapshot::version_count(DocId assessment) const {
  return static_cast<std::uint32_t>(impl_->publications[impl_->series[assessment]].size());
}

const LiteralIndex& Snapshot::literal(Table table) const { return *impl_->table(table).literal; }

std::optional<DocId> Snapshot::find(std::string_view id) const {
  const Column& ids = *column(Table::Assessments, Field::Id);
  const auto value = ids.find(id);
  if (!value) return std::nullopt;
  const DocSet docs = ids.docs_with(*value) & impl_->table(Table::Assessments).live;
  const auto found = docs.to_vector();
  if (found.empty()) return std::nullopt;
  return found.back();
}

namespace {

// Segment and ordinal within it.
std::pair<std::size_t, std::uint32_t> locate(const TableData& data, DocId doc) {
  const SegmentTable& segment = data.segment_of(doc);
  return {static_cast<std::size_t>(&segment - data.segments.data()), doc - segment.base};
}

}  // namespace

Result<std::string> Snapshot::record(DocId assessment) const {
  const auto [segment, ordinal] = locate(impl_->table(Table::Assessments), assessment);
  const Blobs& records = impl_->stores[segment].records;
  auto before = records.get(std::size_t{ordinal} * 2);
  if (!before) return before.error();
  auto after = records.get(std::size_t{ordinal} * 2 + 1);
  if (!after) return after.error();
  auto files = sources(assessment);
  if (!files) return files.error();
  return *before + *files + *after;
}

Result<std::string> Snapshot::card(Table table, DocId doc) const {
  const SegmentTable& segment = impl_->table(table).segment_of(doc);
  return segment.cards.get(doc - segment.base);
}

namespace {

StoredPassage passage_of(const Json& triple) {
  if (!triple.is_array() || triple.size() != 3 || !triple[0].is_string() || !triple[1].is_string()) {
    return {};
  }
  return {triple[0].get<std::string>(), triple[1].get<std::string>(), triple[2].dump()};
}

}  // namespace

Result<std::vector<StoredPassage>> Snapshot::passages(DocId assessment) const {
  const auto [segment, ordinal] = locate(impl_->table(Table::Assessments), assessment);
  auto blob = impl_->stores[segment].passages.get(ordinal);
  if (!blob) return blob.error();
  const Json list = Json::parse(*blob, nullptr, false);
  if (!list.is_array()) return damaged(impl_->dir, "the passages of an assessment are broken");
  std::vector<StoredPassage> out;
  for (const auto& triple : list) out.push_back(passage_of(triple));
  return out;
}

Result<StoredPassage> Snapshot::passage(DocId assessment, std::uint32_t index) const {
  auto all = passages(assessment);
  if (!all) return all.error();
  if (index >= all->size()) {
    return Error{ErrorCode::NotFound, fmt::format("the assessment has {} passages", all->size())};
  }
  return std::move((*all)[index]);
}

Result<std::string> Snapshot::sources(DocId assessment) const {
  auto blob = impl_->sources.get(assessment);
  if (!blob) return blob.error();
  const std::size_t cut = blob->find('\n');
  return cut == std::string::npos ? std::string("[]") : blob->substr(cut + 1);
}

Result<std::string> Snapshot::report() const { return read_text(impl_->home / "report.json"); }

// --- IndexReader

class SnapshotLoader {
 public:
  // Reads which generation is current.
  static Result<std::string> current(const fs::path& dir) {
    auto name = read_text(dir / "current");
    if (!name) {
      if (name.error().code != ErrorCode::IndexMissing) return name.error();
      return Error{ErrorCode::IndexMissing, "no index here; make one with pia-index --db",
                   dir.string()};
    }
    while (!name->empty() && name->back() == '\n') name->pop_back();
    if (!name->starts_with("gen-") || name->find('/') != std::string::npos) {
      return damaged(dir / "current", "does not name a generation");
    }
    return *name;
  }

  static Result<std::shared_ptr<const Snapshot>> load(const fs::path& dir, const std::string& name) {
    std::shared_ptr<Snapshot> snapshot(new Snapshot());
    Snapshot::Impl& impl = *snapshot->impl_;
    impl.dir = dir;
    impl.home = dir / name;
    const fs::path path = impl.home / "generation.json";
    impl.held = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (impl.held.get() < 0) return damaged(path, "the current generation is missing");
    ::flock(impl.held.get(), LOCK_SH);  // a file system without locks only loses the protection
    auto text = read_text(path, impl.held.get());
    if (!text) return text.error();
    if (auto done = parse(path, *text, impl); !done) return done.error();
    if (auto done = impl.load(); !done) return done.error();
    return std::shared_ptr<const Snapshot>(std::move(snapshot));
  }

 private:
  static Status parse(const fs::path& path, const std::string& text, Snapshot::Impl& impl) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("schema")) return damaged(path, "not a generation");
    if (json["schema"] != schema::kVersion) {
      return Error{ErrorCode::IndexVersion,
                   fmt::format("the index has format version {}, this program reads version {}; "
                               "index the sources again into a new directory",
                               json["schema"].dump(), schema::kVersion),
                   path.string()};
    }
    try {
      impl.generation = json.at("number").get<std::uint64_t>();
      for (const auto& segment : json.at("segments")) {
        impl.infos.push_back({segment.at("name").get<std::string>(),
                              segment.at("assessments").get<std::uint32_t>(),
                              segment.at("dead").get<std::vector<std::uint32_t>>()});
      }
    } catch (const Json::exception&) {
      return damaged(path, "not a generation");
    }
    return Done{};
  }
};

struct IndexReader::Impl {
  fs::path dir;
  mutable std::mutex mutex;      // guards snapshot and name
  std::mutex loading;            // one reopen() at a time
  std::shared_ptr<const Snapshot> snapshot;
  std::string name;
};

IndexReader::IndexReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IndexReader::IndexReader(IndexReader&&) noexcept = default;
IndexReader& IndexReader::operator=(IndexReader&&) noexcept = default;
IndexReader::~IndexReader() = default;

Result<IndexReader> IndexReader::open(const fs::path& dir) {
  auto impl = std::make_unique<Impl>();
  impl->dir = dir;
  IndexReader out(std::move(impl));
  auto opened = out.reopen();
  if (!opened) return opened.error();
  return out;
}

std::shared_ptr<const Snapshot> IndexReader::snapshot() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->snapshot;
}

Result<bool> IndexReader::reopen() {
  const std::lock_guard loading(impl_->loading);
  Error last;
  for (int attempt = 0; attempt < 3; ++attempt) {  // a writer may publish and clean up meanwhile
    auto name = SnapshotLoader::current(impl_->dir);
    if (!name) return name.error();
    if (*name == impl_->name) return false;
    auto loaded = SnapshotLoader::load(impl_->dir, *name);
    if (loaded) {
      const std::lock_guard lock(impl_->mutex);
      impl_->snapshot = std::move(*loaded);
      impl_->name = *name;
      return true;
    }
    last = loaded.error();
    if (last.code != ErrorCode::IndexDamaged) break;
  }
  return last;
}

}  // namespace pia
