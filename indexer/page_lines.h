// Glyphs to lines and lines to text: what page_text, page_tidy and page_cuts share. Sorting by
// place alone (never by the order in which they were drawn) gives lines; the gaps between
// neighbours tell spaces. Space characters themselves are not drawn, so they are rebuilt: a gap of
// about one character is U+3000, a smaller one an ASCII space.

#ifndef PIA_INDEXER_PAGE_LINES_H_
#define PIA_INDEXER_PAGE_LINES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/page_layout.h"

namespace pia {

// Gaps between neighbours of a line, in units of the font size.
inline constexpr double kWordGap = 0.22;
inline constexpr double kWideGap = 0.72;
inline constexpr double kPieceGap = 3.0;  // parts a loose line into pieces

struct Line {
  double y0 = 0, y1 = 0;
  std::vector<Glyph> glyphs;  // left to right; never empty in what lines_of() gives
  double left() const { return glyphs.front().box.x0; }
  double right() const { return glyphs.back().box.x1; }
  double size() const;  // of its largest glyph
};

bool is_wide(char32_t c);  // Japanese: no spaces between words
double size_of(const Glyph& glyph);

// Sorts the line's glyphs and sets its height.
void arrange(Line& line);

// Glyphs whose middles are on one height are one line; from top to bottom.
std::vector<Line> lines_of(std::vector<Glyph> glyphs);

// Between glyph `i` and the next, in units of the larger one's size.
double gap_after(const std::vector<Glyph>& glyphs, std::size_t i);

// The text of one line's glyphs, spaces rebuilt, letter-spacing closed.
std::string text_of_line(const std::vector<Glyph>& glyphs);

// How the page lies (quarter turns, of most of its glyphs), and a box turned upright by it.
int main_rotation(const std::vector<Glyph>& glyphs);
Box turned(const Box& box, int rotation);
void shift(Box& box, double dx, double dy);

}  // namespace pia

#endif  // PIA_INDEXER_PAGE_LINES_H_
