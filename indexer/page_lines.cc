#include "indexer/page_lines.h"

#include <algorithm>

#include "dicts/utf8.h"

namespace pia {

bool is_wide(char32_t c) {
  return c >= 0x2E80 || (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2160 && c <= 0x217F) ||
         (c >= 0x25A0 && c <= 0x26FF);
}

double size_of(const Glyph& glyph) {
  return glyph.size > 0 ? glyph.size : std::max(glyph.box.height(), 1.0);
}

double Line::size() const {
  double size = 0;
  for (const Glyph& glyph : glyphs) size = std::max(size, size_of(glyph));
  return size;
}

void arrange(Line& line) {
  std::ranges::stable_sort(line.glyphs, {}, [](const Glyph& g) { return g.box.x0; });
  line.y0 = 1e9, line.y1 = -1e9;
  for (const Glyph& glyph : line.glyphs) {
    line.y0 = std::min(line.y0, glyph.box.y0), line.y1 = std::max(line.y1, glyph.box.y1);
  }
}

std::vector<Line> lines_of(std::vector<Glyph> glyphs) {
  std::ranges::stable_sort(glyphs, {}, [](const Glyph& g) { return g.box.mid_y(); });
  std::vector<Line> lines;
  for (Glyph& glyph : glyphs) {
    const double middle = glyph.box.mid_y();
    if (lines.empty() || middle > lines.back().y0 + 0.5 * size_of(glyph)) {
      lines.push_back({middle, middle, {}});
    }
    Line& line = lines.back();
    // The band follows the mean, so that small print beside large does not tear the line.
    const double n = static_cast<double>(line.glyphs.size());
    line.y0 = (line.y0 * n + middle) / (n + 1);
    line.glyphs.push_back(glyph);
  }
  for (Line& line : lines) arrange(line);
  // Pieces beside each other, one set a little higher in its sheet cell, are one line to the eye.
  for (std::size_t i = 0; i + 1 < lines.size();) {
    Line& line = lines[i];
    Line& next = lines[i + 1];
    const double overlap = line.y1 - next.y0,
                 height = std::min(line.y1 - line.y0, next.y1 - next.y0);
    if (overlap < 0.25 * height || (line.right() > next.left() && next.right() > line.left())) {
      ++i;
      continue;
    }
    line.glyphs.insert(line.glyphs.end(), next.glyphs.begin(), next.glyphs.end());
    arrange(line);
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return lines;
}

double gap_after(const std::vector<Glyph>& glyphs, std::size_t i) {
  const double size = std::max(size_of(glyphs[i]), size_of(glyphs[i + 1]));
  return (glyphs[i + 1].box.x0 - glyphs[i].box.x1) / size;
}

namespace {

// 特　定　個　人: every gap is wide and they are all alike.
bool is_letter_spaced(const std::vector<Glyph>& glyphs) {
  if (glyphs.size() < 3) return false;
  double least = 1e9, most = 0;
  for (std::size_t i = 0; i + 1 < glyphs.size(); ++i) {
    if (!is_wide(glyphs[i].character) || !is_wide(glyphs[i + 1].character)) return false;
    least = std::min(least, gap_after(glyphs, i)), most = std::max(most, gap_after(glyphs, i));
  }
  return least > kWordGap && most < 1.5 * least && most < kPieceGap;
}

}  // namespace

std::string text_of_line(const std::vector<Glyph>& glyphs) {
  const bool spaced = is_letter_spaced(glyphs);
  std::string text;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    utf8::append(text, glyphs[i].character);
    if (i + 1 == glyphs.size() || spaced) continue;
    const double gap = gap_after(glyphs, i);
    const bool wide = is_wide(glyphs[i].character) && is_wide(glyphs[i + 1].character);
    if (gap >= kWideGap && wide)
      text += "　";
    else if (gap >= kWordGap)
      text += ' ';
  }
  return text;
}

int main_rotation(const std::vector<Glyph>& glyphs) {
  int count[4] = {0, 0, 0, 0};
  for (const Glyph& glyph : glyphs) ++count[glyph.rotation & 3];
  return static_cast<int>(std::max_element(count, count + 4) - count);
}

Box turned(const Box& box, int rotation) {
  switch (rotation & 3) {
    case 1:
      return {box.y0, -box.x1, box.y1, -box.x0};
    case 2:
      return {-box.x1, -box.y1, -box.x0, -box.y0};
    case 3:
      return {-box.y1, box.x0, -box.y0, box.x1};
    default:
      return box;
  }
}

void shift(Box& box, double dx, double dy) {
  box.x0 += dx, box.x1 += dx, box.y0 += dy, box.y1 += dy;
}

}  // namespace pia
