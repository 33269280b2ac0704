// 別紙 behind the form that tells serious incidents case by case: when, what, cause, impact, what
// was done on which day, what shall prevent the next one.

#ifndef PIA_INDEXER_BOXES_ATTACHMENT_H_
#define PIA_INDEXER_BOXES_ATTACHMENT_H_

#include <optional>
#include <span>

#include "indexer/assessment.h"
#include "indexer/boxes_pages.h"

namespace pia::boxes {

// The page is one of a 別紙 about incidents.
bool tells_incidents(const Page& page);

// Nothing if the pages tell of no incident. `source` gives the places.
std::optional<IncidentAttachment> read_attachment(std::span<const Page> pages,
                                                  const Source& source);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_ATTACHMENT_H_
