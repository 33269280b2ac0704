// Whether the columns of a text are woven into each other, told by the form's own labels: where a
// label of two lines is torn, other text stands between its lines.

#ifndef PIA_INDEXER_WOVEN_SIGNS_H_
#define PIA_INDEXER_WOVEN_SIGNS_H_

#include <vector>

#include "indexer/source.h"
#include "indexer/woven_lines.h"

namespace pia {

// pdftotext begins every page but the first with one; so does pdfminer, unless it was taken out.
bool has_form_feeds(const std::vector<SourceLine>& lines);

// Labels that a line breaks off and the next line does not continue, as a share of all that a line
// breaks off: near 0 where boxes come whole, above a half where lines of columns alternate.
double share_of_torn_labels(WovenLines& lines);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_SIGNS_H_
