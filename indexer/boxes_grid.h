// The change table on a page that is drawn with spaces (pdftotext -layout): columns stand at fixed
// characters, rows are parted by blank lines.

#ifndef PIA_INDEXER_BOXES_GRID_H_
#define PIA_INDEXER_BOXES_GRID_H_

#include <array>
#include <vector>

#include "indexer/boxes_pages.h"

namespace pia::boxes {

enum GridColumn {
  GridDate,
  GridItem,
  GridBefore,
  GridAfter,
  GridTiming,
  GridNote,
  GridColumnCount
};

struct GridRow {
  std::array<std::vector<std::string_view>, GridColumnCount> cells;  // lines of each
  int first_line = 0, last_line = 0;                                 // indices into Source::lines
  bool continued = false;  // without a date: goes on from the row before
};

// The rows of a page, or nothing if no columns can be made out. REQUIRES: page.drawn.
std::vector<GridRow> read_grid(const Page& page, const Source& source);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_GRID_H_
