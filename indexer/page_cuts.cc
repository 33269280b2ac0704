// A cell that a page break cut: which lines both halves show, and the two put together.

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "indexer/page_layout.h"
#include "indexer/page_lines.h"

namespace pia {
namespace {

bool same_spot(const Glyph& a, const Glyph& b, double dy) {
  return a.character == b.character && std::abs(a.box.x0 - b.box.x0) < 1 &&
         std::abs(a.box.mid_y() - b.box.mid_y() - dy) < 1;
}

// Another character at that spot: two lines that are merely alike (提供 … 移転 … 行っている).
bool contradicts(const Glyph& a, const Glyph& b, double dy) {
  return a.character != b.character && std::abs(a.box.x0 - b.box.x0) < 1 &&
         std::abs(a.box.mid_y() - b.box.mid_y() - dy) < 1;
}

// Whether, `below` moved down by dy, the two agree wherever they overlap.
bool agree(const std::vector<Glyph>& above, const std::vector<Glyph>& below, double dy) {
  const auto middle = [](const Glyph& g) { return g.box.mid_y(); };
  const auto [above_first, above_last] = std::ranges::minmax(above, {}, middle);
  const auto [below_first, below_last] = std::ranges::minmax(below, {}, middle);
  const double from = std::max(middle(above_first), middle(below_first) + dy) - 1,
               to = std::min(middle(above_last), middle(below_last) + dy) + 1;
  std::size_t inside = 0, matched = 0;
  for (const Glyph& b : below) {
    if (middle(b) + dy < from || middle(b) + dy > to) continue;
    ++inside;
    if (std::ranges::any_of(above, [&](const Glyph& a) { return contradicts(a, b, dy); }))
      return false;
    matched += std::ranges::any_of(above, [&](const Glyph& a) { return same_spot(a, b, dy); });
  }
  for (const Glyph& a : above) {
    if (middle(a) < from || middle(a) > to) continue;
    ++inside;
    matched += std::ranges::any_of(below, [&](const Glyph& b) { return same_spot(a, b, dy); });
  }
  return matched > 0 && matched * 10 >= inside * 7;
}

std::optional<double> shared_offset(const std::vector<Glyph>& above,
                                    const std::vector<Glyph>& below) {
  constexpr std::size_t kMost = 4000;
  if (above.empty() || below.empty() || above.size() > kMost || below.size() > kMost)
    return std::nullopt;
  std::map<long, int> votes;  // by half points
  for (const Glyph& b : below) {
    for (const Glyph& a : above) {
      if (a.character == b.character && std::abs(a.box.x0 - b.box.x0) < 1)
        ++votes[std::lround(2 * (a.box.mid_y() - b.box.mid_y()))];
    }
  }
  std::vector<std::pair<int, long>> best;
  best.reserve(votes.size());
  for (const auto& [offset, count] : votes) best.emplace_back(-count, offset);
  std::ranges::sort(best);
  for (std::size_t i = 0; i < best.size() && i < 8; ++i) {
    const double dy = static_cast<double>(best[i].second) / 2;
    if (agree(above, below, dy)) return dy;
  }
  return std::nullopt;
}

}  // namespace

bool share_lines(const std::vector<Glyph>& above, const std::vector<Glyph>& below,
                 std::size_t least) {
  const auto dy = shared_offset(above, below);
  if (!dy) return false;
  return static_cast<std::size_t>(std::ranges::count_if(below, [&](const Glyph& b) {
           return std::ranges::any_of(above, [&](const Glyph& a) { return same_spot(a, b, *dy); });
         })) >= least;
}

void append_cut(std::vector<Glyph>& above, Box& box, std::vector<Glyph> below,
                const Box& below_box) {
  if (below.empty()) return;
  double bottom = box.y0;
  for (const Glyph& glyph : above) bottom = std::max(bottom, glyph.box.y1);
  double top = below_box.y1;
  for (const Glyph& glyph : below) top = std::min(top, glyph.box.y0);
  const auto shared = shared_offset(above, below);
  const double dy = shared ? *shared : bottom - top + 0.1 * size_of(below.front());
  const std::size_t before = above.size();
  for (Glyph& glyph : below) {
    const bool known =
        shared && std::any_of(above.begin(), above.begin() + static_cast<std::ptrdiff_t>(before),
                              [&](const Glyph& a) { return same_spot(a, glyph, dy); });
    shift(glyph.box, 0, dy);
    if (!known) above.push_back(glyph);
  }
  for (const Glyph& glyph : above) {
    box.y0 = std::min(box.y0, glyph.box.y0), box.y1 = std::max(box.y1, glyph.box.y1);
  }
}

}  // namespace pia
