// IndexReader opens an index directory; Snapshot is one generation of it, immutable, with all that
// a search needs: posting lists of words (Xapian), columns, literal search, records.
//
//   auto reader = IndexReader::open(dir);
//   std::shared_ptr<const Snapshot> index = reader->snapshot();   // keep it for one whole request
//   DocSet hits = index->scope(Table::Contracts, Versions::Latest);
//   hits &= index->column(Table::Contracts, Field::Contractor)->docs_with(ids);
//   hits &= index->literal(Table::Contracts).find(fold_literal_text("静脈認証"));
//
// Threads: everything is const and may be called by any number of threads; Xapian databases, which
// must not be shared, are lent to one call at a time from a pool inside. No Xapian error leaves
// this class: what cannot be read gives an Error, and since generations never change there is no
// DatabaseModifiedError. A Snapshot stays readable after a newer one was published, as long as
// somebody holds it (also against the writer's cleaning up).

#ifndef PIA_QUERY_INDEX_READER_H_
#define PIA_QUERY_INDEX_READER_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dicts/result.h"
#include "indexer/schema.h"
#include "query/columns.h"
#include "query/doc_set.h"
#include "query/literal.h"
#include "query/search_types.h"

namespace pia {

using schema::Field;
using schema::Table;
using schema::Zone;

constexpr Table table_of(View view) { return static_cast<Table>(view); }

// One entry of a word's posting list.
struct Posting {
  DocId doc = 0;
  std::uint32_t wdf = 0;  // occurrences in the zone
};

struct StoredPassage {
  std::string item, text;  // as printed
  std::string where_json;  // the place, as JSON text
};

struct Word {
  std::string word;
  std::uint32_t documents = 0;  // assessments that have it in Body or History
};

class Snapshot {
 public:
  ~Snapshot();

  std::uint64_t generation() const;     // grows with each publication
  std::size_t size(Table table) const;  // documents, dead and old ones included
  // The universe of a search: live documents, of the newest publications or of all.
  const DocSet& scope(Table table, Versions versions) const;

  // --- words. A term is schema::word_term(zone, word) of what Tokenizer::search_terms gives.
  // Postings ascend by document; a word that is nowhere has none. Dead documents are included:
  // intersect with scope().
  Result<std::vector<Posting>> postings(Table table, Zone zone, std::string_view word) const;
  // The documents with the word in any of the zones ("BH": body or history).
  Result<DocSet> docs_with_word(Table table, std::string_view word,
                                std::string_view zones = "BH") const;
  std::uint32_t document_frequency(Table table, Zone zone, std::string_view word) const;
  // Adds weight x BM25 of the word in the zone to the score of each document in `within` (which
  // may be null for all). REQUIRES: scores.size() == size(table).
  Status add_scores(Table table, Zone zone, std::string_view word, double weight,
                    const DocSet* within, std::span<float> scores) const;
  // Words of a zone that begin with the prefix, in byte order, at most `limit`.
  Result<std::vector<Word>> words_beginning(Table table, Zone zone, std::string_view prefix,
                                            std::size_t limit) const;
  // Every word of the assessments' Body and History with its frequency, in byte order: for
  // もしかして. Read once, then kept.
  const std::vector<Word>& vocabulary() const;

  // --- columns. nullptr if the table has no such field (Field::Timing of contracts).
  const Column* column(Table table, Field field) const;
  std::int32_t date(Table table, DocId doc) const;  // NumberEntry::date: published, or a row's own
  std::int32_t published(Table table, DocId doc) const;  // of the assessment, for rows too
  std::int32_t row_number(Table table, DocId doc) const;
  std::uint32_t length(Table table, DocId doc) const;  // sum of wdf
  // Documents with from <= published <= to, both yyyymmdd with 00 for "any"; 0: open. What has
  // no date is in no range. `to` includes the whole of a month or year (20240400 ends April).
  DocSet published_between(Table table, std::int32_t from, std::int32_t to) const;

  // --- rows and their assessments
  DocId assessment_of(Table table, DocId doc) const;  // itself in Table::Assessments
  std::pair<DocId, DocId> rows_of(Table table, DocId assessment) const;  // [begin, end)
  // Assessments that have at least one row in the set; rows whose assessment is in the set. Both
  // return the set itself for Table::Assessments. Sets of rows become sets of other rows through
  // the assessments.
  DocSet to_assessments(Table table, const DocSet& rows) const;
  DocSet to_rows(Table table, const DocSet& assessments) const;

  // --- versions of one assessment
  bool latest(DocId assessment) const;
  std::vector<DocId> versions(DocId assessment) const;  // live ones of its series, newest first
  std::uint32_t version_count(DocId assessment) const;

  // --- literal strings and units
  const LiteralIndex& literal(Table table) const;

  // --- what is stored
  std::optional<DocId> find(std::string_view id) const;  // a live assessment
  Result<std::string> record(DocId assessment) const;    // the JSON of the interface document
  // JSON of the fields that a Hit shows. Assessments: id, series, title, kind, municipality,
  // prefecture, code, body_printed, number, process, category, people, published_on, incident,
  // contractors[], incidents and organisations (as in the record), warnings (how many). Contracts:
  // no, title, description, staff, contractors[{printed,name,branch}],
  // subcontract{used,approval,scope}, file, where. Revisions: no, date, item, before, after,
  // timing, note, where.
  Result<std::string> card(Table table, DocId doc) const;
  Result<std::vector<StoredPassage>> passages(DocId assessment) const;
  // Some of them, in the order asked for; much faster than all. Errors: NotFound for an index that
  // the assessment does not have.
  Result<std::vector<StoredPassage>> passages(DocId assessment,
                                              std::span<const std::uint32_t> indices) const;
  Result<StoredPassage> passage(DocId assessment, std::uint32_t index) const;
  // JSON array of the files of an assessment, best first: [{"path","format","sha256","url"}].
  Result<std::string> sources(DocId assessment) const;
  // Sources that are not in the index: {"rejected":[{"path","code","reason","line"}]}. Warnings
  // stand in each record; cards of assessments count them.
  Result<std::string> report() const;

 private:
  friend class IndexReader;
  friend class SnapshotLoader;
  Snapshot();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class IndexReader {
 public:
  // Errors: IndexMissing if the directory holds no index, IndexVersion with both numbers if
  // another schema version wrote it, IndexDamaged, IndexIo.
  static Result<IndexReader> open(const std::filesystem::path& dir);

  IndexReader(IndexReader&&) noexcept;
  IndexReader& operator=(IndexReader&&) noexcept;
  ~IndexReader();

  // The generation that open() or the last reopen() found. Any thread.
  std::shared_ptr<const Snapshot> snapshot() const;

  // Looks whether a newer generation was published (one small read) and takes it; true if so. On
  // an error the old snapshot stays. Any thread; one at a time does the work.
  Result<bool> reopen();

 private:
  struct Impl;
  explicit IndexReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_QUERY_INDEX_READER_H_
