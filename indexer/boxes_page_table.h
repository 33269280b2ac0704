// The rows of one page of the change table: which cells are whose.

#ifndef PIA_INDEXER_BOXES_PAGE_TABLE_H_
#define PIA_INDEXER_BOXES_PAGE_TABLE_H_

#include <set>
#include <string>
#include <vector>

#include "indexer/boxes_revisions.h"

namespace pia::boxes {

// Indices into PageRows::cells; -1 for none.
struct PageRow {
  int date = -1, item = -1, timing = -1;
  std::vector<int> before, after, note;
  std::vector<int> split;  // boxes that hold before and after in one
  bool unsure = false;     // which texts are its before and after is not told
  bool whole = false;      // of a page in pieces: stands in one piece itself
};

struct PageRows {
  std::vector<PageRow> rows;
  std::vector<int> tail;    // cells that go on from the page before
  std::vector<int> loose;   // of a page in pieces: texts that no row has
  std::vector<Cell> cells;  // items that were torn are whole, the rest as given
  std::vector<std::u32string> keys;

  const std::u32string& key_of(int cell) const { return keys[static_cast<std::size_t>(cell)]; }
};

// `notes`: keys of texts that are known to be notes. `continued`: there are rows on pages before.
PageRows rows_of_page(std::vector<Cell> cells, const std::set<std::u32string>& notes,
                      bool continued);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_PAGE_TABLE_H_
