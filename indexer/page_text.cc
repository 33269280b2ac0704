// The text of one cell: columns within it, ticks whose label its own narrow sheet cell broke, a
// choice beside its list. The room left at the right edge tells whether the box or the writer
// ended a line.

#include <algorithm>
#include <cmath>
#include <optional>

#include "indexer/cell_text.h"
#include "indexer/page_layout.h"
#include "indexer/page_lines.h"

namespace pia {
namespace {

// What of a line could not have been left on the line before: a word of Latin letters or digits,
// or a Japanese character with what may not be parted from it (an opening bracket before it,
// closing marks and small kana behind it).
double width_of_first_unit(const Line& line) {
  static constexpr std::u32string_view kOpens = U"（「『［【〈《〔(";
  static constexpr std::u32string_view kNeverFirst =
      U"、。，．）」』］】〉》〕・：；！？ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々)";
  std::size_t i = 0;
  const auto& glyphs = line.glyphs;
  while (i + 1 < glyphs.size() && kOpens.find(glyphs[i].character) != std::u32string_view::npos)
    ++i;
  while (i + 1 < glyphs.size() && !is_wide(glyphs[i].character) &&
         !is_wide(glyphs[i + 1].character) && gap_after(glyphs, i) < kWordGap) {
    ++i;
  }
  while (i + 1 < glyphs.size() &&
         kNeverFirst.find(glyphs[i + 1].character) != std::u32string_view::npos)
    ++i;
  return glyphs[i].box.x1 - line.left();
}

// Whether the line was ended by the box: what follows would not have fitted.
bool is_full(const Line& line, const Line& next, const Box& box) {
  const double size = line.size();
  static constexpr std::u32string_view kBegins = U"[［・･※【＜<〈■□○●◆";  // an item of its own
  if (kBegins.find(next.glyphs.front().character) != std::u32string_view::npos) return false;
  if (next.y0 - line.y1 > 1.2 * size) return false;  // a blank line between
  const double margin = std::max(2.0, std::min(line.left() - box.x0, size)) + 0.3 * size;
  return box.x1 - line.right() < width_of_first_unit(next) + margin;
}

bool needs_space(const Line& line, const Line& next) {
  return !is_wide(line.glyphs.back().character) && !is_wide(next.glyphs.front().character);
}

// The glyph of `line` under whose left edge a piece at `x` hangs: text that its own narrow sheet
// cell broke goes on below where that cell begins, at "[", "] label" or behind a gap.
std::optional<std::size_t> anchor_of(const Line& line, double x) {
  for (std::size_t i = 0; i < line.glyphs.size(); ++i) {
    if (std::abs(line.glyphs[i].box.x0 - x) > 0.25 * size_of(line.glyphs[i])) continue;
    const char32_t c = line.glyphs[i].character;
    if (c == U']' || c == U'[' || (i > 0 && gap_after(line.glyphs, i - 1) >= kWordGap)) return i;
  }
  return std::nullopt;
}

// Behind the piece that begins at glyph `from`: before the next box or gap.
std::size_t end_of_piece(const Line& line, std::size_t from) {
  for (std::size_t i = from + 1; i < line.glyphs.size(); ++i) {
    if (line.glyphs[i].character == U'[' || gap_after(line.glyphs, i - 1) >= 0.8) return i;
  }
  return line.glyphs.size();
}

// Behind the label of the box whose label begins at `from`: blanks may stand in it.
std::size_t end_of_label(const Line& line, std::size_t from) {
  if (line.glyphs[from].character == U'[') {
    for (std::size_t i = from + 1; i < line.glyphs.size() && i < from + 4; ++i) {
      if (line.glyphs[i].character == U']') return end_of_label(line, i);
    }
    return from + 1;
  }
  std::size_t end = end_of_piece(line, from);
  if (line.glyphs[from].character == U']' && end == from + 1 && end < line.glyphs.size() &&
      line.glyphs[end].character != U'[') {
    end = end_of_piece(line, end);
  }
  return end;
}

bool has_box(const Line& line, std::size_t from, std::size_t to) {
  return std::any_of(line.glyphs.begin() + static_cast<std::ptrdiff_t>(from),
                     line.glyphs.begin() + static_cast<std::ptrdiff_t>(to), [](const Glyph& glyph) {
                       return glyph.character == U'[' || glyph.character == U']';
                     });
}

// Also behind a gap, before the next box: （ 2     ） 件 is closed.
bool leaves_bracket_open(const Line& line, std::size_t from, std::size_t to) {
  int depth = 0;
  for (std::size_t i = from; i < line.glyphs.size(); ++i) {
    const char32_t c = line.glyphs[i].character;
    if (i >= to && (c == U'[' || depth <= 0)) break;
    depth += c == U'（' || c == U'(' ? 1 : c == U'）' || c == U')' ? -1 : 0;
  }
  return depth > 0;
}

// Moves glyphs [from, to) of `below` behind the label above it, if there is one that they continue.
bool give_up(Line& line, Line& below, std::size_t from, std::size_t to, bool among_boxes) {
  const auto anchor = anchor_of(line, below.glyphs[from].box.x0);
  if (!anchor) return false;
  const std::size_t end = end_of_label(line, *anchor);
  const bool sure = !among_boxes && line.glyphs[*anchor].character != U'[';
  if (!sure && !leaves_bracket_open(line, *anchor, end)) return false;
  const auto first = below.glyphs.begin() + static_cast<std::ptrdiff_t>(from),
             last = below.glyphs.begin() + static_cast<std::ptrdiff_t>(to);
  double x = line.glyphs[end - 1].box.x1;
  for (auto glyph = first; glyph != last; ++glyph) {  // set behind it, so that no gap is seen
    glyph->box = {x, line.y0, x + 0.01, line.y1};
    x += 0.01;
  }
  line.glyphs.insert(line.glyphs.begin() + static_cast<std::ptrdiff_t>(end), first, last);
  below.glyphs.erase(first, last);
  return true;
}

// Gives the broken end of a tick's label, which stands below it, back to it:
//   [○] 連絡先（電話番号等    [ ] その他住民票関係情報
//      ）
void mend_ticks(std::vector<Line>& lines) {
  for (std::size_t i = 0; i + 1 < lines.size();) {
    Line& line = lines[i];
    Line& below = lines[i + 1];
    const bool ticks = has_box(line, 0, line.glyphs.size());
    const bool among_boxes = has_box(below, 0, below.glyphs.size());
    if (ticks && below.y0 - line.y1 < 0.5 * line.size()) {
      for (std::size_t from = 0; from < below.glyphs.size();) {
        const std::size_t to = end_of_piece(below, from);
        const bool plain =
            !has_box(below, from, to) && (from == 0 || below.glyphs[from - 1].character != U']');
        if (!plain || !give_up(line, below, from, to, among_boxes)) from = to;
      }
    }
    if (below.glyphs.empty())
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    else
      ++i;
  }
}

// A tick at the right of a heading of two lines may stand a little higher than both.
void move_right_to_end(std::vector<Line>& lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const bool right_of_all = std::ranges::all_of(lines, [&](const Line& other) {
      return &other == &lines[i] || other.right() < lines[i].left();
    });
    if (!right_of_all || !has_box(lines[i], 0, lines[i].glyphs.size())) continue;
    std::rotate(lines.begin() + static_cast<std::ptrdiff_t>(i),
                lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end());
    return;
  }
}

std::string text_of_lines(std::vector<Line> lines, const Box& box) {
  mend_ticks(lines);
  move_right_to_end(lines);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += text_of_line(lines[i].glyphs);
    if (i + 1 == lines.size()) break;
    const bool stacked =
        lines[i].glyphs.size() == 1 && lines[i + 1].glyphs.size() == 1;  // 再/委/託
    if (!stacked && !is_full(lines[i], lines[i + 1], box))
      text += '\n';
    else if (needs_space(lines[i], lines[i + 1]))
      text += ' ';
  }
  return text;
}

