// システム1, システム2, … of a page: whose functions and whose tick boxes are which. In the text of
// a PDF the blocks of two systems stand torn beside their headings; to give a block to the wrong
// system is the worst mistake, so it takes proof: the block stands whole below its heading, the
// change history tells the ticks, the functions name what is ticked, or all others are taken.

#ifndef PIA_INDEXER_BOXES_SYSTEMS_H_
#define PIA_INDEXER_BOXES_SYSTEMS_H_

#include <string>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_system_boxes.h"

namespace pia::boxes {

// Remembers the last system from page to page. The lexicon must outlive it.
class SystemSettler {
 public:
  SystemSettler(const Lexicon& lexicon, const std::vector<Revision>& history);

  // Moves texts of functions and boxes to the system they belong to. A box whose system cannot be
  // told is left without an instance.
  void settle(Reading& reading);

 private:
  friend class SystemPage;

  const Lexicon& lexicon_;
  ToldTicks told_;
  int headed_ = 0, connected_ = 0;  // headings and labels ③ met so far
  int last_number_ = 0;
  std::string last_name_, last_functions_;
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_SYSTEMS_H_
