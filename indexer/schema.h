// THE index format. The indexer writes it, the query room reads it, and this header is all that
// they share. Whatever is written to disk is described here; change it and raise kVersion.
//
// An index directory
//   current                 text: the name of the published generation ("gen-12\n"). Written aside
//                           and renamed: a reader sees the old or the new generation, nothing else.
//   lock                    held (flock) by the one writer
//   gen-N/generation.json   which segments, in order, and which of their documents are dead;
//                           schema version, counts
//   gen-N/sources           id and files of every assessment (Blobs, in the order of the segments'
//                           documents: id, '\n', JSON array; empty for a dead document)
//   gen-N/report.json       {"rejected":[{"path","code","reason","line"}]}: sources that are not in
//   seg-N/                  a segment: immutable once published, shared by generations
//     assessments/ contracts/ revisions/      three tables, see below
// An index may be moved and copied: it holds no absolute path of its own. A reader holds a shared
// lock (flock) on its generation.json; a writer removes old generations and segments only if it
// can lock them, and always keeps the one before the current one.
//
// Why segments (measured on other engines first, see the sources' notes): a small update writes
// one small segment and a list of dead documents instead of copying gigabytes; a large build
// writes one segment a shard, on every core, and joins them at the end (Xapian's compactor; all
// other files by concatenation). Nothing is ever changed in place, so a killed run loses nothing.
//
// Three tables, one a view: a document is an assessment, a 委託事項 (contract row) or a row of
// 変更箇所 (revision). Documents have ordinals from 0 within a segment; a reader numbers them
// through, segment by segment (DocId). Rows of one assessment are neighbours and in its order.
// Each table is
//   db/           Xapian (glass, no termlist, no positions): word terms of the zones below; its
//                 document ids are ordinal + 1. It keeps and merges posting lists, no text
//   text          folded text of all units, each followed by '\n' (which folding removes from
//                 text): a literal never crosses a unit, and so never an item of the form
//   text.docs     u64[documents + 1]: offset of each document in `text`
//   units         UnitEntry[units]; units.docs u32[documents + 1]: first unit of each document
//   items         Blobs: distinct item paths; UnitEntry::item counts into it
//   pairs, pairs.dir   which documents hold which two characters in a row (PairEntry)
//   parents       u32[documents]: ordinal of the assessment (rows only)
//   numbers       NumberEntry[documents]
//   cards         Blobs: JSON of what a list of hits shows of a document
//   field-NAME    a column: every value of a Field, and which documents have it (FieldHeader)
// and assessments/ has also
//   records       Blobs: two a document, the JSON of the assessment before and after the value of
//                 "sources", which is kept by the generation, because files move
//   passages      Blobs, one a document: u32 count; u32 ends[count * 3]: ends in the heap of item,
//                 text and place (JSON) of each passage; the heap. Its units are the same ones
// All numbers are little-endian; files are read by mapping them.
//
// Decisions, with their reasons
// - Filters are answered from columns, not from boolean terms: a column gives the posting list of
//   a value, the values of a document and exact counts of all values in one pass; a second copy
//   of the same facts as Xapian terms would only be able to disagree (and terms end at 245 bytes).
// - Rows inherit their assessment's fields through `parents`; nothing is stored twice.
// - Whether a document is the latest of its series depends on others: readers compute it on load.
// - Literal search is on pairs + text, not on positions: see query/literal.h.
// - No dates of writing anywhere: the same content gives the same generation.json.

#ifndef PIA_INDEXER_SCHEMA_H_
#define PIA_INDEXER_SCHEMA_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pia::schema {

// History of the format:
//   1  first
//   2  passages of an assessment are read without parsing JSON
inline constexpr int kVersion = 2;

// Raised when the same file would now be read into another assessment: an index remembers it, and
// pia-index then reads unchanged files again.
inline constexpr int kExtraction = 1;

enum class Table : std::uint8_t { Assessments, Contracts, Revisions };
inline constexpr std::array kTables = {Table::Assessments, Table::Contracts, Table::Revisions};
inline constexpr std::array<const char*, 3> kTableNames = {"assessments", "contracts", "revisions"};

