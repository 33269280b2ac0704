// 別紙 that describes serious incidents: from its lines to cases. Used by both layouts.

#ifndef PIA_INDEXER_INCIDENT_CASES_H_
#define PIA_INDEXER_INCIDENT_CASES_H_

#include <string>
#include <vector>

#include "indexer/assessment.h"

namespace pia {

struct AttachmentLine {
  std::vector<std::string> cells;  // one for running text; date and what for a table of responses
  Place place;
};

// The attachments in lines that follow the form: each begins with its title. Text that has no
// heading of an incident (when, summary, cause, impact, response, prevention) gives none.
std::vector<IncidentAttachment> read_attachments(const std::vector<AttachmentLine>& lines);

// The words of a heading line ("（３）原因" → "原因"), empty if the line is none.
std::string attachment_heading(const AttachmentLine& line);

}  // namespace pia

#endif  // PIA_INDEXER_INCIDENT_CASES_H_
