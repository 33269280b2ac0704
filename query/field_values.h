// The value of a field in a query → documents, by the columns of the index.

#ifndef PIA_QUERY_FIELD_VALUES_H_
#define PIA_QUERY_FIELD_VALUES_H_

#include <optional>

#include "query/doc_set.h"
#include "query/index_reader.h"
#include "query/query.h"
#include "query/word_reader.h"

namespace pia {

// Where a field's values are: contract rows for fields of a 委託事項, revision rows for 変更 and
// the like, else assessments.
Table owner_of(QueryField field);

// The column that holds the field's values; nullopt for 公表日, 項目 and 変更, which have none.
std::optional<schema::Field> column_of(QueryField field);

// The documents of `table` for which one leaf of a field's value holds: a text (Word, Phrase,
// Prefix, read as `reading`), a whole value (Exact), a Range, or Present. Fields without a column
// are the matcher's: REQUIRES column_of(field) or field == Published.
DocSet documents_with_value(const Snapshot& index, Table table, QueryField field, const Query& leaf,
                            const WordReading& reading);

// The same, asked of another column (旧委託先 by history).
DocSet documents_with_value_in(const Snapshot& index, Table table, schema::Field column,
                               QueryField field, const Query& leaf, const WordReading& reading);

// Which values of the column the leaf means.
std::vector<ValueId> values_meant(const Column& column, QueryField field, const Query& leaf,
                                  const WordReading& reading);

// The stored form of a choice: あり → 発生あり, する → 再委託する; other fields' texts stay.
std::string stored_choice(QueryField field, std::string_view canonical);

}  // namespace pia

#endif  // PIA_QUERY_FIELD_VALUES_H_
