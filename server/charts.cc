#include "server/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "query/links.h"
#include "server/renderer.h"
#include "server/request_params.h"

namespace pia {
namespace {

struct Tile {
  const char* prefecture;
  int column, row;
};
constexpr std::array<Tile, 47> kTiles = {{
    {"北海道", 13, 0},   {"青森県", 13, 1},  {"秋田県", 12, 2},  {"岩手県", 13, 2},
    {"山形県", 12, 3},   {"宮城県", 13, 3},  {"石川県", 9, 4},   {"富山県", 10, 4},
    {"新潟県", 11, 4},   {"福島県", 12, 4},  {"島根県", 5, 5},   {"鳥取県", 6, 5},
    {"京都府", 7, 5},    {"福井県", 8, 5},   {"岐阜県", 9, 5},   {"長野県", 10, 5},
    {"群馬県", 11, 5},   {"栃木県", 12, 5},  {"茨城県", 13, 5},  {"山口県", 3, 6},
    {"広島県", 4, 6},    {"岡山県", 5, 6},   {"兵庫県", 6, 6},   {"大阪府", 7, 6},
    {"滋賀県", 8, 6},    {"愛知県", 9, 6},   {"山梨県", 10, 6},  {"埼玉県", 11, 6},
    {"東京都", 12, 6},   {"千葉県", 13, 6},  {"長崎県", 0, 7},   {"佐賀県", 1, 7},
    {"福岡県", 2, 7},    {"奈良県", 7, 7},   {"三重県", 8, 7},   {"静岡県", 10, 7},
    {"神奈川県", 11, 7}, {"熊本県", 1, 8},   {"大分県", 2, 8},   {"愛媛県", 4, 8},
    {"香川県", 5, 8},    {"和歌山県", 7, 8}, {"鹿児島県", 1, 9}, {"宮崎県", 2, 9},
    {"高知県", 4, 9},    {"徳島県", 5, 9},   {"沖縄県", 0, 10},
}};
constexpr int kTile = 44;

// 埼玉県 → 埼玉; 北海道 stays.
std::string short_name(const std::string& prefecture) {
  return prefecture == "北海道"
             ? prefecture
             : prefecture.substr(0, prefecture.size() - std::string("県").size());
}

// 0 for none, 1…4 for a quarter each of the logarithmic scale up to the largest.
int shade(std::uint64_t count, std::uint64_t most) {
  if (count == 0) return 0;
  if (most <= 1) return 2;
  return 1 + std::min(3, static_cast<int>(4 * std::log(static_cast<double>(count)) /
                                          std::log(static_cast<double>(most))));
}

}  // namespace

std::string tile_map(const std::map<std::string, std::uint64_t>& counts, const std::string& base,
                     const std::string& unit) {
  std::uint64_t most = 0;
  for (const auto& [name, count] : counts) most = std::max(most, count);
  std::string svg = fmt::format(
      "<svg class=\"tiles\" viewBox=\"0 0 {} {}\" role=\"group\" "
      "aria-label=\"都道府県ごとの{}の数\">",
      14 * kTile, 11 * kTile, html_escape(unit));
  for (const Tile& tile : kTiles) {
    const auto found = counts.find(tile.prefecture);
    const std::uint64_t count = found == counts.end() ? 0 : found->second;
    const int x = tile.column * kTile, y = tile.row * kTile;
    const std::string shapes = fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/><text x=\"{}\" "
        "y=\"{}\">{}</text> <text class=\"n\" x=\"{}\" y=\"{}\">{}</text>",
        x + 1, y + 1, kTile - 2, kTile - 2, x + kTile / 2, y + 18, short_name(tile.prefecture),
        x + kTile / 2, y + 35, count == 0 ? "–" : std::to_string(count));
    if (count == 0)
      svg += fmt::format("<g class=\"t0\" aria-hidden=\"true\">{}</g>", shapes);
    else
      svg += fmt::format("<a class=\"t{}\" href=\"{}{}\">{}</a>", shade(count, most),
                         html_escape(base), percent_encode(tile.prefecture), shapes);
  }
  return svg + "</svg>";
}

std::string column_chart(const std::vector<ChartBar>& bars, const std::string& title) {
  if (bars.empty()) return "";
  constexpr int kWidth = 46, kHeight = 120;
  std::uint64_t most = 1;
  for (const ChartBar& bar : bars) most = std::max(most, bar.count);
  const int width = std::max(6, static_cast<int>(bars.size())) * kWidth;
  std::string svg = fmt::format(
      "<svg class=\"columns\" viewBox=\"0 0 {} {}\" width=\"{}\" role=\"img\" aria-label=\"{}\">",
      width, kHeight + 44, width, html_escape(title));
  svg += fmt::format("<path d=\"M0 {0}H{1}\" class=\"axis\"/>", kHeight + 20, width);
  int x = 0;
  for (const ChartBar& bar : bars) {
    const int height = static_cast<int>(
        std::lround(static_cast<double>(bar.count) * kHeight / static_cast<double>(most)));
    svg += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/><text x=\"{}\" "
        "y=\"{}\">{}</text><text class=\"l\" x=\"{}\" y=\"{}\">{}</text>",
        x + 8, 20 + kHeight - height, kWidth - 16, height, x + kWidth / 2, 15 + kHeight - height,
        bar.count, x + kWidth / 2, kHeight + 37, html_escape(bar.label));
    x += kWidth;
  }
  return svg + "</svg>";
}

}  // namespace pia
