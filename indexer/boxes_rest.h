// Passages of the pages that are not read item by item: the change table and the 別紙 behind it.
// Every line of them is in exactly one passage.

#ifndef PIA_INDEXER_BOXES_REST_H_
#define PIA_INDEXER_BOXES_REST_H_

#include <span>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_pages.h"

namespace pia::boxes {

// One passage a row ("変更箇所 3"), by the rows' places; what belongs to no row (headings, lost
// cells) makes passages of its own ("変更箇所").
std::vector<Passage> passages_of_table(std::span<const Page> pages,
                                       const std::vector<Revision>& rows, const Source& source);

// The 別紙: one passage a heading (事案１, １ 事案の内容, ...) with what stands below it.
std::vector<Passage> passages_of_attachment(std::span<const Page> pages, const Source& source);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_REST_H_
