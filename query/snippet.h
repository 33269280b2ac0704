// A passage as a reader sees it: cut at sentence ends, escaped, its words marked.

#ifndef PIA_QUERY_SNIPPET_H_
#define PIA_QUERY_SNIPPET_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

// One string to mark: as fold_literal() gives it, and what it counts for when the densest place is
// looked for.
struct Needle {
  std::string text;
  double weight = 1;
};

// Bytes [begin, end) of a printed text.
struct MarkedSpan {
  std::uint32_t begin = 0, end = 0;
  double weight = 0;
};

std::string escape_html(std::string_view text);

// Where the needles stand in a printed text: whole characters, in order, overlapping and touching
// ones joined.
std::vector<MarkedSpan> find_needles(std::string_view printed, const std::vector<Needle>& needles);

// At most about `characters` of the text around its most telling place, whole sentences if they
// fit; … where something was left out. White space is evened out. The result is HTML.
std::string snippet(std::string_view printed, const std::vector<Needle>& needles,
                    std::size_t characters);

// All of the text, marked.
std::string marked(std::string_view printed, const std::vector<Needle>& needles);

}  // namespace pia

#endif  // PIA_QUERY_SNIPPET_H_
