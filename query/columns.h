// Columns: the values of a Field in memory, loaded with the index. From a column come the posting
// list of a value (filters), the values of a document (hits) and exact counts of all values over a
// set of documents in one pass (facets); see RESULTS.md's lessons in indexer/schema.h.
// Immutable after loading; any thread may read.

#ifndef PIA_QUERY_COLUMNS_H_
#define PIA_QUERY_COLUMNS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/doc_set.h"

namespace pia {

using ValueId = std::uint32_t;  // of one field, in byte order of the texts; valid for one Snapshot

// Views live as long as the Snapshot.
struct FieldValue {
  std::string_view text;     // NFKC, as it is shown
  std::string_view folded;   // dicts fold() of it: what a question is compared with
  std::string_view reading;  // katakana; empty if the field has none
};

// The dictionary of a field and which documents of ONE table have which values.
class Column {
 public:
  std::size_t distinct() const { return values_.size(); }
  const FieldValue& value(ValueId id) const { return values_[id]; }

  // The value with exactly this (NFKC) text.
  std::optional<ValueId> find(std::string_view text) const;
  // All values for which the folded text satisfies `matches`: how "委託先:アデコ" finds
  // アデコ株式会社. Ascending.
  std::vector<ValueId> find_if(const std::function<bool(const FieldValue&)>& matches) const;
  // Those whose folded text contains, or begins with, the folded needle. Ascending.
  std::vector<ValueId> containing(std::string_view folded) const;
  std::vector<ValueId> beginning(std::string_view folded) const;

  // Values of a document, ascending; empty if it has none. Rows answer with their assessment's
  // values where the field is the assessment's.
  std::span<const ValueId> values_of(DocId doc) const {
    if (parents_) doc = (*parents_)[doc];
    return {ids_.data() + starts_[doc], ids_.data() + starts_[doc + 1]};
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
  friend class ColumnBuilder;
  std::vector<FieldValue> values_;
  std::string heap_;                            // what values_ points into
  std::vector<std::uint32_t> starts_, ids_;     // document -> values
  std::vector<std::uint32_t> doc_starts_, docs_;  // value -> documents (of the owning table)
  const std::vector<DocId>* parents_ = nullptr;   // inherited: row -> assessment
  const Column* owner_ = nullptr;                 // inherited: the assessments' column
  std::size_t documents_ = 0;
};

}  // namespace pia

#endif  // PIA_QUERY_COLUMNS_H_
