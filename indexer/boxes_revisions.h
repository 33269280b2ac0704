// 変更箇所: rows of date, item, before, after, timing and note. In the text of a PDF they come as
// cells in a row, as runs of one column (all dates, all items, …), or as both in turn. The number
// of rows is that of the dates; cells are shared out by the order of the columns, and a cell that
// cannot be told is left empty.

#ifndef PIA_INDEXER_BOXES_REVISIONS_H_
#define PIA_INDEXER_BOXES_REVISIONS_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_pages.h"

namespace pia::boxes {

enum class CellKind { Date, Item, Timing, Text };

struct Cell {
  CellKind kind = CellKind::Text;
  std::vector<std::string_view> lines;  // into the Source
  std::string text;                     // lines joined
  std::u32string key;                   // of the text
  int first_line = 0, last_line = 0;    // indices into Source::lines
  bool same_box = false;                // stands in the box of the cell before
  bool same_line = false;               // begins in the last line of the cell before
};

// Whether a page begins the change table (its heading or its column heads), and whether a later
// page still belongs to it (has dates, items or timings of rows).
bool begins_revisions(const Page& page);
bool continues_revisions(const Page& page);

// The cells of a page, column heads left out.
// Names of the forms' chapters without their numbers, as items of the change table begin.
std::span<const std::u32string_view> chapter_names();

std::vector<Cell> cut_cells(const Page& page);

class Present;
struct PageRows;

// A page that is read once more when the form has been read: what the form says at each item tells
// whose a text is. Its rows have none until then.
struct ScrambledPage {
  std::shared_ptr<PageRows> page;
  std::size_t first = 0;   // of its rows in the table
  bool continued = false;  // its last row goes on overleaf
};

struct RevisionTable {
  std::vector<Revision> rows;
  std::vector<std::string> warnings;
  std::vector<ScrambledPage> scrambled;
};

RevisionTable read_revisions(std::span<const Page> pages, const Source& source, Present& present);

// Reads `table.scrambled` into `rows`, which are the table's, and adds the warnings of these pages.
void settle_revisions(RevisionTable& table, const Source& source, Present& present,
                      std::vector<Revision>& rows);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_REVISIONS_H_
