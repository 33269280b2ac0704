// What two independent readings of a woven text (woven_rows.h) say about the same value.

#ifndef PIA_INDEXER_WOVEN_MEND_H_
#define PIA_INDEXER_WOVEN_MEND_H_

#include "indexer/assessment.h"
#include "indexer/source.h"

namespace pia {

// `assessment` is what extract_boxes() read; its texts, names and dates are compared with the
// second reading. What both say stays; where they differ, the second one's value stands if it is
// sure of it, else nothing does, with a warning. Does nothing to texts that are not woven.
void mend_woven(const Source& source, Assessment& assessment);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_MEND_H_
