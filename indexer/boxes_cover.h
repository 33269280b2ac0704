// What the cover tells: the kind of form, its edition, and, where the cover's labels are missing
// from the text, number and title.

#ifndef PIA_INDEXER_BOXES_COVER_H_
#define PIA_INDEXER_BOXES_COVER_H_

#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_read.h"

namespace pia::boxes {

// From the cover's words, else from what only one of the forms has. REQUIRES: pages not empty.
Kind find_kind(const std::vector<Page>& pages);

// Where the kind's name (基礎項目評価書, …) stands first; if in no line, the document's first line
// with text, for the kind is then told by all the pages.
Place place_of_kind(const Source& source, Kind kind);

// Edition and form's name ([令和6年10月 様式4]); empty if not printed.
void find_edition(const std::vector<Page>& pages, const Source& source, Assessment& out);

// Number and title from the cover's text when their labels are not there, and the second half of a
// title that stands apart (…に関する事務 / 重点項目評価書).
void complete_cover(const Reading& cover, const Source& source, Assessment& out);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_COVER_H_