bool has_box(const std::vector<Glyph>& glyphs) {
  return std::ranges::find(glyphs, U'[', &Glyph::character) != glyphs.end();
}

// A gap within boxes: `[` at the left of it, `○ ] 紙` or `] 紙` at the right.
bool parts_boxes(const std::vector<Line>& left, const std::vector<Line>& right) {
  return std::ranges::any_of(right, [&](const Line& line) {
    const auto close = std::ranges::find(line.glyphs, U']', &Glyph::character);
    const auto open = std::ranges::find(line.glyphs, U'[', &Glyph::character);
    if (close == line.glyphs.end() || open < close) return false;
    return std::ranges::any_of(left, [&](const Line& mine) {
      return mine.glyphs.back().character == U'[' &&
             std::abs((mine.y0 + mine.y1) - (line.y0 + line.y1)) < 0.8 * line.size();
    });
  });
}

// Text in two columns whose lines do not match, as a tick of two lines beside a heading: nullopt if
// the glyphs are one column or a grid, where every line at the right has one at the left.
std::optional<double> gutter(const std::vector<Glyph>& glyphs) {
  std::vector<std::pair<double, double>> extents;
  extents.reserve(glyphs.size());
  for (const Glyph& glyph : glyphs) extents.emplace_back(glyph.box.x0, glyph.box.x1);
  std::ranges::sort(extents);
  double right = extents.front().second;
  // A box at the right of words without one, as beside a heading, is a column in any case.
  double first_box = 1e9;
  for (const Glyph& glyph : glyphs) {
    if (glyph.character == U'[') first_box = std::min(first_box, glyph.box.x0);
  }
  for (const auto& [x0, x1] : extents) {
    if (x0 == first_box && x0 - right > 0.2 * size_of(glyphs.front())) return x0;
    if (x0 - right > 2.5 * size_of(glyphs.front())) {
      std::vector<Glyph> sides[2];
      for (const Glyph& glyph : glyphs) sides[glyph.box.x0 >= x0].push_back(glyph);
      const std::vector<Line> left = lines_of(sides[0]), other = lines_of(sides[1]);
      const auto matched = [&](const Line& line) {
        return std::ranges::any_of(left, [&](const Line& mine) {
          return std::abs((mine.y0 + mine.y1) - (line.y0 + line.y1)) < 0.8 * line.size();
        });
      };
      // In a grid of ticks a label may have a line more than its neighbour.
      const bool grid = has_box(sides[0]) && has_box(sides[1]);
      const auto alike = static_cast<std::size_t>(std::ranges::count_if(other, matched));
      if (alike * 10 < other.size() * (grid ? 6 : 10) && !parts_boxes(left, other)) return x0;
    }
    right = std::max(right, x1);
  }
  return std::nullopt;
}