// Fields with values: filters, facets, suggestions. Add at the end, never renumber.
enum class Field : std::uint8_t {
  Municipality,       // 川崎市
  Prefecture,         // 神奈川県
  Process,            // name of the 事務
  Category,           // 児童手当
  Contractor,         // name, of present rows
  FormerContractor,   // organisations with the role "former contractor"
  HistoryContractor,  // organisations with the role "contractor by history"
  Contract,           // title of a 委託事項
  Subcontract,        // 再委託する | 再委託しない
  Staff,              // 取扱者数: of a 委託事項, or of 様式2 Ⅱ-2
  Incident,           // 発生あり | 発生なし
  Kind,               // 基礎項目 | 重点項目 | 全項目
  Year,               // of publication: 2025
  People,             // 対象人数
  System,             // names of systems
  Form,               // edition and name: 令和6年10月 様式4
  Title,              // 評価書名
  Number,             // 評価書番号
  File,               // names of 特定個人情報ファイル
  Body,               // 評価実施機関 as printed
  Code,               // 全国地方公共団体コード
  Series,             // all publications of one assessment
  Id,                 // of the assessment
  Organisation,       // every company or body named, in any role
  RevisionItem,       // item of a row of 変更箇所
  RevisionYear,       // its year
  Timing,             // 事前 | 事後
};

struct FieldInfo {
  Field field;
  const char* name;      // in queries, URLs and file names
  const char* japanese;  // in queries and headings
  bool facet;            // counted and offered as a filter
  bool reading;          // values carry their kana, for suggestions
  // Which tables hold the field as their own; other row tables inherit it from the assessment.
  bool in_assessments, in_contracts, in_revisions;
};

inline constexpr std::array kFields = {
    FieldInfo{Field::Municipality, "municipality", "自治体", true, true, true, false, false},
    FieldInfo{Field::Prefecture, "prefecture", "都道府県", true, true, true, false, false},
    FieldInfo{Field::Process, "process", "事務", true, true, true, false, false},
    FieldInfo{Field::Category, "category", "分野", true, true, true, false, false},
    FieldInfo{Field::Contractor, "contractor", "委託先", true, true, true, true, false},
    FieldInfo{Field::FormerContractor, "former_contractor", "旧委託先", true, true, true, false,
              false},
    FieldInfo{Field::HistoryContractor, "history_contractor", "履歴上の委託先", true, true, true,
              false, false},
    FieldInfo{Field::Contract, "contract", "委託事項", true, true, true, true, false},
    FieldInfo{Field::Subcontract, "subcontract", "再委託", true, false, true, true, false},
    FieldInfo{Field::Staff, "staff", "取扱者数", true, false, true, true, false},
    FieldInfo{Field::Incident, "incident", "重大事故", true, false, true, false, false},
    FieldInfo{Field::Kind, "kind", "種類", true, false, true, false, false},
    FieldInfo{Field::Year, "year", "公表年", true, false, true, false, false},
    FieldInfo{Field::People, "people", "対象人数", true, false, true, false, false},
    FieldInfo{Field::System, "system", "システム", true, true, true, false, false},
    FieldInfo{Field::Form, "form", "様式", true, false, true, false, false},
    FieldInfo{Field::Title, "title", "評価書名", false, true, true, false, false},
    FieldInfo{Field::Number, "number", "評価書番号", false, false, true, false, false},
    FieldInfo{Field::File, "file", "特定個人情報ファイル", true, true, true, true, false},
    FieldInfo{Field::Body, "body", "評価実施機関", false, false, true, false, false},
    FieldInfo{Field::Code, "code", "団体コード", false, false, true, false, false},
    FieldInfo{Field::Series, "series", "系列", false, false, true, false, false},
    FieldInfo{Field::Id, "id", "ID", false, false, true, false, false},
    FieldInfo{Field::Organisation, "organisation", "組織", false, true, true, false, false},
    FieldInfo{Field::RevisionItem, "revision_item", "変更した項目", true, false, false, false,
              true},
    FieldInfo{Field::RevisionYear, "revision_year", "変更年", true, false, false, false, true},
    FieldInfo{Field::Timing, "timing", "提出時期", true, false, false, false, true},
};
static_assert(kFields.back().field == static_cast<Field>(kFields.size() - 1));

constexpr const FieldInfo& info(Field field) { return kFields[static_cast<std::size_t>(field)]; }

// A field that only rows of one table have is no column of the others.
constexpr bool has_own(Table table, Field field) {
  switch (table) {
    case Table::Assessments:
      return info(field).in_assessments;
    case Table::Contracts:
      return info(field).in_contracts;
    case Table::Revisions:
      return info(field).in_revisions;
  }
  return false;
}
constexpr bool inherits(Table table, Field field) {
  return table != Table::Assessments && !has_own(table, field) && info(field).in_assessments;
}

