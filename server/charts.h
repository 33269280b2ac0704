// Charts as inline SVG made on the server: no script, no style attribute (the content security
// policy forbids them), colours from the style sheet by class. Each chart stands beside a table or
// list with the same numbers, for screen readers and for copying.

#ifndef PIA_SERVER_CHARTS_H_
#define PIA_SERVER_CHARTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pia {

// The 47 prefectures as tiles that lie about as on the map, darker for more; a tile with a count is
// a link to `base` + the prefecture's name, percent-encoded ("/search?prefecture=").
std::string tile_map(const std::map<std::string, std::uint64_t>& counts, const std::string& base,
                     const std::string& unit);

struct ChartBar {
  std::string label;
  std::uint64_t count = 0;
};

// Upright bars, in the given order, with the number over each; empty for no bars.
std::string column_chart(const std::vector<ChartBar>& bars, const std::string& title);

}  // namespace pia

#endif  // PIA_SERVER_CHARTS_H_
