// Who appears in an assessment, and as what. Roles are those of the interface document.

#ifndef PIA_INDEXER_ORGANISATIONS_H_
#define PIA_INDEXER_ORGANISATIONS_H_

#include "indexer/assessment.h"

namespace pia {

// Fills assessment.organisations from the contracts, the rows of 変更箇所 and the text; adds the
// warning that belongs to contractors that only the history proves. REQUIRES: contractors of the
// rows have their canonical names; passages are complete.
void find_organisations(Assessment& assessment);

}  // namespace pia

#endif  // PIA_INDEXER_ORGANISATIONS_H_
