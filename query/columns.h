// Columns: the values of a Field in memory, loaded with the index. From a column come the posting
// list of a value (filters), the values of a document (hits) and exact counts of all values over a
// set of documents in one pass (facets): 12 to 56 times faster than Xapian's value slots when it
// was measured, and right for fields with several values.
// Immutable after loading; any thread may read.

#ifndef PIA_QUERY_COLUMNS_H_
#define PIA_QUERY_COLUMNS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "query/doc_set.h"

namespace pia {

using ValueId = std::uint32_t;  // of one field, in byte order of the texts; valid for one Snapshot

// Views live as long as the Snapshot.
struct FieldValue {
  std::string_view text;     // NFKC, as it is shown
  std::string_view folded;   // fold_literal_text() of it: what a question is compared with
  std::string_view reading;  // reading_of() it, hiragana; empty if the field has none
};

// What a field holds for the documents of the table that owns it.
struct ColumnData {
  std::vector<FieldValue> values;
  std::vector<std::uint32_t> starts = {0}, ids;       // document -> its values, ascending
  std::vector<std::uint32_t> doc_starts = {0}, docs;  // value -> its documents, ascending
};

// Rows and their assessments; shared by the columns that rows inherit.
struct Parents {
  std::vector<DocId> assessment;  // of each row
  std::vector<DocId> first_row;   // of each assessment, and one more at the end
};

// The dictionary of a field and which documents of ONE table have which values.
class Column {
 public:
  explicit Column(std::shared_ptr<const ColumnData> data,
                  std::shared_ptr<const Parents> parents = nullptr)
      : data_(std::move(data)), parents_(std::move(parents)) {}

  // The same values, seen from rows. REQUIRES: the column is the assessments' own.
  void inherit(std::shared_ptr<const Parents> parents) { parents_ = std::move(parents); }

  std::size_t distinct() const { return data_->values.size(); }
  const FieldValue& value(ValueId id) const { return data_->values[id]; }

  // The value with exactly this (NFKC) text.
  std::optional<ValueId> find(std::string_view text) const;
  // All values that satisfy the condition. Ascending.
  std::vector<ValueId> find_if(const std::function<bool(const FieldValue&)>& matches) const;
  // Those whose folded text contains, or begins with, the folded needle: how "委託先:アデコ" finds
  // アデコ株式会社. REQUIRES: the needle went through fold_literal_text().
  std::vector<ValueId> containing(std::string_view folded) const;
  std::vector<ValueId> beginning(std::string_view folded) const;

  // Values of a document, ascending; empty if it has none. Rows answer with their assessment's
  // values where the field is the assessment's.
  std::span<const ValueId> values_of(DocId doc) const {
    if (parents_) doc = parents_->assessment[doc];
    return std::span(data_->ids)
        .subspan(data_->starts[doc], data_->starts[doc + 1] - data_->starts[doc]);
  }

  std::size_t documents() const {
    return parents_ ? parents_->assessment.size() : data_->starts.size() - 1;
  }

  // Documents (of the column's table) that have the value, or any of the values; dead and old
  // ones included, so intersect with Snapshot::scope().
  DocSet docs_with(ValueId id) const { return docs_with(std::span(&id, 1)); }
  DocSet docs_with(std::span<const ValueId> ids) const;
  // Documents that have any value at all: "how many can answer".
  DocSet docs_with_any() const;

  // How many documents of the set have each value; indexed by ValueId. Exact.
  std::vector<std::uint32_t> count(const DocSet& set) const;

 private:
  std::shared_ptr<const ColumnData> data_;
  std::shared_ptr<const Parents> parents_;  // null: the table's own field
};

// Joins the columns of segments: `files` are mapped field files, in order, which must outlive the
// result. nullptr if one of them is broken.
std::shared_ptr<const ColumnData> load_column(std::span<const std::string_view> files);

}  // namespace pia

#endif  // PIA_QUERY_COLUMNS_H_
