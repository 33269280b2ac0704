// Which lines of 変更箇所 belong to which of its rows.

#ifndef PIA_INDEXER_COLUMNS_PARTS_H_
#define PIA_INDEXER_COLUMNS_PARTS_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "indexer/columns_heads.h"

namespace pia::columns {

struct TableLine {
  int line = 0, page = 0;  // the line's number in the source
  std::array<std::string, kHeads> cells;
};

// Where each row begins, as an index into `table`, and table.size() at the end: empty if the table
// has no date. A date (of one to three lines) is one row; which row the lines between two dates
// belong to is decided for all rows together: either each cell's lines stand around the middle of
// their row, or they hang from its top; and an item begins with a chapter.
// Time: linear in the table but for lines between two dates, whose number counts squared up to a
// limit and once beyond it.
std::vector<std::size_t> part_rows(const std::vector<TableLine>& table);

}  // namespace pia::columns

#endif  // PIA_INDEXER_COLUMNS_PARTS_H_
