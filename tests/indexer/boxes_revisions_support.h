// Change tables in layout 1, read and printed row by row.

#ifndef PIA_TESTS_INDEXER_BOXES_REVISIONS_SUPPORT_H_
#define PIA_TESTS_INDEXER_BOXES_REVISIONS_SUPPORT_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/boxes_present.h"
#include "indexer/boxes_revisions.h"
#include "indexer/boxes_support.h"

namespace pia::boxes {

inline RevisionTable read_table(std::span<const Page> pages, const Source& source,
                                std::span<const Page> form = {}) {
  Present present(form);
  RevisionTable table = read_revisions(pages, source, present);
  settle_revisions(table, source, present, table.rows);
  return table;
}

// "date|item|before|after|timing|note" a row; blank for nothing.
inline std::vector<std::string> rows_of(std::string_view text) {
  const Source source = source_of(text);
  const std::vector<Page> pages = split_pages(source);
  std::vector<std::string> out;
  for (const Revision& r : read_table(pages, source).rows) {
    out.push_back(r.date.value_or("") + "|" + r.item.value_or("") + "|" + r.before.value_or("") +
                  "|" + r.after.value_or("") + "|" + r.timing.value_or("") + "|" +
                  r.note.value_or(""));
  }
  return out;
}

using Rows = std::vector<std::string>;

}  // namespace pia::boxes

#endif  // PIA_TESTS_INDEXER_BOXES_REVISIONS_SUPPORT_H_
