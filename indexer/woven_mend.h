// What two independent readings of a woven text (woven_rows.h) say about the same value.

#ifndef PIA_INDEXER_WOVEN_MEND_H_
#define PIA_INDEXER_WOVEN_MEND_H_

#include "indexer/assessment.h"
#include "indexer/source.h"

namespace pia {

// `assessment` is what extract_boxes() read; its texts, names and dates are compared with the
// second reading. What both say stays; where they differ, the second one's value stands if it is
// sure of it, else nothing does, with a warning. Where lines are not woven that badly, only what a
// whole section or a company's own name tells is read again (woven_sections.h,
// woven_contractors.h), and misplaced values are dropped (woven_sift.h). Does nothing to texts
// without form feeds.
void mend_woven(const Source& source, Assessment& assessment);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_MEND_H_
