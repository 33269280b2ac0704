// Tick boxes of a page. A tick is `[ ○ ] 紙`; what a layout analysis leaves of it may be torn:
// `○ ] 紙`, `] 紙`, and the opening half of the next box pulled to the end of the line before
// (`[ ] 宛名システム等 [ ○`, where the ○ belongs to the box at the right). A box whose state cannot
// be told is left out with a warning.

#ifndef PIA_INDEXER_BOXES_TICKS_H_
#define PIA_INDEXER_BOXES_TICKS_H_

#include <string>
#include <vector>

#include "indexer/boxes_read.h"

namespace pia::boxes {

enum class State { No, Yes, Unknown };

struct TickBox {
  int fragment = -1;  // the box's label
  int instance = -1;  // of Resolved
  int word = -1;      // of Lexicon::boxes
  State state = State::Unknown;
  std::string inside;  // what stands in the brackets behind it; "" if nothing
  int inside_at = -1;  // the fragment of that text, if it stands apart
};

std::vector<TickBox> read_ticks(const Reading& reading, const Lexicon& lexicon);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_TICKS_H_
