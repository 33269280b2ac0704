// What the change table says about the present form: "委託事項３③委託先名: （新規） → アデコ…"
// tells which text on the page of 委託事項3 is the contractor. The latest row of an item counts.

#ifndef PIA_INDEXER_BOXES_HISTORY_H_
#define PIA_INDEXER_BOXES_HISTORY_H_

#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_read.h"

namespace pia::boxes {

// The returned function holds its own copy of what it needs and the lexicon by reference.
Evidence history_evidence(const std::vector<Revision>& rows, const Lexicon& lexicon);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_HISTORY_H_