std::string text_of_columns(std::vector<Glyph> glyphs, const Box& box) {
  const auto cut = glyphs.size() > 1 ? gutter(glyphs) : std::nullopt;
  if (!cut) return text_of_lines(lines_of(std::move(glyphs)), box);
  std::vector<Glyph> left, right;
  for (Glyph& glyph : glyphs) (glyph.box.x0 >= *cut ? right : left).push_back(glyph);
  const Box near{box.x0, box.y0, *cut, box.y1}, far{*cut, box.y0, box.x1, box.y1};
  return text_of_lines(lines_of(std::move(left)), near) + "\n" +
         text_of_columns(std::move(right), far);
}

// "[ value ]" whose value is printed in two lines while the brackets stand at half height:
// everything between the brackets is put into the line of the brackets, in reading order.
std::string text_of_choice(std::vector<Glyph> glyphs, const Box& box) {
  const auto open = std::ranges::find(glyphs, U'[', &Glyph::character);
  const auto close = std::ranges::find(glyphs, U']', &Glyph::character);
  const auto only = [&](char32_t c) {
    return std::ranges::count(glyphs, c, &Glyph::character) == 1;
  };
  if (!only(U'[') || !only(U']') || open->box.x1 > close->box.x0 ||
      std::abs(open->box.mid_y() - close->box.mid_y()) > 0.4 * size_of(*open)) {
    return text_of_lines(lines_of(std::move(glyphs)), box);
  }
  const Box between{open->box.x1, open->box.y0 - 1.3 * size_of(*open), close->box.x0,
                    open->box.y1 + 1.3 * size_of(*open)};
  std::vector<Glyph> inside, before, after;
  for (const Glyph& glyph : glyphs) {
    const double x = glyph.box.mid_x(), y = glyph.box.mid_y();
    const bool same_height = y > open->box.y0 && y < open->box.y1;
    if (glyph.character == U'[' || glyph.character == U']') continue;
    if (x > between.x0 && x < between.x1 && y > between.y0 && y < between.y1)
      inside.push_back(glyph);
    else if (same_height ? x < open->box.x0 : y < open->box.mid_y())
      before.push_back(glyph);
    else
      after.push_back(glyph);
  }
  std::string value;
  for (const Line& line : lines_of(std::move(inside))) value += text_of_line(line.glyphs);
  std::string head = text_of_lines(lines_of(std::move(before)), box);
  std::string tail = text_of_lines(lines_of(std::move(after)), box);
  if (!head.empty()) head += ' ';
  if (!tail.empty()) tail.insert(0, 1, ' ');
  return head + "[" + value + "]" + tail;
}

