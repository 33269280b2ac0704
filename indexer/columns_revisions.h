// The table of 変更箇所 in a text with columns.

#ifndef PIA_INDEXER_COLUMNS_REVISIONS_H_
#define PIA_INDEXER_COLUMNS_REVISIONS_H_

#include <cstddef>
#include <vector>

#include "indexer/columns_lines.h"

namespace pia::columns {

// Index of the first line of the table's heads; lines.size() if there is no table.
std::size_t find_table(const std::vector<Line>& lines);

// Rows of the table that begins at line `begin` (as find_table gave it): its heads, then a row for
// each date. `end` becomes the line behind the table.
std::vector<SourceRow> read_table(const std::vector<Line>& lines, std::size_t begin,
                                  std::size_t& end);

}  // namespace pia::columns

#endif  // PIA_INDEXER_COLUMNS_REVISIONS_H_
