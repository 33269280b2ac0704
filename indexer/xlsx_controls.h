// Check boxes that lie on a sheet as form controls: their state is in a drawing (VML) and in
// property parts, not in any cell. Where they lie tells which cell they tick.

#ifndef PIA_INDEXER_XLSX_CONTROLS_H_
#define PIA_INDEXER_XLSX_CONTROLS_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/xlsx_workbook.h"

namespace pia {

// A check box or option button of a sheet.
struct FormControl {
  // Its corners: 0-based column and row, and pixels into them.
  int column = 0, row = 0, last_column = 0, last_row = 0;
  double dx = 0, dy = 0, last_dx = 0, last_dy = 0;
  int shape = 0;        // the id that property parts refer to
  std::string caption;  // the words that the control itself shows; often none
  bool checked = false;
  std::string link;  // the cell that repeats the state, e.g. "$H$5"; empty if none
};

// The controls of a VML drawing, in its order. One that is not well-formed has none.
std::vector<FormControl> read_vml_controls(std::string_view vml);

// Widths and heights in pixels, of columns and rows (1-based) that are not of the default size.
struct SheetMetrics {
  std::map<int, double> columns, rows;
  double column = 72, row = 24;
};

// Writes the state of each control into the cell it lies on, as typed ticks are written: "[○] 紙",
// "[ ] 紙"; into the blank between `[` and `]` just "○". Of several controls without a caption on
// one text nobody can tell which is which: they are left out, and counted in the result.
int put_controls(const std::vector<FormControl>& controls, const SheetMetrics& metrics,
                 std::map<std::pair<int, int>, SheetCell>& cells);

}  // namespace pia

#endif  // PIA_INDEXER_XLSX_CONTROLS_H_
