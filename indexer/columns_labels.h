// Which words of a text with columns are the form's labels, however many lines they stand on.

#ifndef PIA_INDEXER_COLUMNS_LABELS_H_
#define PIA_INDEXER_COLUMNS_LABELS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/columns_lines.h"
#include "indexer/form.h"

namespace pia::columns {

// The words [from, to) of a line.
struct Piece {
  std::size_t line = 0;
  std::size_t from = 0, to = 0;
};

struct LabelAt {
  Label label;
  int node = -1;              // of the form
  std::vector<Piece> pieces;  // from the top, one a line
  int begin = 0, end = 0;     // columns: of the first character, behind the rightmost
  std::string text;           // the pieces, one a line

  std::size_t first_line() const { return pieces.front().line; }
  std::size_t last_line() const { return pieces.back().line; }
};

// The labels among the lines, from the top, a label before those that stand below it in the form
// (its cell spans theirs, so that its words often come later).
// With `columns` false the lines begin anywhere: then a label is told by its words and order alone.
std::vector<LabelAt> find_labels(const std::vector<Line>& lines, const Form& form,
                                 bool columns = true);

}  // namespace pia::columns

#endif  // PIA_INDEXER_COLUMNS_LABELS_H_
