// Rules to cells. Excel and LibreOffice draw each side of each sheet cell by itself, as strokes or
// as thin filled rectangles, so one line on paper is many short rules a little apart: positions
// are snapped, pieces in line are merged. Then a grid over all positions is flooded: two
// neighbouring grid squares belong to one cell when no rule covers the side between them.

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "indexer/page_layout.h"

namespace pia {
namespace {

constexpr double kSnap = 2.0;      // positions nearer than this are one
constexpr double kJoin = 3.5;      // pieces in line with a smaller gap are one (dashed lines)
constexpr double kShortest = 6.0;  // after merging, shorter rules are strokes of a drawing
constexpr std::size_t kMostPositions = 1500;  // of one direction; a form has some dozens
constexpr std::size_t kMostSquares = 600'000;

struct Span {
  double from, to;
};

// One position (x of vertical rules, y of horizontal ones) and what is drawn there.
struct Track {
  double at = 0;
  std::vector<Span> spans;
};

struct Piece {
  double at, from, to;
};

std::vector<Span> merged(std::vector<Span> spans) {
  std::ranges::sort(spans, {}, &Span::from);
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (!out.empty() && span.from <= out.back().to + kJoin) {
      out.back().to = std::max(out.back().to, span.to);
    } else {
      out.push_back(span);
    }
  }
  std::erase_if(out, [](const Span& span) { return span.to - span.from < kShortest; });
  return out;
}

std::vector<Track> tracks_of(std::vector<Piece> pieces) {
  std::ranges::sort(pieces, {}, &Piece::at);
  std::vector<Track> tracks;
  double sum = 0;
  std::size_t n = 0;
  for (const Piece& piece : pieces) {
    if (tracks.empty() || piece.at - sum / static_cast<double>(n) > kSnap) {
      tracks.push_back({});
      sum = 0, n = 0;
    }
    sum += piece.at, ++n;
    tracks.back().at = sum / static_cast<double>(n);
    tracks.back().spans.push_back({piece.from, piece.to});
  }
  for (Track& track : tracks) track.spans = merged(std::move(track.spans));
  std::erase_if(tracks, [](const Track& track) { return track.spans.empty(); });
  return tracks;
}

bool covers(const Track& track, double from, double to) {
  const double middle = (from + to) / 2;
  return std::ranges::any_of(track.spans, [&](const Span& span) {
    return span.from - kSnap <= middle && middle <= span.to + kSnap &&
           std::min(span.to, to) - std::max(span.from, from) > 0.6 * (to - from);
  });
}

bool touches(const Track& track, double at) {
  return std::ranges::any_of(track.spans, [&](const Span& span) {
    return span.from - kJoin <= at && at <= span.to + kJoin;
  });
}

// Vertical rules that run past the last horizontal one belong to cells that go on on the next
// page. This closes them with a rule of our own; the result says where, or a negative number.
double close_end(std::vector<Track>& horizontal, const std::vector<Track>& vertical, bool bottom) {
  double end = bottom ? -1 : 1e9;
  for (const Track& track : vertical) {
    const double mine = bottom ? track.spans.back().to : track.spans.front().from;
    end = bottom ? std::max(end, mine) : std::min(end, mine);
  }
  // Rules that reach this end, left to right; between two of them a cell is open unless both are
  // closed. A tall cell at the left may be open while its neighbours end here.
  std::vector<std::pair<double, bool>> ends;
  for (const Track& track : vertical) {
    const double mine = bottom ? track.spans.back().to : track.spans.front().from;
    if (std::abs(mine - end) > 2 * kJoin) continue;
    const bool closed = std::ranges::any_of(horizontal, [&](const Track& line) {
      return std::abs(line.at - mine) <= kJoin && touches(line, track.at);
    });
    ends.emplace_back(track.at, closed);
  }
  std::vector<Span> open;
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    if (!ends[i].second || !ends[i + 1].second) open.push_back({ends[i].first, ends[i + 1].first});
  }
  if (open.empty()) return -1;
  // Half a stroke away there may be the rule that closes the neighbours: it is made longer.
  const auto near = std::ranges::find_if(
      horizontal, [&](const Track& line) { return std::abs(line.at - end) <= kSnap; });
  if (near != horizontal.end()) {
    open.insert(open.end(), near->spans.begin(), near->spans.end());
    near->spans = merged(std::move(open));
    return near->at;
  }
  horizontal.push_back({end, merged(std::move(open))});
  std::ranges::sort(horizontal, {}, &Track::at);
  return end;
}

