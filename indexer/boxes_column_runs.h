// Rows of the change table whose columns come as runs: all befores, then all afters. A cell may be
// several boxes and a before may be blank, so where a row's cell begins is one choice for the run:
// order-preserving in both columns, with before and after of a row as alike as can be.

#ifndef PIA_INDEXER_BOXES_COLUMN_RUNS_H_
#define PIA_INDEXER_BOXES_COLUMN_RUNS_H_

#include <span>
#include <string>
#include <vector>

#include "indexer/boxes_revisions.h"
#include "indexer/revision_fit.h"

namespace pia::boxes {

// [from, to) of the run's boxes.
struct RunCell {
  int from = 0, to = 0;
  bool operator==(const RunCell&) const = default;
};

struct RunRow {
  RunCell before, after;
  bool sure = true;  // no other sharing is nearly as good
};

struct RunBox {
  const Cell* cell = nullptr;
  const std::u32string* key = nullptr;
};

// A row for each of `items` (nullptr: not known), or nothing if the run cannot be theirs.
std::vector<RunRow> share_runs(std::span<const RunBox> run, std::span<const FormItem* const> items);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_COLUMN_RUNS_H_
