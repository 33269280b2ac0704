// Values of 委託事項 that cannot be what their label asks for: pieces of the form's labels, and
// companies where no company is asked for.

#ifndef PIA_INDEXER_WOVEN_SIFT_H_
#define PIA_INDEXER_WOVEN_SIFT_H_

#include "indexer/assessment.h"
#include "indexer/source.h"

namespace pia {

// Drops them, with a warning; where a file has several, its lines are woven, and the other texts
// of its 委託事項 go too: which label they belong to is not known. Only for texts with form feeds.
void sift_contracts(const Source& source, Assessment& assessment);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_SIFT_H_
