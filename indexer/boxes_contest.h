// Chains of things that belong together, to be shared out between owners: an owner has each word
// once at most. Tried out in full; a piece is sure if every share that would give its owner another
// saying has clearly less proof.

#ifndef PIA_INDEXER_BOXES_CONTEST_H_
#define PIA_INDEXER_BOXES_CONTEST_H_

#include <cstddef>
#include <string>
#include <vector>

namespace pia::boxes {

struct ContestPiece {
  int word = -1;
  std::u32string says;  // ticked or not, and the text behind it
};

struct ContestChain {
  std::vector<ContestPiece> pieces;
  std::vector<double> proof;  // for each owner
};

struct Verdict {
  std::size_t owner = 0;
  std::vector<bool> sure;  // of each piece; none is if there are too many shares to try
};

std::vector<Verdict> share_chains(const std::vector<ContestChain>& chains, std::size_t owners);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_CONTEST_H_
