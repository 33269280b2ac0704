// Ⅲ しきい値判断結果 of 様式2: a choice without a label, printed below the chapter's heading.

#ifndef PIA_INDEXER_BOXES_THRESHOLD_H_
#define PIA_INDEXER_BOXES_THRESHOLD_H_

#include <span>

#include "indexer/assessment.h"
#include "indexer/boxes_pages.h"

namespace pia::boxes {

// Fills the result if it is not known and exactly one of the choices stands in a box of its own: a
// printed list of choices has several.
void find_threshold_result(std::span<const Page> pages, const Source& source, Assessment& out);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_THRESHOLD_H_
