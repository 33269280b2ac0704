// The tick boxes ③ of the systems of a page, each to its system.

#ifndef PIA_INDEXER_BOXES_SYSTEM_BOXES_H_
#define PIA_INDEXER_BOXES_SYSTEM_BOXES_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "indexer/boxes_read.h"

namespace pia::boxes {

struct PageSystem {
  int instance = -1;  // of Resolved
  int number = 0;
  std::string name;
  std::u32string functions;         // key of their text
  int heading = -1, named_at = -1;  // fragments: システム1, ①システムの名称
  std::size_t slot = static_cast<std::size_t>(-1);  // of its functions, in Reading::slots
};

// What the change history last said of a box.
struct ToldTick {
  bool ticked = false;
  std::u32string inside;  // of its brackets
  std::string date;
};
using ToldTicks = std::map<std::pair<int, std::u32string>, ToldTick>;  // by number and label

// Sets Resolved::instance of the boxes; those that cannot be told go to Reading::undecided.
void share_boxes(Reading& reading, const Lexicon& lexicon, const ToldTicks& told,
                 std::vector<PageSystem> systems);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_SYSTEM_BOXES_H_
