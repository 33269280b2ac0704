// The constraint problem: every value may go to one slot, every slot may take one value, each pair
// has a cost, and leaving a value over has one too. The cheapest whole is the answer; where another
// whole is nearly as cheap and says something else, the slot is in doubt.

#ifndef PIA_INDEXER_BOXES_ASSIGN_H_
#define PIA_INDEXER_BOXES_ASSIGN_H_

#include <vector>

namespace pia::boxes {

constexpr double kNever = 1e6;  // the cost of a pair that cannot be

// cost[slot][value]; `left_over[value]` is what it costs to leave the value out. A slot without
// value costs nothing: forms have blanks. `same[value]` is equal for values that say the same, so
// that their exchange is no doubt.
struct Problem {
  std::vector<std::vector<double>> cost;
  std::vector<double> left_over;
  std::vector<int> same;
};

struct Solution {
  std::vector<int> value;  // of each slot; -1 if blank
  std::vector<double>
      margin;  // how much dearer the cheapest whole is that says something else here
  double cost = 0;
};

// Exact (Hungarian method), cubic in the larger of the two numbers; `doubts` asks for margins,
// which takes one more solution for each filled slot.
Solution solve(const Problem& problem, bool doubts = true);

// The cheapest assignment that keeps the order: values of later slots stand later. Runs of labels
// followed by runs of their values are read so. value[slot] or -1; a pair is given only if it is in
// the cheapest whole both when blanks are put as early and as late as possible.
std::vector<int> align(const Problem& problem, double blank_slot);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_ASSIGN_H_