// The printed forms of choices (NFKC), as Field values.
inline constexpr const char* kSubcontracts = "再委託する";
inline constexpr const char* kSubcontractsNot = "再委託しない";
inline constexpr const char* kIncident = "発生あり";
inline constexpr const char* kNoIncident = "発生なし";

// Word terms: one zone character, then the word as Tokenizer::search_terms gives it. A word of
// the document is in Body or in History (変更箇所 and what belongs to it) or in both; the other
// zones repeat words, to weigh them. wdf counts occurrences.
//   rows: Body is the row's own text; Title and Process are those of its assessment.
enum class Zone : char {
  Body = 'B',
  History = 'H',
  Title = 'T',       // 評価書名, 評価実施機関, municipality, prefecture
  Process = 'P',     // 事務 and category
  Contractor = 'C',  // present contractors, and titles of 委託事項
  Item = 'I',        // item paths of the units
};
inline constexpr std::array kZones = {Zone::Body,    Zone::History,    Zone::Title,
                                      Zone::Process, Zone::Contractor, Zone::Item};

// Xapian's limit is 245 bytes; longer words (addresses of web pages) are cut, on both sides alike.
inline constexpr std::size_t kMaxWordBytes = 120;
inline std::string word_term(Zone zone, std::string_view word) {
  std::string term(1, static_cast<char>(zone));
  std::size_t n = word.size();
  if (n > kMaxWordBytes) {
    n = kMaxWordBytes;
    while (n > 0 && (static_cast<unsigned char>(word[n]) & 0xC0) == 0x80) --n;
  }
  return term.append(word.substr(0, n));
}

// A unit: one passage of an assessment, or one cell of a row.
struct UnitEntry {
  std::uint32_t offset;  // of its text, from the start of its document's text
  std::uint32_t item : 31;
  std::uint32_t history : 1;
  std::uint32_t shingle;  // fingerprint of the folded text (0: too short): equal texts are equal
};
static_assert(sizeof(UnitEntry) == 12);

// Numbers of a document. Dates are yyyymmdd with 00 for what is not printed; 0 if unknown.
struct NumberEntry {
  std::int32_t date;     // published_on; of a revision: its own date
  std::int32_t row;      // rows: 1-based number in the assessment's list (of all files)
  std::uint32_t length;  // sum of wdf of all terms
  std::uint32_t words;   // words of Body
};
static_assert(sizeof(NumberEntry) == 16);

// Pair directory, sorted by key: key = first character << 21 | second; 0 << 21 | c is the single
// character c. `count` documents; `size` bytes at `offset` of `pairs`: if size == bitset bytes
// ((documents + 7) / 8) a bitset, else gaps as varints (first ordinal, then differences).
struct PairEntry {
  std::uint64_t key;
  std::uint64_t offset;
  std::uint32_t size;
  std::uint32_t count;
};
static_assert(sizeof(PairEntry) == 24);
constexpr std::uint64_t pair_key(char32_t a, char32_t b) {
  return static_cast<std::uint64_t>(a) << 21 | static_cast<std::uint64_t>(b);
}

// Blobs: many strings in zstd frames. FILE holds the frames; FILE.dir is BlobEntry[blobs] plus a
// last one with frame = size of FILE. A blob is `size` bytes at `offset` of its frame.
struct BlobEntry {
  std::uint64_t frame;  // offset of the frame in FILE
  std::uint32_t offset;
  std::uint32_t size;
};
static_assert(sizeof(BlobEntry) == 16);

// field-NAME: FieldHeader; u32 starts[documents + 1] into ids; u32 ids[...] (ascending in a
// document), values numbered in byte order; u32 ends[values * 3]: ends in the string heap of
// text, folded text and reading of each value; the heap.
struct FieldHeader {
  std::uint32_t documents, ids, values, heap;
};

// Varints: 7 bits a byte, low ones first, high bit = more follows.
inline void put_varint(std::string& out, std::uint32_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}
inline std::uint32_t get_varint(const char*& at, const char* end) {
  std::uint32_t value = 0;
  for (int shift = 0; at < end && shift < 35; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

}  // namespace pia::schema

#endif  // PIA_INDEXER_SCHEMA_H_
