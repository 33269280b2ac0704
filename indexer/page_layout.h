// A printed page as geometry, and how it becomes rows of cells. Pure: no PDF library here, so
// that tests can draw pages by hand. Coordinates are points from the top left corner, y down.
//
// The idea (the "lattice" of table extraction): the rules of a page cut it into small rectangles;
// rectangles that no rule parts are one cell; a character belongs to the cell under its centre.
// Merged cells need nothing special, they are simply larger.

#ifndef PIA_INDEXER_PAGE_LAYOUT_H_
#define PIA_INDEXER_PAGE_LAYOUT_H_

#include <string>
#include <vector>

namespace pia {

struct Box {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double mid_x() const { return (x0 + x1) / 2; }
  double mid_y() const { return (y0 + y1) / 2; }
};

struct Glyph {
  char32_t character = 0;
  Box box;
  double size = 0;                 // of the font
  int rotation = 0;                // quarter turns clockwise; vertical writing counts as 1
  Box clip{-1e9, -1e9, 1e9, 1e9};  // what is drawn outside of it does not show
};

// Where a piece of text begins on its baseline, and the clip that was in force.
struct TextRun {
  double x = 0, y = 0;
  Box clip;
};

// Gives each upright glyph the clip of the run that it most likely belongs to. A cell's text is
// clipped to its cell: what is too long for it would otherwise be read as the next cell's.
void attach_clips(std::vector<Glyph>& glyphs, std::vector<TextRun> runs);

// A straight line as drawn, of any length; exactly horizontal or vertical.
struct Rule {
  Box box;  // the stroke's middle: x0 == x1 or y0 == y1
  bool horizontal() const { return box.y0 == box.y1; }
};

struct PageContent {
  int number = 0;  // 1-based
  double width = 0, height = 0;
  std::vector<Glyph> glyphs;
  std::vector<Rule> rules;
};

struct LatticeCell {
  Box box;
  int row = 0, column = 0;  // of its top left corner in the page's grid
  int row_span = 1, column_span = 1;
  bool open_top = false, open_bottom = false;  // no rule there: it may go on on the other page
  Box clip;  // the box and, at an open side, what is drawn beyond it
  std::vector<Glyph> glyphs;
};

struct Lattice {
  std::vector<LatticeCell> cells;  // by row, then column
  std::vector<Glyph> outside;      // what stands in no cell
};

// Parts the page's glyphs among its cells. A page with more rules than any form has (hostile or
// a drawing) gives no cells: everything is outside.
Lattice find_cells(const PageContent& page);

// The text of glyphs that stand together in `box`: lines from top to bottom separated by '\n';
// lines that the box's width broke are joined, letter-spacing is closed, a choice "[ value ]"
// comes before the list ＜選択肢＞ that stands beside it. Ticks are normalised.
std::string text_of(std::vector<Glyph> glyphs, const Box& box);

// Puts the two halves of a cell that a page break cut together, as if the page had no end. Both
// pages may have drawn the lines around the cut, or the whole text, and only clipped what does not
// fit: what they share counts once.
void append_cut(std::vector<Glyph>& above, Box& box, std::vector<Glyph> below,
                const Box& below_box);

// Whether both halves show at least `least` characters of the same lines.
bool share_lines(const std::vector<Glyph>& above, const std::vector<Glyph>& below,
                 std::size_t least);

// A line of text that stands in no cell, in pieces where wide gaps part it.
struct LooseLine {
  Box box;
  std::vector<std::string> pieces;
};
std::vector<LooseLine> loose_lines(std::vector<Glyph> glyphs);

// Takes out what only numbers the page: "- 3 -", "3/25", "3 ページ" in the upper or lower margin.
void drop_page_numbers(std::vector<Glyph>& glyphs, const PageContent& page);

// Drops characters that were printed twice at the same spot (bold by overprinting) and turns a
// page whose text stands sideways.
void tidy(PageContent& page);

}  // namespace pia

#endif  // PIA_INDEXER_PAGE_LAYOUT_H_