// Where the list of choices begins: the glyph ＜ of ＜選択肢＞.
const Glyph* list_head(const std::vector<Glyph>& glyphs) {
  static constexpr char32_t kHead[] = U"選択肢";
  for (const Glyph& first : glyphs) {
    if (first.character != kHead[0]) continue;
    const Glyph* bracket = nullptr;
    int found = 0;
    for (const Glyph& glyph : glyphs) {
      if (std::abs(glyph.box.mid_y() - first.box.mid_y()) > 0.3 * size_of(first)) continue;
      const double step = (glyph.box.mid_x() - first.box.mid_x()) / size_of(first);
      if ((glyph.character == U'＜' || glyph.character == U'<') && step < 0 && step > -2)
        bracket = &glyph;
      if (glyph.character == kHead[1] && step > 0.5 && step < 2) ++found;
      if (glyph.character == kHead[2] && step > 1.5 && step < 3.5) ++found;
    }
    if (bracket && found == 2) return bracket;
  }
  return nullptr;
}

bool same_height(const Glyph& a, const Glyph& b) {
  return std::abs(a.box.mid_y() - b.box.mid_y()) < 0.4 * size_of(a);
}

// Where the items of a list begin whose head may stand further right: the leftmost "1）" with
// nothing close before it.
double left_of_items(const std::vector<Glyph>& glyphs, const Glyph& head) {
  double left = head.box.x0 - 1;
  for (const Glyph& digit : glyphs) {
    const char32_t c = digit.character;
    const bool is_digit = (c >= U'1' && c <= U'9') || (c >= U'１' && c <= U'９');
    if (!is_digit || digit.box.x0 > left || digit.box.mid_y() < head.box.mid_y()) continue;
    bool bracket = false, free = true;
    for (const Glyph& other : glyphs) {
      if (!same_height(digit, other)) continue;
      const double behind = other.box.x0 - digit.box.x1, before = digit.box.x0 - other.box.x1;
      bracket |= (other.character == U'）' || other.character == U')') && behind > -1 &&
                 behind < 0.5 * size_of(digit);
      free &= other.box.mid_x() >= digit.box.mid_x() || before > 0.4 * size_of(digit);
    }
    if (bracket && free) left = digit.box.x0 - 0.5;
  }
  return left;
}

// The list's items may begin left of its head but never left of the closing bracket. A bracket
// that the end of a line pushed to the next one says nothing.
std::string text_with_list(const std::vector<Glyph>& glyphs, const Glyph& head, const Box& box) {
  double edge = -1e9;
  bool wrapped = false;
  for (const Glyph& glyph : glyphs) {
    if (glyph.character != U']' || glyph.box.x1 > head.box.x0) continue;
    edge = std::max(edge, glyph.box.x1);
    wrapped = std::ranges::none_of(glyphs, [&](const Glyph& open) {
      return open.character == U'[' && same_height(glyph, open) && open.box.x0 < glyph.box.x0;
    });
  }
  if (wrapped) edge = left_of_items(glyphs, head);
  const double top = head.box.y0 - 0.6 * size_of(head);
  std::vector<Glyph> choice, list;
  for (const Glyph& glyph : glyphs) {
    const bool right = edge > -1e9 ? glyph.box.x0 >= edge : glyph.box.x0 >= head.box.x0 - 1;
    (right && glyph.box.mid_y() > top ? list : choice).push_back(glyph);
  }
  const Box left{box.x0, box.y0, std::max(box.x0, head.box.x0), box.y1};
  const std::string text = text_of_choice(std::move(choice), left);
  std::string items;
  for (const Line& line : lines_of(std::move(list))) items += "\n" + text_of_line(line.glyphs);
  return text + items;
}

}  // namespace

std::string text_of(std::vector<Glyph> glyphs, const Box& box) {
  if (glyphs.empty()) return {};
  Box area = box;
  if (const int rotation = main_rotation(glyphs); rotation != 0) {
    for (Glyph& glyph : glyphs) glyph.box = turned(glyph.box, rotation);
    area = turned(box, rotation);
  }
  const Glyph* head = list_head(glyphs);
  return normalise_ticks(head ? text_with_list(glyphs, *head, area)
                              : text_of_columns(std::move(glyphs), area));
}

}  // namespace pia
