// Whether a text speaks of a system: its functions of itself, or of those it is connected to.

#ifndef PIA_INDEXER_BOXES_KINSHIP_H_
#define PIA_INDEXER_BOXES_KINSHIP_H_

#include <string>
#include <string_view>
#include <vector>

namespace pia::boxes {

// How much of a system's name its functions carry: 0 none, 3 and more: they speak of it as theirs
// (中間サーバーを利用する職員). A mention as a partner (中間サーバーへ依頼し) does not count.
double kinship(std::string_view functions, std::string_view name);

// The rest are on keys (boxes_text.h). Whether the text names the system behind a box of ③ by its
// label or by another usual word (住基ネット).
bool calls(std::u32string_view text, std::u32string_view label);

// Whether the text has most of a name, the words that every system has left out.
bool carries(std::u32string_view text, std::u32string_view name);

std::vector<std::u32string> split_at(std::u32string_view text, std::u32string_view marks);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_KINSHIP_H_
