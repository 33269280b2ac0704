// Pages of the change table on which the cells of a row stand apart: dates below, items in between,
// befores and afters wherever they were drawn. Order tells little there; what is sure is a row that
// stands in one piece, and that before and after are versions of one text. Rows whose texts are not
// told so stay blank: another row's text would be worse.

#ifndef PIA_INDEXER_BOXES_SCRAMBLED_H_
#define PIA_INDEXER_BOXES_SCRAMBLED_H_

#include <set>
#include <string>

#include "indexer/boxes_page_table.h"
#include "indexer/boxes_present.h"

namespace pia::boxes {

// Whether a page is such a one. If it is, only rows that stand in one piece keep their texts.
// `notes`: keys of texts that are known to be notes. `awaited`: the last row of the page before has
// no timing yet, so that it may stand here.
bool open_scrambled(PageRows& table, const std::set<std::u32string>& notes, bool awaited);

// Gives the texts that are left to the rows that have none.
void settle_scrambled(PageRows& table, Present& present);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_SCRAMBLED_H_