class Flood {
 public:
  explicit Flood(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
  std::size_t find(std::size_t a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void join(std::size_t a, std::size_t b) { parent_[find(a)] = find(b); }

 private:
  std::vector<std::size_t> parent_;
};

// What a page break cut is drawn beyond the page's area too and only clipped away: lines not far
// below (above) an open cell are the cell's. A label may stand in the middle of a tall cell.
void take_clipped(Lattice& lattice, bool below) {
  std::vector<Glyph> rest;
  const auto away = [&](const Glyph& glyph) {
    return below ? glyph.box.mid_y() : -glyph.box.mid_y();
  };
  std::ranges::stable_sort(lattice.outside, {}, away);
  for (Glyph& glyph : lattice.outside) {
    LatticeCell* owner = nullptr;
    for (LatticeCell& cell : lattice.cells) {
      if (!(below ? cell.open_bottom : cell.open_top)) continue;
      if (glyph.box.mid_x() < cell.box.x0 || glyph.box.mid_x() > cell.box.x1) continue;
      const double gap = below ? glyph.box.y0 - cell.clip.y1 : cell.clip.y0 - glyph.box.y1;
      const bool beyond = below ? glyph.box.mid_y() > cell.box.y1 : glyph.box.mid_y() < cell.box.y0;
      if (beyond && gap < 4 * glyph.box.height()) owner = &cell;
    }
    if (!owner) {
      rest.push_back(glyph);
      continue;
    }
    if (below)
      owner->clip.y1 = std::max(owner->clip.y1, glyph.box.y1);
    else
      owner->clip.y0 = std::min(owner->clip.y0, glyph.box.y0);
    owner->glyphs.push_back(glyph);
  }
  lattice.outside = std::move(rest);
}

// The middle of a glyph; of one that its clip hides, the nearest spot that shows. So text that is
// too long for its cell stays in it, and what a page break cut in the cell at the edge.
std::pair<double, double> owner_spot(const Glyph& glyph) {
  const Box& clip = glyph.clip;
  const double x = glyph.box.mid_x(), y = glyph.box.mid_y();
  if (clip.width() < 4 || clip.height() < 4) return {x, y};
  return {std::clamp(x, clip.x0 + 1.5, clip.x1 - 1.5), std::clamp(y, clip.y0 + 1.5, clip.y1 - 1.5)};
}

std::vector<double> positions(const std::vector<Track>& tracks) {
  std::vector<double> at{-1e9};
  for (const Track& track : tracks) at.push_back(track.at);
  at.push_back(1e9);
  return at;
}

std::size_t square_at(const std::vector<double>& at, double value) {
  return static_cast<std::size_t>(std::ranges::upper_bound(at, value) - at.begin()) - 1;
}

}  // namespace

Lattice find_cells(const PageContent& page) {
  std::vector<Piece> across, down;
  for (const Rule& rule : page.rules) {
    if (rule.horizontal())
      across.push_back({rule.box.y0, rule.box.x0, rule.box.x1});
    else
      down.push_back({rule.box.x0, rule.box.y0, rule.box.y1});
  }
  Lattice lattice;
  const auto nothing_ruled = [&] {
    lattice.outside = page.glyphs;
    drop_page_numbers(lattice.outside, page);
    return lattice;
  };
  std::vector<Track> horizontal = tracks_of(std::move(across)),
                     vertical = tracks_of(std::move(down));
  if (vertical.size() < 2 || horizontal.size() + vertical.size() > kMostPositions)
    return nothing_ruled();
  const std::vector<Track> drawn = horizontal;
  const double open_bottom = close_end(horizontal, vertical, true);
  const double open_top = close_end(horizontal, vertical, false);

  const std::vector<double> xs = positions(vertical), ys = positions(horizontal);
  const std::size_t columns = xs.size() - 1, rows = ys.size() - 1;
  if (columns * rows > kMostSquares) return nothing_ruled();
  Flood flood(columns * rows);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const bool inner_row = r > 0 && r + 1 < rows, inner_column = c > 0 && c + 1 < columns;
      if (c + 1 < columns && !(inner_row && covers(vertical[c], ys[r], ys[r + 1])))
        flood.join(r * columns + c, r * columns + c + 1);
      if (r + 1 < rows && !(inner_column && covers(horizontal[r], xs[c], xs[c + 1])))
        flood.join(r * columns + c, (r + 1) * columns + c);
    }
  }

  const std::size_t outside = flood.find(0);
  std::map<std::size_t, std::size_t> cell_of;  // flood's root -> index of the cell
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::size_t root = flood.find(r * columns + c);
      if (root == outside) continue;
      const auto [it, added] = cell_of.try_emplace(root, lattice.cells.size());
      if (added) {
        LatticeCell cell;
        cell.row = static_cast<int>(r), cell.column = static_cast<int>(c);
        cell.box = {xs[c], ys[r], xs[c + 1], ys[r + 1]};
        lattice.cells.push_back(std::move(cell));
      }
      LatticeCell& cell = lattice.cells[it->second];
      const int first = std::min(cell.column, static_cast<int>(c));
      cell.column_span = std::max(cell.column + cell.column_span, static_cast<int>(c) + 1) - first;
      cell.column = first;
      cell.row_span = static_cast<int>(r) + 1 - cell.row;
      cell.box.x0 = std::min(cell.box.x0, xs[c]), cell.box.x1 = std::max(cell.box.x1, xs[c + 1]);
      cell.box.y1 = std::max(cell.box.y1, ys[r + 1]);
    }
  }
  for (LatticeCell& cell : lattice.cells) {
    cell.clip = cell.box;
    const auto open_at = [&](double y, double end) {
      return end >= 0 && std::abs(y - end) <= kSnap &&
             std::ranges::none_of(drawn, [&](const Track& line) {
               return std::abs(line.at - y) <= 1.5 && covers(line, cell.box.x0, cell.box.x1);
             });
    };
    cell.open_bottom = open_at(cell.box.y1, open_bottom);
    cell.open_top = open_at(cell.box.y0, open_top);
  }
  for (const Glyph& glyph : page.glyphs) {
    const auto [x, y] = owner_spot(glyph);
    const std::size_t r = square_at(ys, y), c = square_at(xs, x);
    const auto it =
        r < rows && c < columns ? cell_of.find(flood.find(r * columns + c)) : cell_of.end();
    if (it == cell_of.end())
      lattice.outside.push_back(glyph);
    else
      lattice.cells[it->second].glyphs.push_back(glyph);
  }
  drop_page_numbers(lattice.outside, page);
  take_clipped(lattice, true);
  take_clipped(lattice, false);
  std::ranges::sort(lattice.cells, [](const LatticeCell& a, const LatticeCell& b) {
    return std::pair(a.row, a.column) < std::pair(b.row, b.column);
  });
  return lattice;
}

}  // namespace pia
