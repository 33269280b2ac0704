// Tick boxes of rows that repeat (提供先, 移転先), by the form's order. The labels of one row may
// stand between the boxes of another, but the boxes themselves often come in their order, row by
// row: 情報提供ネットワークシステム … その他, 情報提供ネットワークシステム … その他.

#ifndef PIA_INDEXER_BOXES_CYCLES_H_
#define PIA_INDEXER_BOXES_CYCLES_H_

#include <vector>

#include "indexer/boxes_resolve.h"

namespace pia::boxes {

// Sets Resolved::instance of these boxes where every one of the page keeps that order and there are
// as many rounds as rows; else leaves them as they are.
void share_by_rounds(const std::vector<Fragment>& fragments, const Lexicon& lexicon, Resolved& out);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_CYCLES_H_
