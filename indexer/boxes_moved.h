// Columns and rows of the change table that stand elsewhere on their page: a column of notes or
// dates that begins in the middle and ends with its head, and the texts of one row above other
// rows.

#ifndef PIA_INDEXER_BOXES_MOVED_H_
#define PIA_INDEXER_BOXES_MOVED_H_

#include <set>
#include <string>
#include <vector>

#include "indexer/boxes_page_table.h"

namespace pia::boxes {

// A page of columns in runs, one note for each row, in the order of the text. If the notes name the
// items of other rows and turning their column mends that, it is turned; and so is that of the
// dates if that mends their order. Dates that are out of order beside turned notes and not mended
// are taken out (-1).
void turn_columns(std::vector<PageRow>& rows, const std::vector<std::u32string>& keys);

// `stream`: texts and timings of a page in the order of the text. If every row stands behind its
// date but one, whose texts (and timing) or timing alone stand behind another row's, these move to
// their row.
void move_home(std::vector<int>& stream, const std::vector<PageRow>& rows,
               const std::vector<Cell>& cells, const std::vector<std::u32string>& keys,
               const std::set<std::u32string>& notes);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_MOVED_H_
