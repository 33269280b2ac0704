// Rows of label and value from the plain text of a PDF in reading order (pdftotext without
// -layout): pages begin with form feeds, lines of neighbouring columns are woven into each other.
//
//   ③委託先名                      the label's line
//   ④再委託の有無
//
//   ※ [
//
//   50人以上100人未満              ②'s answer
//   株式会社 青葉計算センター       ③'s value, after ④'s label

#ifndef PIA_INDEXER_WOVEN_ROWS_H_
#define PIA_INDEXER_WOVEN_ROWS_H_

#include <optional>
#include <vector>

#include "indexer/source.h"
#include "indexer/woven_lines.h"

namespace pia {

struct WovenRow {
  SourceRow row;      // the label's cell, then the value's if there is one
  double margin = 0;  // how much worse the next best reading is; small: not decided
};

// Empty if no columns are woven (woven_signs.h) or the text is none of the forms. Answers of
// choices and boxes are left out: they are told by their own words, whatever stands between.
std::vector<WovenRow> rows_of_woven(WovenLines& lines);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_ROWS_H_
