// 委託先名 in texts in reading order: a company says itself that it is one, and stands within a few
// lines of its label, above or below it.

#ifndef PIA_INDEXER_WOVEN_CONTRACTORS_H_
#define PIA_INDEXER_WOVEN_CONTRACTORS_H_

#include "indexer/assessment.h"
#include "indexer/woven_lines.h"

namespace pia {

// Only for texts with form feeds, and files whose labels 委託先名 are as many as the 委託事項 that
// were read. A name counts if no other company stands in its 委託事項.
void read_contractors(WovenLines& lines, Assessment& assessment);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_CONTRACTORS_H_
