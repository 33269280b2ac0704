// The whole page as passages: each fragment in exactly one, fragments of one item together, in the
// form's order, each with the item's path.

#ifndef PIA_INDEXER_BOXES_PASSAGES_H_
#define PIA_INDEXER_BOXES_PASSAGES_H_

#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_read.h"

namespace pia::boxes {

// `open_node` is the item that goes on from the page before (-1 if none): text above the page's
// first label belongs to it. `source` gives the places.
std::vector<Passage> passages_of(const Reading& reading, const Lexicon& lexicon, int open_node,
                                 const Source& source);

// Every box as a passage of one item (the numbers of the pages).
std::vector<Passage> passages_of_boxes(const std::vector<Box>& boxes, const std::string& item,
                                       const Source& source);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_PASSAGES_H_
