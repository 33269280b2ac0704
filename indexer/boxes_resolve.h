// Which item of the form a label on a page is, and to which instance of a repeating group
// (委託事項2, システム3) labels and tick boxes belong. Three kinds of evidence: a page is a piece
// of the form in the form's order, so the unmistakable labels on it bound the others; a label
// stands near the headings of its group; and an instance has each of its labels and boxes once.

#ifndef PIA_INDEXER_BOXES_RESOLVE_H_
#define PIA_INDEXER_BOXES_RESOLVE_H_

#include <vector>

#include "indexer/boxes_fragments.h"

namespace pia::boxes {

// A set of labels and boxes that belong together: one 委託事項, or the boxes of one tick item.
struct Instance {
  int node = -1;   // the group's node, or the tick item's if it is in no repeating group
  int repeat = 0;  // the number printed at its heading; 0 if the heading is not on this page
};

struct Resolved {
  std::vector<int> node;      // of each fragment: a node for labels, -1 otherwise
  std::vector<int> instance;  // of each fragment: an index into instances, or -1
  std::vector<Instance> instances;
  int first = -1, last = -1;  // lowest and highest node on the page; -1 if none
  bool contents = false;      // the page is the form's list of contents
};

// `previous` is the last node of the page before (-1 at the start), `open_ticks` a tick item whose
// boxes may still come (-1 if none).
Resolved resolve_page(const std::vector<Fragment>& fragments, const Lexicon& lexicon, int previous,
                      int open_ticks);

// Some pages come bottom-up: the last labels of the form first, though each label before its value.
// Turns such a page over, stretch by stretch (a run of labels with what follows it); leaves every
// other page as it is.
void turn_over(std::vector<Fragment>& fragments, const Form& form);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_RESOLVE_H_
