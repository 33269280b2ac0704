// The text of one cell as a person sees it on paper, from what a reader found in it.

#ifndef PIA_INDEXER_CELL_TEXT_H_
#define PIA_INDEXER_CELL_TEXT_H_

#include <string>
#include <string_view>

namespace pia {

// Resolves HTML inside a cell: blocks and <br> become line breaks, table cells are parted by a
// space, entities are decoded, a checked checkbox or radio button becomes "[○]" and an unchecked
// one "[ ]" (with its own brackets or without). Only names of HTML elements are tags: <選択肢> and
// <Public … における措置> are text. Text without a tag is only trimmed.
std::string html_cell_text(std::string_view html);

// Boxes in one notation: "[]", "[　]", "［ ］", "☐" → "[ ]"; "[〇]", "[レ]", "[■]", "☑" → "[○]".
// Brackets around words ([ 十分である ]) stay as they are.
std::string normalise_ticks(std::string_view text);

// True if there is an HTML tag in the text (an element's name behind '<').
bool has_html(std::string_view text);

}  // namespace pia

#endif  // PIA_INDEXER_CELL_TEXT_H_
