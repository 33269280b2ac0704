// A page made ready for its cells: turned upright, freed of what was printed twice and of page
// numbers, each glyph with the clip that was in force; and what stands in no cell.

#include <algorithm>
#include <cmath>

#include "dicts/normalizer.h"
#include "dicts/utf8.h"
#include "indexer/cell_text.h"
#include "indexer/page_layout.h"
#include "indexer/page_lines.h"

namespace pia {
namespace {

bool numbers_a_page(const std::string& text) {
  std::string rest = nfkc(text);
  for (std::string_view word : {"ページ", "頁", "Page", "page", "P.", "p.", "of"}) {
    for (std::size_t at; (at = rest.find(word)) != std::string::npos;) rest.erase(at, word.size());
  }
  return rest.size() <= 16 && std::ranges::all_of(utf8::decode(rest), [](char32_t c) {
           return utf8::is_digit(c) || utf8::is_dash(c) || utf8::is_space(c) || c == U'/';
         });
}

void turn_page(PageContent& page, int rotation) {
  const Box frame = turned({0, 0, page.width, page.height}, rotation);
  for (Glyph& glyph : page.glyphs) {
    glyph.clip = Glyph{}.clip;
    glyph.box = turned(glyph.box, rotation);
    shift(glyph.box, -frame.x0, -frame.y0);
    glyph.rotation = (glyph.rotation - rotation + 4) & 3;
  }
  for (Rule& rule : page.rules) {
    rule.box = turned(rule.box, rotation);
    shift(rule.box, -frame.x0, -frame.y0);
  }
  page.width = frame.width(), page.height = frame.height();
}

}  // namespace

std::vector<LooseLine> loose_lines(std::vector<Glyph> glyphs) {
  std::vector<LooseLine> out;
  for (const Line& line : lines_of(std::move(glyphs))) {
    LooseLine loose{{line.left(), line.y0, line.right(), line.y1}, {}};
    std::vector<Glyph> piece;
    for (std::size_t i = 0; i < line.glyphs.size(); ++i) {
      piece.push_back(line.glyphs[i]);
      const bool last = i + 1 == line.glyphs.size();
      if (!last && gap_after(line.glyphs, i) < kPieceGap) continue;
      loose.pieces.push_back(normalise_ticks(text_of_line(piece)));
      piece.clear();
    }
    out.push_back(std::move(loose));
  }
  return out;
}

void attach_clips(std::vector<Glyph>& glyphs, std::vector<TextRun> runs) {
  std::ranges::sort(runs, {}, &TextRun::y);
  // The baseline's height in a glyph's box is a matter of the font: the middle value of those
  // glyphs where a run begins serves all.
  const auto near = [&](const Glyph& glyph, auto&& use) {
    const double from = glyph.box.y0 + 0.5 * glyph.box.height(),
                 to = glyph.box.y1 + 0.05 * glyph.box.height();
    for (auto run = std::ranges::lower_bound(runs, from, {}, &TextRun::y);
         run != runs.end() && run->y <= to; ++run)
      use(*run);
  };
  const auto height = [](const Glyph& glyph, const TextRun& run) {
    return (glyph.box.y1 - run.y) / std::max(glyph.box.height(), 1.0);
  };
  std::vector<double> heights;
  for (const Glyph& glyph : glyphs) {
    near(glyph, [&](const TextRun& run) {
      if (glyph.rotation == 0 && std::abs(run.x - glyph.box.x0) < 0.6)
        heights.push_back(height(glyph, run));
    });
  }
  if (heights.empty()) return;
  std::ranges::nth_element(heights,
                           heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2));
  const double usual = heights[heights.size() / 2];
  for (Glyph& glyph : glyphs) {
    if (glyph.rotation != 0) continue;
    double best = 0.25 * 1000;  // a baseline farther off is another line's
    near(glyph, [&](const TextRun& run) {
      const double left = glyph.box.x0 - run.x;
      const double score = std::abs(height(glyph, run) - usual) * 1000 + left * 0.01;
      if (left > -1 && score < best) best = score, glyph.clip = run.clip;
    });
  }
}

void drop_page_numbers(std::vector<Glyph>& glyphs, const PageContent& page) {
  std::vector<Glyph> kept, margin;
  // Margins do not shrink with the height of a page that lies on its side.
  const double foot = page.height - std::max(0.08 * page.height, 60.0),
               head = std::max(0.06 * page.height, 45.0);
  for (const Glyph& glyph : glyphs) {
    const bool in_margin = glyph.box.y0 > foot || glyph.box.y1 < head;
    (in_margin ? margin : kept).push_back(glyph);
  }
  // Text that a page break clipped may be drawn across the number, but hardly on the same height.
  std::ranges::stable_sort(margin, {}, [](const Glyph& g) { return g.box.mid_y(); });
  std::vector<Line> lines;
  for (const Glyph& glyph : margin) {
    if (lines.empty() || glyph.box.mid_y() - lines.back().glyphs.front().box.mid_y() > 0.3)
      lines.push_back({});
    lines.back().glyphs.push_back(glyph);
  }
  for (Line& line : lines) {
    arrange(line);
    for (std::size_t from = 0, to = 0; from < line.glyphs.size(); from = to) {
      for (to = from + 1; to < line.glyphs.size() && gap_after(line.glyphs, to - 1) < kPieceGap;)
        ++to;
      const std::vector<Glyph> piece(line.glyphs.begin() + static_cast<std::ptrdiff_t>(from),
                                     line.glyphs.begin() + static_cast<std::ptrdiff_t>(to));
      const bool alone = piece.size() == line.glyphs.size();
      const double middle = (piece.front().box.x0 + piece.back().box.x1) / 2;
      const bool centred = std::abs(middle - page.width / 2) < 0.08 * page.width;
      if (!(alone || centred) || !numbers_a_page(text_of_line(piece)))
        kept.insert(kept.end(), piece.begin(), piece.end());
    }
  }
  glyphs = std::move(kept);
}

void tidy(PageContent& page) {
  const int rotation = main_rotation(page.glyphs);
  const auto upright = std::ranges::count(page.glyphs, 0, &Glyph::rotation);
  if (rotation != 0 && upright * 5 < static_cast<long>(page.glyphs.size()))
    turn_page(page, rotation);

  std::vector<Glyph> kept;
  std::ranges::stable_sort(page.glyphs, {}, [](const Glyph& g) { return g.box.mid_y(); });
  for (const Glyph& glyph : page.glyphs) {
    const double near = std::max(1.0, 0.12 * size_of(glyph));
    bool twice = false;
    for (std::size_t i = kept.size(); i-- > 0 && !twice;) {
      if (glyph.box.mid_y() - kept[i].box.mid_y() > near) break;
      twice = kept[i].character == glyph.character &&
              std::abs(kept[i].box.mid_x() - glyph.box.mid_x()) <= near &&
              std::abs(size_of(kept[i]) - size_of(glyph)) < 0.1 * size_of(glyph);
    }
    if (!twice) kept.push_back(glyph);
  }
  page.glyphs = std::move(kept);
}

}  // namespace pia
