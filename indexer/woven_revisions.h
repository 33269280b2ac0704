// 変更箇所 in a woven text (woven_rows.h): how many rows there are, when they were made and what
// they change. The columns 変更前 and 変更後 cannot be told apart there and stay empty.

#ifndef PIA_INDEXER_WOVEN_REVISIONS_H_
#define PIA_INDEXER_WOVEN_REVISIONS_H_

#include <optional>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/form.h"
#include "indexer/source.h"

namespace pia {

struct WovenRevisions {
  std::vector<Revision> rows;
  bool counted = false;  // the rows are all there are; else only those that are sure
};

// nullopt if there is no such table.
std::optional<WovenRevisions> woven_revisions(const std::vector<SourceLine>& lines,
                                              const Form& form);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_REVISIONS_H_
