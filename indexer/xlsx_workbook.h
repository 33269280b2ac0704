// An .xlsx workbook as sheets of shown texts, merged ranges and borders: libzip unpacks, pugixml
// parses, nothing is interpreted that a form does not use (no formulas, only their last results).

#ifndef PIA_INDEXER_XLSX_WORKBOOK_H_
#define PIA_INDEXER_XLSX_WORKBOOK_H_

#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "indexer/source_reader.h"

namespace pia {

struct SheetCell {
  int row = 0, column = 0;  // 1-based; the top left one of a merged range
  int row_span = 1, column_span = 1;
  std::string text;  // as shown; may be empty (a cell with only a border)
  bool left = false, right = false, top = false, bottom = false;  // borders
};

struct Sheet {
  std::string name;
  std::vector<SheetCell> cells;  // by row, then column; cells inside a merged range are left out,
                                 // their borders count for the range
  int last_row = 0, last_column = 0;
  int unclear_controls = 0;  // check boxes of which nobody can tell what they tick
};

// Visible sheets in the workbook's order; hidden ones hold lists and are no part of the document.
// Errors: SourceDamaged (also: XML that declares entities), SourceTooBig, SourceEmpty.
Result<std::vector<Sheet>> read_workbook(std::string_view bytes, const ReadLimits& limits);

// "D12" for (12, 4).
std::string cell_address(int row, int column);

}  // namespace pia

#endif  // PIA_INDEXER_XLSX_WORKBOOK_H_
