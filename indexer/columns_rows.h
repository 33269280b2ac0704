// Rows of cells from a text that keeps its columns with spaces (columns_lines.h), as a PDF's
// lattice or a workbook gives them.

#ifndef PIA_INDEXER_COLUMNS_ROWS_H_
#define PIA_INDEXER_COLUMNS_ROWS_H_

#include <vector>

#include "indexer/source.h"

namespace pia {

// Empty if the text does not keep columns, or is none of the forms.
std::vector<SourceRow> rows_of_columns(const std::vector<SourceLine>& lines);

}  // namespace pia

#endif  // PIA_INDEXER_COLUMNS_ROWS_H_
