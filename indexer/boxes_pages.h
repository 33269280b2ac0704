// The text of a PDF as pages of boxes. Two ways in, told apart by looking:
//   - one piece of text after the other (pdfminer, pdftotext): a box is a run of non-blank lines;
//   - a page drawn with spaces (pdftotext -layout): lines are cut where two or more spaces stand,
//     and pieces that hang under one another become a box, as a layout analysis would have made it.
// Pages end at a form feed, or, where the text has none, at two blank lines; and in any case where
// they have grown to several times a printed page.

#ifndef PIA_INDEXER_BOXES_PAGES_H_
#define PIA_INDEXER_BOXES_PAGES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/source.h"

namespace pia::boxes {

// A line, or a piece of one. `text` points into the Source.
struct Piece {
  Piece(std::string_view printed, int line_index, int first_column);

  std::string_view text;
  std::u32string key;  // of `text` (boxes_text.h), made once for all that look at the page
  int line = 0;        // index into Source::lines
  int column =
      0;  // column of the first character, in characters; 0 unless the page is drawn with spaces
};

struct Box {
  std::vector<Piece> pieces;
  int first_line() const { return pieces.front().line; }
  int last_line() const { return pieces.back().line; }
};

struct Page {
  std::vector<Box> boxes;
  std::vector<Box> numbers;           // the page's number
  std::vector<Box> heads;             // the document's name, printed on every page
  int first_line = 0, last_line = 0;  // indices into Source::lines, inclusive
  bool drawn = false;                 // with spaces: columns are known
};

// Every non-blank line is in exactly one page; its pieces are in exactly one box each (of `boxes`,
// `numbers` or `heads`).
// The Source must outlive the pages.
std::vector<Page> split_pages(const Source& source);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_PAGES_H_
