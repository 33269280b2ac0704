// Answers from what snapshot_load.cc has loaded.

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <map>

#include "query/snapshot_data.h"

namespace pia {
namespace {

// BM25's usual values; documents' lengths differ a hundredfold, mostly by their kind and not by
// what they say, so length counts less than usual.
constexpr double kK1 = 1.2;
constexpr double kB = 0.5;

}  // namespace

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
  auto done = impl_->each_database(
      table, [&](Xapian::Database& database, DocId) { total += database.get_termfreq(term); });
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

Result<std::vector<Word>> Snapshot::words_beginning(Table table, Zone zone, std::string_view prefix,
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
  assessments.for_each(
      [&](DocId doc) { out.add_range(parents->first_row[doc], parents->first_row[doc + 1]); });
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

// The strings of a passages blob; empty if it is broken.
class PassageBlob {
 public:
  explicit PassageBlob(std::string_view bytes) {
    std::uint32_t count = 0;
    if (bytes.size() < sizeof count) return;
    std::memcpy(&count, bytes.data(), sizeof count);
    const std::size_t directory = std::size_t{count} * 3 * sizeof count;
    if (bytes.size() - sizeof count < directory) return;
    ends_.resize(std::size_t{count} * 3);
    if (count) std::memcpy(ends_.data(), bytes.data() + sizeof count, directory);
    heap_ = bytes.substr(sizeof count + directory);
    if (!std::ranges::is_sorted(ends_) || (count && ends_.back() != heap_.size())) ends_.clear();
  }
  std::size_t size() const { return ends_.size() / 3; }
  StoredPassage operator[](std::size_t index) const {
    return {part(index * 3), part(index * 3 + 1), part(index * 3 + 2)};
  }

 private:
  std::string part(std::size_t i) const {
    const std::uint32_t begin = i ? ends_[i - 1] : 0;
    return std::string(heap_.substr(begin, ends_[i] - begin));
  }
  std::vector<std::uint32_t> ends_;
  std::string_view heap_;
};

}  // namespace

Result<std::vector<StoredPassage>> Snapshot::passages(DocId assessment) const {
  const auto [segment, ordinal] = locate(impl_->table(Table::Assessments), assessment);
  auto blob = impl_->stores[segment].passages.get(ordinal);
  if (!blob) return blob.error();
  const PassageBlob passages(*blob);
  std::vector<StoredPassage> out;
  out.reserve(passages.size());
  for (std::size_t i = 0; i < passages.size(); ++i) out.push_back(passages[i]);
  return out;
}

Result<std::vector<StoredPassage>> Snapshot::passages(
    DocId assessment, std::span<const std::uint32_t> indices) const {
  const auto [segment, ordinal] = locate(impl_->table(Table::Assessments), assessment);
  auto blob = impl_->stores[segment].passages.get(ordinal);
  if (!blob) return blob.error();
  const PassageBlob passages(*blob);
  std::vector<StoredPassage> out;
  for (const std::uint32_t index : indices) {
    if (index >= passages.size()) {
      return Error{ErrorCode::NotFound,
                   fmt::format("the assessment has {} passages", passages.size())};
    }
    out.push_back(passages[index]);
  }
  return out;
}

Result<StoredPassage> Snapshot::passage(DocId assessment, std::uint32_t index) const {
  auto one = passages(assessment, std::span(&index, 1));
  if (!one) return one.error();
  return std::move(one->front());
}

Result<std::string> Snapshot::sources(DocId assessment) const {
  auto blob = impl_->sources.get(assessment);
  if (!blob) return blob.error();
  const std::size_t cut = blob->find('\n');
  return cut == std::string::npos ? std::string("[]") : blob->substr(cut + 1);
}

Result<std::string> Snapshot::report() const {
  return read_index_file(impl_->home / "report.json");
}

}  // namespace pia
