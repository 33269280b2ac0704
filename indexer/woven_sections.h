// Values that stand in the section of their label, whatever order the lines inside it have: the
// cover, and the sections of 請求先, 連絡先 and the dates of 様式2's counts.

#ifndef PIA_INDEXER_WOVEN_SECTIONS_H_
#define PIA_INDEXER_WOVEN_SECTIONS_H_

#include "indexer/assessment.h"
#include "indexer/woven_lines.h"

namespace pia {

// Only for texts with form feeds (pages in reading order). A section counts if its heading and the
// next one stand once and in order, and if all of its lines are what its labels ask for; otherwise
// what `assessment` has stays.
void read_sections(WovenLines& lines, Assessment& assessment);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_SECTIONS_H_
